/** How touches and prospects read. */
import { dayText } from '../../actuals/words-view.ts';
import { formatCount, formatDate, formatPercent } from '../../slack/format.ts';
import { type Mrkdwn, mrkdwn } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { daysBetween } from '../../time/local-date.ts';
import type { LeadingKind } from './kind-rules.ts';
import { LEAST_TOUCHES, listOf } from './rules.ts';
import type { ProspectList, ProspectStage, TouchKind } from './schemas.ts';
import type { CountedProspect, Touch } from './store.ts';

export interface TouchReader {
  userId: string;
  locale: string;
  /** Local date of the rep. */
  today: string;
}

export const TOUCH_NAMES: Record<TouchKind, string> = {
  call: 'Call',
  email: 'Email',
  social: 'Social message',
  content: 'Content sent or read',
  event: 'Event or webinar',
  visit: 'Visit',
  meeting: 'Meeting',
  demo: 'Demo',
  proposal: 'Proposal',
  contract: 'Contract',
  other: 'Something else',
};

const KIND_IN_LINE: Record<TouchKind, string> = {
  call: 'call',
  email: 'email',
  social: 'social',
  content: 'content',
  event: 'event',
  visit: 'visit',
  meeting: 'meeting',
  demo: 'demo',
  proposal: 'proposal',
  contract: 'contract',
  other: 'touch',
};

export const PROSPECT_STAGE_NAMES: Record<ProspectStage, string> = {
  visit: 'Visited or met',
  demo: 'Demo',
  proposal: 'Proposal',
  contract: 'Contract',
};

const STAGE_IN_LINE: Record<ProspectStage, string> = {
  visit: 'met',
  demo: 'demo',
  proposal: 'proposal',
  contract: 'contract',
};

export const LIST_NAMES: Record<ProspectList, string> = {
  open: 'Open',
  snoozed: 'Snoozed',
  done: 'Done',
  lost: 'Lost',
  archived: 'Silent for long',
  all: 'All',
};

const SUBJECT_SHOWN = 120;

/** `*Acme* · call · pricing · today`. */
export function touchLine(
  { kind, subject, date }: Pick<Touch, 'kind' | 'subject' | 'date'>,
  name: string | null,
  reader: Pick<TouchReader, 'today' | 'locale'>,
): Mrkdwn {
  const who = name === null ? mrkdwn`` : mrkdwn`*${name}* · `;
  const what = subject === null ? mrkdwn`` : mrkdwn` · ${truncate(subject, SUBJECT_SHOWN)}`;
  return mrkdwn`${who}${KIND_IN_LINE[kind]}${what} · ${dayText(date, reader)}`;
}

/** `2 touches`. */
const touchesText = (count: number, locale: string) =>
  `${formatCount(count, locale)} ${count === 1 ? 'touch' : 'touches'}`;

/** `2 touches so far: 2 more make four`. */
export function soFarText(touches: number, locale: string): string {
  const missing = LEAST_TOUCHES - touches;
  const so = `${touchesText(touches, locale)} so far`;
  return missing > 0 ? `${so}, ${formatCount(missing, locale)} more make four` : so;
}

/** `*Acme* · 3 touches, last 12 Mar · demo · snoozed until 4 Apr`. */
export function prospectLine(
  prospect: CountedProspect,
  reader: Pick<TouchReader, 'today' | 'locale'>,
): Mrkdwn {
  const { name, touches, lastTouchOn, stage, snoozedUntil } = prospect;
  const { today, locale } = reader;
  const list = listOf(prospect, today);
  const standing = {
    open: null,
    snoozed: `snoozed until ${formatDate(snoozedUntil ?? today, locale, 'day')}`,
    done: 'done',
    lost: 'lost',
    archived: 'silent for long',
  }[list];
  const last = lastTouchOn === null ? '' : `, last ${dayText(lastTouchOn, reader)}`;
  const parts = [
    `${touchesText(touches, locale)}${last}`,
    stage && STAGE_IN_LINE[stage],
    standing,
  ].filter((part) => part !== null);
  return mrkdwn`*${name}* · ${parts.join(' · ')}`;
}

/** `*Acme* · 2 touches, quiet for 12 days`. */
export function quietLine(
  { name, touches, lastTouchOn }: CountedProspect,
  { today, locale }: Pick<TouchReader, 'today' | 'locale'>,
): Mrkdwn {
  const quiet =
    lastTouchOn === null
      ? ''
      : `, quiet for ${formatCount(daysBetween(lastTouchOn, today), locale)} days`;
  return mrkdwn`*${name}* · ${touchesText(touches, locale)}${quiet}`;
}

/** `Content precedes a next stage: 9 of 24 …`; what chance alone would say of it stands with it. */
export function leadingKindText(
  { kind, touches, leading, others, chance }: LeadingKind,
  locale: string,
): string {
  const count = (value: number) => formatCount(value, locale);
  const often =
    chance < 0.001
      ? 'less than one time in 1,000'
      : `${formatPercent(chance, locale, 1)} of the time`;
  return `What moves prospects on: ${count(leading)} of ${count(touches)} ${KIND_PLURALS[kind]} were the last touch before a next stage, of everything else ${count(others.leading)} of ${count(others.touches)}. Chance alone does that ${often}.`;
}

const KIND_PLURALS: Record<TouchKind, string> = {
  call: 'calls',
  email: 'emails',
  social: 'social messages',
  content: 'pieces of content',
  event: 'events',
  visit: 'visits',
  meeting: 'meetings',
  demo: 'demos',
  proposal: 'proposals',
  contract: 'contracts',
  other: 'others',
};
