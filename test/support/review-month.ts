/** A month of any plan, as the channel gets to see it. */
import fc from 'fast-check';
import type { CountedDay } from '../../src/activity/pace/pace-rules.ts';
import { CAUSES, NO_COUNTS } from '../../src/activity/schemas.ts';
import type { HourStanding } from '../../src/coaching/hour/week-rules.ts';
import { digestMessage } from '../../src/home/digest/view.ts';
import type { HomeLeader, TeamLine } from '../../src/home/leader-view.ts';
import type { OwnHome } from '../../src/home/own-view.ts';
import type { TeamRow } from '../../src/home/team-view.ts';
import { homeView } from '../../src/home/view.ts';
import type { PlanDue } from '../../src/plan/round/due-rules.ts';
import { ACTIVITIES, type PlanTerms } from '../../src/plan/schemas.ts';
import type { Owed } from '../../src/review/promises/rules.ts';
import { spansOf } from '../../src/review/schedule/rules.ts';
import type { Scorecard } from '../../src/review/schemas.ts';
import type { Booking, Facts } from '../../src/review/scorecard/baseline-rules.ts';
import { baseline, type Measured, measureDraft } from '../../src/review/scorecard/review-plan.ts';
import { scorecard } from '../../src/review/scorecard/rules.ts';
import { standingCounts } from '../../src/review/standing/counts-rules.ts';
import { shareAtQuota } from '../../src/review/standing/quota-rules.ts';
import { type StandingNow, standingAttainment } from '../../src/review/standing/standings.ts';
import { chartsOf } from '../../src/review/thread/charts.ts';
import { repCopyMessage } from '../../src/review/thread/rep-copy-view.ts';
import {
  carriedMessage,
  chartMessage,
  scorecardMessage,
  splitMessage,
  whysMessage,
} from '../../src/review/thread/replies-view.ts';
import { rootMessage, type ThreadScreen } from '../../src/review/thread/root-view.ts';
import { paginate } from '../../src/slack/paginate.ts';
import type { Message } from '../../src/slack/surfaces.ts';
import { addDays } from '../../src/time/local-date.ts';
import { workingDates } from '../../src/time/working-days.ts';
import { draftOf } from './draft-of.ts';

/** What a rep did, whatever the plan: fractions of a period and a day become dates in it. */
export interface Deeds {
  month: number;
  bookings: { at: number; layer: Booking['layer']; amount: number }[];
  pipeline: Facts['pipeline'];
  counts: number[];
  leads: { inbound: number; outbound: number } | null;
}

const amount = fc.integer({ min: 1, max: 40_000_000 });
const layer = fc.constantFrom('renewal' as const, 'expansion' as const, 'newBusiness' as const);

export const deeds: fc.Arbitrary<Deeds> = fc.record({
  month: fc.nat(17),
  bookings: fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), layer, amount }), {
    maxLength: 8,
  }),
  pipeline: fc.option(
    fc.record({
      asOf: fc.constant('2027-06-30'),
      layers: fc.record({
        renewal: fc.option(amount),
        expansion: fc.option(amount),
        newBusiness: fc.option(amount),
      }),
    }),
  ),
  counts: fc.array(fc.nat(30), { minLength: 5, maxLength: 40 }),
  leads: fc.option(fc.record({ inbound: fc.nat(12), outbound: fc.nat(12) })),
});

export function factsOf({ draft }: Measured, did: Deeds): Facts {
  const { period, calendar, currency } = draft;
  const spans = spansOf(period);
  const span = spans[did.month % spans.length];
  if (!span) throw new Error('a period without a month');
  const dates = workingDates(calendar, period.start, span.to);
  const days = dates.map((date, index): CountedDay => {
    const count = (step: number) => did.counts[(index * step) % did.counts.length] ?? 0;
    const [calls, visits, demos, proposals, contracts] = ACTIVITIES.map((_, i) => count(i + 1));
    return {
      date,
      planned: NO_COUNTS,
      done: {
        calls: calls ?? 0,
        visits: visits ?? 0,
        demos: demos ?? 0,
        proposals: proposals ?? 0,
        contracts: contracts ?? 0,
      },
      logged: count(7) > 2,
    };
  });
  return {
    span,
    currency,
    since: period.start,
    today: addDays(span.to, 2),
    bookings: did.bookings.flatMap(({ at, ...booking }) => {
      const date = dates[Math.floor(at * (dates.length - 1))];
      return date === undefined ? [] : [{ ...booking, date }];
    }),
    pipeline: did.pipeline,
    leads: did.leads && {
      known: true,
      inbound: { received: did.leads.inbound, promised: 6 },
      outbound: { received: did.leads.outbound, promised: 4 },
    },
    days,
    leadDays: null,
    skipped: 1,
    away: 2,
  };
}

export function cardOf(measured: Measured, facts: Facts): Scorecard {
  const { calendar } = measured.draft;
  return scorecard(baseline(measured, { calendar, end: facts.span.to }), facts);
}

