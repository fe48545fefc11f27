/** How somebody stands, in five lines at most. */
import type { KnownBlock, ModalView } from '@slack/types';
import { logButtonOf } from '../../activity/ids.ts';
import { pipelineAdd } from '../../actuals/ids.ts';
import { planOpened } from '../../people/ids.ts';
import { actions, button, context, section } from '../../slack/blocks.ts';
import {
  formatDate,
  formatFactor,
  formatMoneyShort,
  type NumberStyle,
} from '../../slack/format.ts';
import { type Message, message, modal } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import { causesOpen, promisesOpen } from '../ids.ts';
import { asOnText, unjudgedPipelineText } from '../pipeline-view.ts';
import type { Owed } from '../promises/rules.ts';
import { owedText } from '../promises/view.ts';
import type { Health, KpiLine, Scorecard } from '../schemas.ts';
import { chartBlocks, type ShownChart } from '../thread/replies-view.ts';
import {
  HEALTH_NAMES,
  isActivity,
  lineText,
  loggedText,
  type MeetingTime,
  meetingText,
} from '../words-view.ts';

export type OwnStatus =
  /** Both have signed: how it goes. */
  | {
      kind: 'agreed';
      card: Scorecard;
      style: NumberStyle;
      /** The next 1:1; null: there is none to come. */
      meeting: MeetingTime | null;
      /** The reader's local date. */
      today: string;
      canLog: boolean;
      hasOwnTarget: boolean;
    }
  | { kind: 'not_begun'; start: string; locale: string }
  /** `status`: of the version in the making; null: there is none. */
  | { kind: 'none'; status: string | null };

export interface RepStanding {
  userId: string;
  /** Null: there is no plan to stand by. */
  health: Health | null;
  /** How their plan stands; null: there is none. */
  plan: string | null;
}

export interface StatusScreen {
  userId: string;
  own: OwnStatus;
  /** Whether the reader leads the company's teams. */
  leads: boolean;
  /** Those who plan with the reader. */
  reps: readonly RepStanding[];
  /** What the reader owes, and is owed. */
  owes: Owed;
  isOwed: Owed;
  /** How many more there are. */
  more: number;
}

/** What the reader's own part is left out for: somebody who leads others and has no plan needs none. */
const isOnlyLeading = ({ own, reps, leads }: StatusScreen) =>
  own.kind === 'none' && own.status === null && (reps.length > 0 || leads);

export function statusMessage(screen: StatusScreen): Message {
  const own = isOnlyLeading(screen) ? null : ownStatusText(screen.own);
  const team = screen.reps.length > 0 ? teamText(screen) : null;
  const nobody =
    own || team
      ? null
      : mrkdwn`You lead the teams: what gets in the way of several reps stands under the causes.`;
  const promised = promisedText(screen);
  const words = lines(own, team, nobody, promised);
  return message(words, [
    ...(own ? [section(own)] : []),
    ...(screen.own.kind === 'agreed' && screen.own.hasOwnTarget ? [atQuota] : []),
    ...[team, nobody, promised].flatMap((text) => (text ? [section(text)] : [])),
    buttonsOf(screen, own !== null),
  ]);
}

/** How a rep stands, to their manager: what the two read before a 1:1 as well, never the day's work. */
export function repStatusMessage({ userId, own }: { userId: string; own: OwnStatus }): Message {
  const who = mention(userId);
  if (own.kind !== 'agreed') {
    const words =
      own.kind === 'not_begun'
        ? mrkdwn`*${who}:* the plan is agreed and begins on ${formatDate(own.start, own.locale, 'date')}.`
        : mrkdwn`*${who}:* no agreed plan yet to stand by.`;
    return message(words, [section(words), openPlan(userId, 'Open the plan')]);
  }
  const { card, style, meeting } = own;
  const words = lines(
    mrkdwn`*${who}*, at quota`,
    headText(card, style),
    pipelineText(card, style),
    leadsText(card, style),
    meeting && mrkdwn`Next: 1:1 on ${meetingText(meeting, style.locale)}.`,
  );
  return message(words, [section(words), openPlan(userId, 'Open the plan')]);
}

const openPlan = (userId: string, text: string) =>
  actions([button(text, { ...planOpened.with(userId), style: 'primary' as const })]);

const atQuota = context('At quota; your own target is in your plan.');

export function ownStatusText(own: OwnStatus): Mrkdwn {
  switch (own.kind) {
    case 'agreed':
      return lines(
        headText(own.card, own.style),
        workText(own.card, own.style),
        pipelineText(own.card, own.style),
        leadsText(own.card, own.style),
        own.meeting && mrkdwn`Next: 1:1 on ${meetingText(own.meeting, own.style.locale)}.`,
      );
    case 'not_begun':
      return mrkdwn`Your plan is agreed and begins on ${formatDate(own.start, own.locale, 'date')}: how you stand follows from then.`;
    case 'none':
      return mrkdwn`${NEXT[own.status ?? 'none'] ?? NEXT.none}`;
  }
}

/** What is to be done where no plan is agreed, by the version's state. */
const NEXT: Partial<Record<string, string>> & { none: string } = {
  none: 'There is no plan yet to stand by. A first one takes about five minutes.',
  draft: 'Your plan is a draft: how you stand follows once you and your manager have signed it.',
  proposed: 'Your plan waits for a signature: how you stand follows from then.',
  changes_requested:
    'Changes to your plan were asked for: how you stand follows once it is signed.',
  closed: 'Your plan is over: the next one begins where it ended.',
};

