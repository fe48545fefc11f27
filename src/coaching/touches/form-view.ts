/** The forms of a touch and of a prospect. */
import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { forWhom } from '../../actuals/words-view.ts';
import { context, section } from '../../slack/blocks.ts';
import { choice, date, type Field, notAsked, optional, radio, text } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import type { NumberStyle } from '../../slack/format.ts';
import { mention, mrkdwn, type SlackText } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import {
  MOST_IN_A_PROSPECT,
  MOST_IN_A_SUBJECT,
  NEW_PROSPECT,
  PROSPECT_STAGES,
  PROSPECT_STATES,
  TOUCH_KINDS,
} from './schemas.ts';
import type { CountedProspect } from './store.ts';
import { LIST_NAMES, PROSPECT_STAGE_NAMES, TOUCH_NAMES } from './words-view.ts';

/** Which prospects a name may mean that was typed, where it is near theirs. */
export interface TouchStyle extends NumberStyle {
  near: readonly Pick<CountedProspect, 'id' | 'name'>[];
}

const TouchPlace = z.object({
  /** Slack's user id. */
  rep: z.string(),
  /** The touch that is changed; null: a new one. */
  touch: z.string().nullable(),
});
type TouchPlace = z.infer<typeof TouchPlace>;

export interface TouchFormScreen extends Shown<TouchPlace, TouchStyle> {
  userId: string;
  /** Said above everything. */
  problem?: SlackText | undefined;
  /** What leads to the hand-off card. */
  card?: readonly KnownBlock[];
}

const NAME_IN_CHOICE = 60;

export const touchForm = form({
  id: 'touch_form',
  about: TouchPlace,
  fields: ({ near }: TouchStyle) => ({
    name: text({ label: 'Who?', placeholder: 'Acme' }, MOST_IN_A_PROSPECT),
    same: near.length > 0 ? sameField(near) : (notAsked satisfies Field<string | null>),
    kind: choice(
      { label: 'What kind of touch?', placeholder: 'Pick one' },
      TOUCH_KINDS.map((value) => ({ value, label: TOUCH_NAMES[value] })),
    ),
    subject: optional(
      text(
        { label: 'What was said, sent or attended?', placeholder: 'Pricing for 40 seats' },
        MOST_IN_A_SUBJECT,
      ),
    ),
    date: date({ label: 'When?' }),
    stage: optional(
      choice(
        { label: 'How far has it come with that?', placeholder: 'As before' },
        PROSPECT_STAGES.map((value) => ({ value, label: PROSPECT_STAGE_NAMES[value] })),
      ),
    ),
  }),
  frame: ({ about }: TouchFormScreen) => ({
    title: about.touch === null ? 'A touch' : 'Edit the touch',
    submit: 'Save',
    close: 'Cancel',
  }),
  arrange: (inputs, { about, userId, problem, card = [] }) => [
    ...(about.rep === userId ? [] : [section(mrkdwn`For ${mention(about.rep)}`)]),
    ...(problem ? [section(mrkdwn`:small_orange_diamond: ${problem}`)] : []),
    ...inputs.name,
    ...inputs.same,
    ...inputs.kind,
    ...inputs.subject,
    ...inputs.date,
    ...inputs.stage,
    ...card,
    ...(about.touch === null
      ? [
          context(
            mrkdwn`Several at once: \`/bigplan touch Acme call pricing, Globex email case study\`; a whole table: \`/bigplan touch paste\`.`,
          ),
        ]
      : []),
  ],
});

const sameField = (near: TouchStyle['near']): Field<string | null> =>
  optional(
    radio({ label: 'That name is near one that you have. Is it the same?' }, [
      ...near.map(({ id, name }) => ({
        value: id,
        label: `It is ${truncate(name, NAME_IN_CHOICE)}`,
      })),
      { value: NEW_PROSPECT, label: 'It is another one' },
    ]),
  );

export interface ProspectFormScreen extends Shown<{ prospect: string }, NumberStyle> {
  userId: string;
  rep: string;
}

export const prospectForm = form({
  id: 'prospect_form',
  about: z.object({ prospect: z.string() }),
  fields: (_style: NumberStyle) => ({
    name: text({ label: 'Name' }, MOST_IN_A_PROSPECT),
    stage: optional(
      choice(
        { label: 'How far has it come?', placeholder: 'Not met yet' },
        PROSPECT_STAGES.map((value) => ({ value, label: PROSPECT_STAGE_NAMES[value] })),
      ),
    ),
    state: radio(
      { label: 'Where does it stand?' },
      PROSPECT_STATES.map((value) => ({ value, label: LIST_NAMES[value] })),
    ),
    snoozedUntil: optional(
      date({ label: 'Leave it alone until', hint: 'It isn’t named before then.' }),
    ),
  }),
  frame: (_screen: ProspectFormScreen) => ({
    title: 'Edit the prospect',
    submit: 'Save',
    close: 'Cancel',
  }),
  arrange: (inputs, { rep, userId }) => [
    ...(rep === userId ? [] : [section(mrkdwn`A prospect${forWhom(rep, { userId })}`)]),
    ...Object.values(inputs).flat(),
  ],
});