/** Everything that the channel, and the rep's copy of it, show of a card. */
export function messagesOf(card: Scorecard): Message[] {
  const style = { locale: 'en-US', currency: card.currency, digits: 2 };
  const missed = card.lines.filter(({ verdict }) => verdict === 'missed');
  const screen: ThreadScreen = {
    reviewId: 'r',
    repId: 'U0REP',
    managerId: 'U0MAN',
    card,
    style,
    meeting: null,
    askedOn: null,
    answers: missed.map(({ kpi }) => ({
      reviewId: 'r',
      topic: kpi,
      causes: [CAUSES[0]],
      words: 'Inbound brought half of what we agreed.',
      proposal: null,
      updatedAt: new Date(0),
    })),
    isAnswered: true,
    isLate: false,
    carried: [],
    today: '2027-07-01',
    closed: null,
  };
  const charts = Object.values(chartsOf(card, style)).map(({ alt, title }) => ({
    alt,
    title,
    fileId: null,
  }));
  return [
    rootMessage(screen),
    scorecardMessage(screen),
    chartMessage(charts),
    whysMessage(screen),
    splitMessage(screen),
    carriedMessage(screen),
    repCopyMessage(screen, charts),
  ].filter((message) => message !== null);
}

/** What the two of a pair owe each other, and how the rep's week stands, besides the card. */
export interface Beside {
  owes: Owed;
  isOwed: Owed;
  unanswered: number | null;
  backOn: string | null;
  streak: number;
  hour: HourStanding | null;
  due: PlanDue['state'] | null;
}

const owed = fc
  .tuple(fc.nat(4), fc.nat(4))
  .map(([open, late]): Owed => ({ open, overdue: Math.min(open, late) }));

export const besides: fc.Arbitrary<Beside> = fc.record({
  owes: owed,
  isOwed: owed,
  unanswered: fc.option(fc.integer({ min: 7, max: 30 })),
  backOn: fc.option(fc.constant('2027-07-12')),
  streak: fc.nat(30),
  hour: fc.option(fc.constantFrom('done', 'open', 'skipped', 'away', 'unplanned')),
  due: fc.option(fc.constantFrom('soon', 'overdue')),
});

const TODAY = '2027-07-01';

export const standingOf = (
  card: Scorecard,
  week: Pick<Beside, 'streak' | 'unanswered' | 'backOn'> = {
    streak: 0,
    unanswered: null,
    backOn: null,
  },
): StandingNow => ({
  userId: 'U0REP',
  name: 'Dana',
  plan: 'Agreed (version 1)',
  begins: null,
  card,
  today: TODAY,
  lastLog: '2027-06-29',
  ...week,
});

/** What a card shows outside of the channel: to the rep's manager, to leaders, and to the rep. */
export function homesOf(card: Scorecard, beside: Beside) {
  const [repId, managerId, locale] = ['U0REP', 'U0MAN', 'en-US'];
  const { owes, isOwed, unanswered, backOn, streak, hour, due } = beside;
  const standing = standingOf(card, { streak, unanswered, backOn });
  const row: TeamRow & { kind: 'rep' } = {
    kind: 'rep',
    userId: repId,
    name: 'Dana',
    standing,
    owes,
    isOwed,
    coaching: hour && {
      standing: hour,
      at: null,
      isMoved: false,
      isUnasked: hour === 'unplanned',
      managerId,
      coachId: managerId,
      lastHeldOn: '2027-06-21',
      today: TODAY,
    },
    due: due && {
      repId,
      kind: 'cycle',
      dueOn: '2027-07-15',
      lastDay: '2027-07-15',
      tellOn: '2027-06-15',
      state: due,
      status: null,
      planId: null,
      joinedOn: null,
      isJoinedKnown: true,
    },
    looks: [],
  };
  // Of three alike, since of fewer leaders are told nothing.
  const three = [standing, standing, standing];
  const counts = standingCounts(three);
  const line: TeamLine = {
    managerId,
    counts,
    isTold: true,
    coached: { done: 1, of: 3 },
    overdue: 0,
    attainment: standingAttainment(standing),
  };
  const team = {
    rows: paginate([row], 0, 1),
    counts,
    owed: owes,
    uncoached: hour === 'unplanned' ? 1 : 0,
    asked: [],
  };
  const leader: HomeLeader = {
    teams: paginate([line], 0, 1),
    counts,
    quota: shareAtQuota(three.map(() => card)),
    overdue: [],
    causes: { months: [], structural: [], personal: [], teams: [], teamsInAll: 1 },
    answers: [],
    today: TODAY,
  };
  const own: OwnHome = {
    reader: { userId: repId, locale, today: TODAY },
    managerId,
    day: null,
    status: null,
    paid: null,
    promises: [],
    row,
    team: line,
  };
  const nothing = {
    needsSetUp: false,
    questions: [],
    untold: [],
    plan: null,
    own: null,
    taken: null,
    team: null,
    leader: null,
  };
  const screen = { ...nothing, locale, admin: false };
  return {
    manager: homeView({ ...screen, team }),
    digest: digestMessage(team, locale),
    leader: homeView({ ...screen, leader }),
    rep: homeView({ ...screen, own }),
  };
}

export function measured(terms: PlanTerms): Measured | null {
  return measureDraft(draftOf(terms));
}