function headText(card: Scorecard, style: NumberStyle): Mrkdwn {
  const { actual, target } = card.bookings;
  const name = HEALTH_NAMES[card.standing];
  const [is, due] = [actual, target].map((minor) => formatMoneyShort(minor, style));
  const by = card.asOf === null ? '' : ' by today';
  const figures = target > 0 ? `${is} of ${due}${by}` : `${is} booked, none due yet`;
  return mrkdwn`*${name.charAt(0).toUpperCase()}${name.slice(1)}:* ${figures}.`;
}

/** Calls and demos, or what is planned instead, and of how many days is known. */
function workText({ lines: all, days }: Scorecard, style: NumberStyle): string | null {
  const planned = all.filter(({ kpi, target }) => isActivity(kpi) && (target ?? 0) > 0);
  const first = ['calls', 'demos', 'visits'].flatMap(
    (name) => planned.find(({ kpi }) => kpi === name) ?? [],
  );
  const logged = days.counted === 0 ? null : loggedText(days, style.locale);
  if (first.length === 0) return logged && `${logged}.`;
  const texts = first.slice(0, 2).map((line, at) => {
    const text = `${lineText(line, style)}${line.verdict === 'short' ? ' ≈ within chance' : ''}`;
    return at === 0 ? text : text.charAt(0).toLowerCase() + text.slice(1);
  });
  return `${texts.join(', ')}${logged ? ` (${logged})` : ''}.`;
}

function pipelineText(card: Scorecard, style: NumberStyle): string | null {
  const { lines: all, pipeline } = card;
  const line = all.find(({ kpi }) => kpi === 'coverage');
  if (!line) return null;
  if (line.actual === null) {
    return line.verdict === 'met' ? null : unjudgedPipelineText(card, style);
  }
  const [is, asked] = [Math.floor(line.actual * 100) / 100, line.target ?? 0].map((factor) =>
    formatFactor(factor, style.locale),
  );
  const short = shortOf(line, pipeline);
  const more = short > 0 ? `: ${formatMoneyShort(short, style)} more` : '';
  return `Open pipeline ${is} of ${asked}${asOnText(card, style.locale)}${more}.`;
}

/** What is missing of what is to be open, minor units; 0 where nothing is. */
function shortOf({ verdict }: KpiLine, { layers }: Scorecard['pipeline']): number {
  if (verdict === 'met') return 0;
  const known = [layers.expansion, layers.newBusiness].filter(({ actual }) => actual !== null);
  return known.reduce((sum, { actual, target }) => sum + target - (actual ?? 0), 0);
}

/** Leads are said where too few came: what follows from that is no fault of the rep's. */
function leadsText({ lines: all }: Scorecard, style: NumberStyle): string | null {
  const line = all.find(({ kpi }) => kpi === 'leads');
  return line?.verdict === 'missed' ? `${lineText(line, style)}.` : null;
}

function teamText({ reps, more }: StatusScreen): Mrkdwn {
  return lines(
    ...reps.map(({ userId, health, plan }) => {
      const standing = health ? HEALTH_NAMES[health] : `plan: ${plan?.toLowerCase() ?? 'none yet'}`;
      return mrkdwn`${mention(userId)} · ${standing}`;
    }),
    more > 0 && `${more} more on Home.`,
  );
}

/** `You owe 2, 1 of them overdue · you are owed 1`; null where nothing is. */
function promisedText({ owes, isOwed }: StatusScreen): string | null {
  const [own, others] = [owedText(owes), owedText(isOwed)];
  const parts = [own && `you owe ${own}`, others && `you are owed ${others}`].filter(Boolean);
  const text = parts.join(' · ');
  return text === '' ? null : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function buttonsOf(screen: StatusScreen, isOwn: boolean): KnownBlock {
  const { userId, own, owes, isOwed } = screen;
  const pipeline = own.kind === 'agreed' && isUnsaid(own.card);
  return actions([
    ...(isOwn
      ? [button('Open my plan', { ...planOpened.with(userId), style: 'primary' as const })]
      : []),
    ...(own.kind === 'agreed' && own.canLog ? [button('Log today', logButtonOf(own.today))] : []),
    ...(pipeline ? [button('Enter my pipeline', pipelineAdd.with(userId))] : []),
    ...(owes.open + isOwed.open > 0 ? [button('Promises', promisesOpen.with())] : []),
    ...(isOwn ? [] : [button('What gets in the way', causesOpen.with(0))]),
  ]);
}

/** Nothing was said of it in the span yet, and there is something to say. */
const isUnsaid = ({ lines: all, pipeline: { asOf }, span }: Scorecard) =>
  (asOf === null || asOf < span.from) &&
  all.some(
    ({ kpi, actual, verdict }) => kpi === 'coverage' && actual === null && verdict !== 'met',
  );

/** None: no plan is in force. */
export function chartsModal(charts: readonly ShownChart[]): ModalView {
  return modal({
    title: 'Charts',
    close: 'Done',
    blocks:
      charts.length === 0
        ? [section('Charts stand here once a plan is in force.')]
        : [
            ...chartBlocks(charts),
            context('At quota, as it stands today: rep and manager see the same.'),
          ],
  });
}
