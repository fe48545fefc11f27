/** The two small forms that days, call blocks and syncs share: skip with a reason, move to another time. */
import { z } from 'zod';
import { section } from '../slack/blocks.ts';
import { notes, optional, radio, time } from '../slack/fields.ts';
import { form, type Shown } from '../slack/form.ts';
import type { NumberStyle } from '../slack/format.ts';
import { mrkdwn } from '../slack/text.ts';
import { MOST_WORDS, SKIP_REASONS } from './schemas.ts';
import { SKIP_REASON_NAMES } from './words-view.ts';

/** What is skipped or moved: a day, a block of one (`slot`: its id) or a sync (`slot`: whose). */
const DayPlace = z.preprocess(
  (raw) => (typeof raw === 'string' ? ofText(raw) : raw),
  z.object({ what: z.enum(['day', 'block', 'sync']), date: z.string(), slot: z.string() }),
);
type DayPlace = z.infer<typeof DayPlace>;

/** `day:date`, `block:date:id`: as forms of a former version said it. */
function ofText(text: string) {
  const [what, date = '', slot = ''] = text.split(':');
  return { what, date, slot };
}

interface SkipScreen extends Shown<DayPlace, NumberStyle> {
  /** `Tuesday`, `the 9:00 block`. */
  name: string;
}

export const skipForm = form({
  id: 'day_skip',
  about: DayPlace,
  fields: (_style: NumberStyle) => ({
    reason: radio(
      { label: 'Why?' },
      SKIP_REASONS.map((value) => ({ value, label: SKIP_REASON_NAMES[value] })),
    ),
    words: optional(notes({ label: 'In your words' }, MOST_WORDS)),
  }),
  frame: () => ({ title: 'Skip', submit: 'Skip it', close: 'Back' }),
  // Nothing is asked for that isn't kept.
  arrange: ({ reason, words }, { about: { what }, name }: SkipScreen) => [
    section(
      what === 'sync'
        ? mrkdwn`*Skip ${name}?* The next one comes as planned.`
        : mrkdwn`*Skip ${name}?* What is in the way stays with you.`,
    ),
    ...(what === 'sync' ? [] : reason),
    ...(what === 'day' ? words : []),
  ],
});

interface MoveStyle extends NumberStyle {
  /** `the 9:00 block`, `this sync`. */
  name: string;
  /** What happens at the new time. */
  onceThere: string;
}

/** To which time something moves, today. */
export const moveForm = form({
  id: 'day_move',
  about: DayPlace,
  fields: ({ name, onceThere }: MoveStyle) => ({
    time: time({
      label: `Move ${name} to`,
      hint: `Today, your local time. ${onceThere}`,
    }),
  }),
  frame: () => ({ title: 'Move', submit: 'Move it', close: 'Back' }),
});
