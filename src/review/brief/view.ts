/** The weekly sync brief in its channel, its settings, and what is said of a week by hand. */
import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { causeInLine, STAGE_NAMES } from '../../activity/words-view.ts';
import { mentions, WEEKDAY_NAMES } from '../../people/names-view.ts';
import { actions, button, context, divider, section } from '../../slack/blocks.ts';
import {
  channel,
  choice,
  count,
  optional,
  radio,
  textLines,
  time,
  user,
} from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import { formatCount, formatDate, formatPercent, type NumberStyle } from '../../slack/format.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { channelMention, lines, linked, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { addDays, WEEKDAYS } from '../../time/local-date.ts';
import { commitmentOpen } from '../commitments/ids.ts';
import type { Commitment } from '../commitments/store.ts';
import { commitmentLine, commitmentRow, FUNCTION_NAMES } from '../commitments/view.ts';
import { monthName } from '../words-view.ts';
import type { BriefFigures } from './brief-figures.ts';
import { briefOpen, engagementOpen, engagementPutBack, engagementUndo } from './ids.ts';
import { MOST_COUNTED, readEngagement, readMentions, writeMentions } from './read-engagement.ts';
import type { WeakStage } from './rules.ts';
import {
  type BriefFunction,
  ENGAGEMENTS,
  type Engagement,
  type EngagementStyle,
  FUNCTIONS,
  type KeptWeeks,
  type Mention,
  type SaidWeek,
} from './schemas.ts';
import type { BriefSettings } from './store.ts';

const ENGAGEMENT_NAMES: Record<Engagement, string> = {
  attendance: 'Attended',
  opens: 'Emails opened',
  contentRead: 'Content read',
  earnedMedia: 'Earned media',
};

const MOST_ROWS = 4;

/** To the sync's channel. Everything in it is of all reps together. */
export function briefMessage(figures: BriefFigures, today: string): Message {
  const { week, locale, former, current, answers, settings } = figures;
  const reader = { today, locale };
  const head = mrkdwn`*Weekly sync · week of ${formatDate(week, locale, 'day')}*`;
  const facts = factLines(figures);
  return message(lines(head, ...facts.slice(0, 1)), [
    section(lines(head, ...facts)),
    section(engagementText(figures), {
      accessory: button('Say last week’s…', engagementOpen.with(addDays(week, -7))),
    }),
    ...(former.length > 0
      ? [
          divider(),
          section(mrkdwn`*Taken on before:* ${doneText(former, locale)}`),
          ...former.slice(0, MOST_ROWS).map((one) => commitmentRow(one, reader)),
        ]
      : []),
    ...(answers.length > 0
      ? [
          section(
            lines(
              mrkdwn`*In answer to causes*`,
              ...answers.slice(0, MOST_ROWS).map((one) => commitmentLine(one, reader)),
            ),
          ),
        ]
      : []),
    divider(),
    ...FUNCTIONS.flatMap((its) => functionBlocks(its, settings, current, reader)),
    actions([button('Settings…', { ...briefOpen.with(), spoken: 'Settings of the weekly brief' })]),
  ]);
}

function factLines({ weakest, underFour, causes, causesOf, locale }: BriefFigures): Mrkdwn[] {
  const number = (value: number) => formatCount(value, locale);
  const named = causes.map(({ cause, reps }) =>
    reps === null
      ? `${causeInLine(cause)}, by nearly all`
      : `${causeInLine(cause)}, by ${number(reps)}`,
  );
  return [
    weakest ? stageText(weakest, locale) : mrkdwn`No stage is under plan by more than chance.`,
    ...(underFour === null
      ? []
      : [mrkdwn`*${number(underFour)} prospects* are under four touches and quiet for a week.`]),
    ...(causesOf === null
      ? []
      : [mrkdwn`Named most in ${monthName(causesOf, locale)}: ${named.join(' · ')}.`]),
  ];
}

/** `*Demo → proposal* is at 51% over six weeks (plan 66%, 141 tries), 58% before.` */
function stageText({ stage, rate, planned, tries, before }: WeakStage, locale: string): Mrkdwn {
  const share = (fraction: number) => formatPercent(fraction, locale);
  const trend = before === null ? '' : `; ${share(before)} in the six weeks before`;
  return mrkdwn`*${STAGE_NAMES[stage]}* is weakest: ${share(rate)} over six weeks (plan ${share(planned)}, ${formatCount(tries, locale)} tries)${trend}.`;
}

function engagementText({ engagement: { last, before }, locale }: BriefFigures): Mrkdwn {
  const parts = ENGAGEMENTS.flatMap((one) => {
    const count = last?.counts[one] ?? null;
    if (count === null) return [];
    const former = before?.[one] ?? null;
    const then = former === null ? '' : ` (${formatCount(former, locale)} before)`;
    return [`${ENGAGEMENT_NAMES[one]} ${formatCount(count, locale)}${then}`];
  });
  if (parts.length === 0) return mrkdwn`*Engagement:* nothing was said of last week yet.`;
  return lines(
    mrkdwn`*Engagement last week:* ${parts.join(' · ')}`,
    ...mentionTexts(last?.mentions ?? [], locale),
  );
}

