/** A new hire's first weeks in words: the page, a week's form, the looks back, the line in the check-in. */
import type { Button, KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { Side } from '../../plan/access.ts';
import { actions, button, context, divider, section } from '../../slack/blocks.ts';
import { notAsked, optional, radio, text } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import { formatDate, type NumberStyle } from '../../slack/format.ts';
import { type Message, message, modal } from '../../slack/surfaces.ts';
import { lines, mention, mrkdwn, type SlackText } from '../../slack/text.ts';
import { lookHeld, lookUndone, onboardingOpen, weekConfirm, weekEdit, weekReopen } from './ids.ts';
import { rampBlock, rampText, type ShownRamp } from './ramp-view.ts';
import {
  confirmerOf,
  type Onboarding,
  type OnboardingLook,
  type OnboardingWeek,
  WEEK_KINDS,
  type WeekKind,
} from './rules.ts';

const KIND_NAMES: Record<WeekKind, string> = {
  shadowing: 'Shadowing',
  joint_calls: 'Joint calls',
  own_calls: 'Own calls',
};

export interface OnboardingScreen {
  onboarding: Onboarding;
  side: Side;
  name: string;
  managerId: string | null;
  locale: string;
  ramp: ShownRamp;
  notice?: SlackText | undefined;
}

/** All weeks and looks, as either of the pair sees them. */
export function onboardingView(screen: OnboardingScreen): ModalView {
  const { onboarding, name, locale, notice } = screen;
  const joined = formatDate(onboarding.joinedOn, locale, 'date');
  return modal({
    title: 'First weeks',
    close: 'Close',
    blocks: [
      ...(notice ? [section(notice)] : []),
      section(
        mrkdwn`*${name}*, here since ${joined}. What grows, and what each week is for, stands here for both.`,
      ),
      rampBlock(screen.ramp, onboarding.repId),
      ...onboarding.looks.map((look) => lookBlock(look, screen)),
      divider(),
      ...onboarding.weeks.flatMap((week) => weekBlocks(week, screen)),
    ],
  });
}

function lookBlock(
  { day, on, heldAt }: OnboardingLook,
  { onboarding: { repId, today }, side, locale }: OnboardingScreen,
): KnownBlock {
  const words = mrkdwn`${heldAt ? '✓ ' : ''}*Day ${day}* · ${formatDate(on, locale, 'day')} · ${heldAt ? 'looked back' : on <= today ? 'look back together' : 'to come'}`;
  const at = { rep: repId, number: day };
  if (side !== 'manager' || on > today) return section(words);
  const accessory = heldAt
    ? button('Undo', { ...lookUndone.with(at), spoken: `Day ${day} was not looked back on` })
    : button('Held', { ...lookHeld.with(at), spoken: `Day ${day} was looked back on` });
  return section(words, { accessory });
}

function weekBlocks(week: OnboardingWeek, screen: OnboardingScreen): KnownBlock[] {
  const { locale, onboarding } = screen;
  const { today } = onboarding;
  const isNow = week.from <= today && today <= week.to;
  const dates = `${formatDate(week.from, locale, 'day')} – ${formatDate(week.to, locale, 'day')}`;
  return [
    section(
      lines(
        mrkdwn`${week.confirmedAt ? '✓ ' : ''}*Week ${week.week}${isNow ? ', now' : ''}* · ${dates} · ${KIND_NAMES[week.kind]}`,
        week.words !== null && mrkdwn`${week.words}`,
      ),
      { accessory: weekButton(week, screen) },
    ),
  ];
}

/** The obvious thing first: to confirm what is over, to say what is to come. */
function weekButton(week: OnboardingWeek, { onboarding, side }: OnboardingScreen): Button {
  const at = { rep: onboarding.repId, number: week.week };
  if (confirmerOf(week.kind) === side && week.from <= onboarding.today) {
    return week.confirmedAt
      ? button('Undo', { ...weekReopen.with(at), spoken: `Week ${week.week} isn’t done yet` })
      : button('Confirm', { ...weekConfirm.with(at), spoken: `Week ${week.week} is done` });
  }
  return button(side === 'manager' ? 'Edit' : 'What about?', {
    ...weekEdit.with(at),
    spoken: `What week ${week.week} is about`,
  });
}

const WORDS_MAX = 500;

interface WeekStyle extends NumberStyle {
  side: Side;
}

interface WeekScreen extends Shown<WeekAbout, WeekStyle> {
  week: number;
}

const WeekAbout = z.object({ repId: z.string(), week: z.int() });
type WeekAbout = z.infer<typeof WeekAbout>;

/** What a week is about; what it is for is the manager's to say. */
export const weekForm = form({
  id: 'onboarding_week_form',
  about: WeekAbout,
  fields: ({ side }: WeekStyle) => ({
    kind:
      side === 'manager'
        ? optional(
            radio(
              { label: 'What is it for?' },
              WEEK_KINDS.map((value) => ({ value, label: KIND_NAMES[value] })),
            ),
          )
        : notAsked,
    words: optional(
      text(
        {
          label: 'What is it about?',
          placeholder: 'Two discovery calls a day with Priya; the pricing deck by Friday.',
          hint: 'You both see it, and it stands in the check-in of that week.',
        },
        WORDS_MAX,
        { multiline: true },
      ),
    ),
  }),
  frame: () => ({ title: 'A week', submit: 'Save', close: 'Cancel' }),
  arrange: ({ kind, words }, { week }: WeekScreen) => [
    section(mrkdwn`*Week ${week}*`),
    ...kind,
    ...words,
  ],
});

/** In the first check-in of a week: what it is for, and the question what it is about. */
export function weekBlock(
  { repId }: Pick<Onboarding, 'repId'>,
  { week, kind, words }: OnboardingWeek,
): KnownBlock[] {
  const asked = words === null ? mrkdwn` What is it about?` : mrkdwn` ${words}`;
  return [
    section(mrkdwn`*Week ${week}: ${KIND_NAMES[kind].toLowerCase()}.*${asked}`, {
      accessory:
        words === null
          ? button('Say it', {
              ...weekEdit.with({ rep: repId, number: week }),
              spoken: 'Say what this week is about',
            })
          : button('First weeks', onboardingOpen.with(repId)),
    }),
  ];
}

/** To either of the pair on day 30, 60 and 90. Both read the same. */
export function lookMessage(
  { onboarding, side, name, managerId, locale, ramp }: OnboardingScreen,
  { day, heldAt }: OnboardingLook,
): Message {
  const { repId, weeks, today } = onboarding;
  const other = side === 'manager' ? name : 'your manager';
  if (heldAt) {
    return message(`Day ${day}: looked back.`, [section(mrkdwn`✓ *Day ${day}: looked back.*`)]);
  }
  const begun = weeks.filter(({ from }) => from <= today);
  const counts = WEEK_KINDS.flatMap((kind) => {
    const all = begun.filter((week) => week.kind === kind);
    const done = all.filter(({ confirmedAt }) => confirmedAt !== null);
    return all.length > 0
      ? [`${KIND_NAMES[kind].toLowerCase()} ${done.length} of ${all.length} weeks confirmed`]
      : [];
  });
  const whom = side === 'manager' || managerId === null ? other : mention(managerId);
  const open = weeks.filter(({ from }) => from > today).slice(0, 1);
  return message(`Day ${day}: time to look back with ${other}.`, [
    section(
      lines(
        mrkdwn`*Day ${day}: look back with ${whom}.* What went well, what is next?`,
        counts.length > 0 && mrkdwn`${counts.join(' · ')}`,
        ...open.map(
          ({ week, kind, from }) =>
            mrkdwn`Next: week ${week}, ${KIND_NAMES[kind].toLowerCase()}, from ${formatDate(from, locale, 'day')}`,
        ),
      ),
    ),
    section(rampText(ramp)),
    actions([
      ...(side === 'manager'
        ? [button('Held', { ...lookHeld.with({ rep: repId, number: day }), style: 'primary' })]
        : []),
      button('First weeks', onboardingOpen.with(repId)),
    ]),
    context('Comes three times in all: on day 30, 60 and 90.'),
  ]);
}