const MOST_MENTIONS = 3;
const MENTION_SHOWN = 120;

/** `• Handelsblatt: Planning beats hope (handelsblatt.com)`, of the first three. */
function mentionTexts(mentions: readonly Mention[], locale: string): Mrkdwn[] {
  const more = mentions.length - MOST_MENTIONS;
  return [
    ...mentions
      .slice(0, MOST_MENTIONS)
      .map(({ title, link }) => mrkdwn`• ${linked(link, truncate(title, MENTION_SHOWN))}`),
    ...(more > 0 ? [mrkdwn`• and ${formatCount(more, locale)} more`] : []),
  ];
}

function doneText(former: readonly Commitment[], locale: string): string {
  const done = former.filter(({ doneAt }) => doneAt !== null).length;
  return `${formatCount(done, locale)} of ${formatCount(former.length, locale)} done`;
}

function functionBlocks(
  its: BriefFunction,
  { owners }: BriefSettings,
  current: readonly Commitment[],
  reader: { today: string; locale: string },
): KnownBlock[] {
  const owner = owners[its];
  const taken = current.filter(({ origin }) => origin.kind === 'sync' && origin.function === its);
  const who = owner === null ? mrkdwn`nobody yet` : mention(owner);
  const words = mrkdwn`*${FUNCTION_NAMES[its]}* · ${who}`;
  return [
    section(
      taken.length === 0 && owner !== null ? mrkdwn`${words}: what will you do this week?` : words,
      {
        accessory: button(taken.length === 0 ? 'Take something on…' : 'One more…', {
          ...commitmentOpen.numbered(its, { kind: 'sync', function: its }),
          spoken: `Say what ${FUNCTION_NAMES[its]} does, by when`,
        }),
      },
    ),
    ...taken.slice(0, MOST_ROWS).map((one) => commitmentRow(one, reader)),
  ];
}

/** To whoever set it up: the channel didn't take it. */
export function briefLostMessage({ channelId }: BriefSettings): Message {
  const words = mrkdwn`*This week’s brief is not in ${channelMention(channelId)}:* Slack didn’t take it. Invite me there, or pick another channel; the next one comes in a week.`;
  return message(words, [
    section(words),
    actions([button('Settings…', { ...briefOpen.with(), style: 'primary' })]),
  ]);
}

// ── Settings ─────────────────────────────────────────────────────────────────────────────────────

const Nothing = z.object({});
type Nothing = z.infer<typeof Nothing>;

export const briefForm = form({
  id: 'brief_form',
  about: Nothing,
  fields: (_style: NumberStyle) => ({
    isOn: radio({ label: 'The weekly brief' }, [
      { value: 'on', label: 'Post it every week' },
      { value: 'off', label: 'Not any more' },
    ]),
    channel: channel({
      label: 'In which channel?',
      hint: 'Where marketing, PR and sales are. Invite me there.',
    }),
    weekday: choice(
      { label: 'On which day?' },
      WEEKDAYS.map((value) => ({ value, label: WEEKDAY_NAMES[value] })),
    ),
    time: time({ label: 'When, on your clocks?' }),
    marketing: optional(user({ label: 'Who answers for marketing?' })),
    pr: optional(user({ label: 'For PR?' })),
    sales: optional(user({ label: 'For sales?' })),
  }),
  frame: (_screen: Shown<Nothing, NumberStyle>) => ({
    title: 'Weekly sync brief',
    submit: 'Save',
    close: 'Cancel',
  }),
  arrange: (inputs) => [
    section(
      mrkdwn`*One message a week for marketing, PR and sales:* the weakest stage, prospects under four touches, causes counted, engagement, and what each took on. Of all reps together, never of one.`,
    ),
    ...Object.values(inputs).flat(),
  ],
});

export function briefSavedMessage(settings: BriefSettings | null, locale: string): Message {
  if (settings === null) {
    const off = mrkdwn`No weekly brief any more. \`/bigplan brief\` begins it again.`;
    return message(off, [section(off)]);
  }
  const { channelId, weekday, time: at, owners } = settings;
  const named = FUNCTIONS.flatMap((its) => owners[its] ?? []);
  const words = lines(
    mrkdwn`✓ The brief comes to ${channelMention(channelId)} on ${WEEKDAY_NAMES[weekday]}s at ${at}.`,
    named.length > 0
      ? mrkdwn`${formatCount(named.length, locale)} answer for it: ${mentions([...new Set(named)])}.`
      : mrkdwn`Nobody answers for a function yet: a brief without owners is seldom read.`,
  );
  return message(words, [section(words)]);
}

// ── Engagement ───────────────────────────────────────────────────────────────────────────────────

const OfWeek = z.object({ week: z.iso.date() });
type OfWeek = z.infer<typeof OfWeek>;

const counted = (label: string) =>
  optional(count({ label, placeholder: '0' }, { max: MOST_COUNTED }));

export const engagementForm = form({
  id: 'engagement_form',
  about: OfWeek,
  fields: (style: EngagementStyle) => ({
    attendance: counted('Attended webinars and events'),
    opens: counted('Emails opened'),
    contentRead: counted('Content read'),
    earnedMedia: counted('Earned media: how many mentions'),
    mentions: textLines<Mention[]>(
      {
        label: 'Which ones?',
        hint: 'A line each: outlet and title, and the link at the end.',
        placeholder: 'Handelsblatt: Planning beats hope https://example.com/plan',
      },
      { schema: readMentions, write: writeMentions },
    ),
    pasted: textLines<SaidWeek[]>(
      {
        label: 'Or several weeks, pasted',
        hint: 'A line each: date, attended, opened, read, mentions; or with a line of headings, also outlet, title, link. One week’s lines add up.',
        placeholder: '2027-03-01, 42, 310, 88, 2',
      },
      { schema: () => readEngagement(style), write: () => '' },
    ),
  }),
  check: ({ earnedMedia, mentions }) =>
    earnedMedia !== null && earnedMedia < mentions.length
      ? [
          {
            path: 'earnedMedia',
            problem: `${mentions.length} are named below: leave this empty, or count at least those.`,
          },
        ]
      : [],
  apply: ({ pasted, mentions, ...counts }) => ({
    pasted,
    mentions,
    counts: { ...counts, earnedMedia: counts.earnedMedia ?? (mentions.length || null) },
  }),
  frame: (_screen: Shown<OfWeek, EngagementStyle>) => ({
    title: 'Engagement',
    submit: 'Save',
    close: 'Cancel',
  }),
  arrange: (inputs, { about, style }) => [
    section(mrkdwn`*Week of ${formatDate(about.week, style.locale, 'date')}*`),
    ...Object.values(inputs).flat(),
    context('Empty: not said. Whoever says it last is right.'),
  ],
});

const MOST_WEEKS_SHOWN = 8;

const NOTHING_SAID: Pick<SaidWeek, 'counts' | 'mentions'> = {
  counts: { attendance: null, opens: null, contentRead: null, earnedMedia: null },
  mentions: [],
};

/** What is known of the weeks that were just said, each to be changed. */
export function engagementSavedMessage(weeks: KeptWeeks, locale: string): Message {
  const head =
    weeks.length === 0
      ? mrkdwn`Somebody has said something else since: that stays.`
      : weeks.length === 1
        ? mrkdwn`✓ *Saved.* The brief of the week after says it.`
        : mrkdwn`✓ *Saved:* ${formatCount(weeks.length, locale)} weeks. The brief of the week after each says it.`;
  const more = weeks.length - MOST_WEEKS_SHOWN;
  return message(head, [
    section(head),
    ...weeks.slice(-MOST_WEEKS_SHOWN).map(({ week, is }) => {
      const { counts, mentions } = is ?? NOTHING_SAID;
      const parts = ENGAGEMENTS.flatMap((one) => {
        const count = counts[one];
        return count === null ? [] : [`${ENGAGEMENT_NAMES[one]} ${formatCount(count, locale)}`];
      });
      return section(
        lines(
          mrkdwn`*${formatDate(week, locale, 'day')}* · ${parts.join(' · ') || 'nothing said'}`,
          ...mentionTexts(
            mentions.map(({ title }) => ({ title, link: null })),
            locale,
          ),
        ),
        {
          accessory: button('Edit…', {
            ...engagementOpen.numbered(week, week),
            spoken: `Edit the engagement of the week of ${formatDate(week, locale, 'day')}`,
          }),
        },
      );
    }),
    ...(more > 0 ? [context(`And ${formatCount(more, locale)} earlier ones.`)] : []),
    ...(weeks.length > 0
      ? [
          actions([
            button('Undo', { ...engagementUndo.with(weeks), spoken: 'Undo what was just said' }),
          ]),
        ]
      : []),
  ]);
}

/** `left`: of how many weeks somebody has said something else since, which stays. */
export function engagementUndoneMessage(back: KeptWeeks, left: number, locale: string): Message {
  const weeks = (count: number) =>
    `${formatCount(count, locale)} ${count === 1 ? 'week' : 'weeks'}`;
  const words = lines(
    back.length > 0 && mrkdwn`Undone: ${weeks(back.length)} as before.`,
    left > 0 && mrkdwn`Of ${weeks(left)} somebody has said something else since: that stays.`,
  );
  return message(words, [
    section(words),
    ...(back.length > 0 ? [actions([button('Put it back', engagementPutBack.with(back))])] : []),
  ]);
}
