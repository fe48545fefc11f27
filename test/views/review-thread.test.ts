/** The review's thread as its channel and its rep read it. */
import type { KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import type { Kpi, KpiLine, Scorecard } from '../../src/review/schemas.ts';
import type { Answer } from '../../src/review/store.ts';
import { repCopyMessage } from '../../src/review/thread/rep-copy-view.ts';
import {
  scorecardMessage,
  splitLines,
  splitMessage,
  whysMessage,
} from '../../src/review/thread/replies-view.ts';
import { rootMessage, type ThreadScreen } from '../../src/review/thread/root-view.ts';
import { checkMessage } from '../../src/slack/limits.ts';
import type { Message } from '../../src/slack/surfaces.ts';
import { kpiLine } from '../support/kpi-line.ts';

const march: Scorecard = {
  month: '2027-03',
  span: { from: '2027-01-01', to: '2027-03-31' },
  quarter: 1,
  last: false,
  currency: 'USD',
  asOf: null,
  bookings: { actual: 12_400_000, target: 15_700_000 },
  lines: [
    kpiLine('bookings', 'missed', [124, 157]),
    kpiLine('renewal', 'short', [60, 112], { cut: 5_600_000 }),
    kpiLine('expansion', 'unknown', [0, 0]),
    kpiLine('newBusiness', 'missed', [64, 101]),
    kpiLine('coverage', 'missed', [2.4, 3.25]),
    kpiLine('leads', 'short', [7, 10]),
    kpiLine('calls', 'met', [545, 540]),
    kpiLine('visits', 'met', [24, 22]),
    kpiLine('demos', 'short', [7, 8]),
    kpiLine('proposals', 'missed', [2, 7]),
    kpiLine('contracts', 'met', [2, 2]),
    kpiLine('callToVisit', 'met', [0.051, 0.05]),
    kpiLine('visitToDemo', 'unknown', [0.4, 0.6]),
    kpiLine('demoToProposal', 'missed', [0.31, 0.7]),
    kpiLine('proposalToContract', 'unknown', [null, 0.6]),
  ],
  pipeline: {
    asOf: '2027-03-29',
    layers: {
      renewal: { actual: null, target: 24_000_000 },
      expansion: { actual: null, target: 0 },
      newBusiness: { actual: 27_700_000, target: 37_500_000 },
    },
  },
  leads: {
    known: true,
    inbound: { received: 3, promised: 6 },
    outbound: { received: 4, promised: 4 },
  },
  since: null,
  days: { counted: 21, unlogged: 2, skipped: 1, away: 1 },
  split: {
    volume: 0.96,
    conversion: 0.71,
    dealSize: 0.92,
    window: {
      from: '2027-03-02',
      to: '2027-03-31',
      demosFrom: '2027-01-01',
      demosTo: '2027-01-30',
    },
  },
  splitFrom: null,
  catchUp: [
    {
      kind: 'deals',
      short: 3_700_000,
      deals: 2,
      demos: 6,
      until: '2027-05-31',
      isInReach: true,
    },
  ],
  months: [],
  standing: 'off_track',
};

const said = (topic: Answer['topic'], causes: Answer['causes'], words: string): Answer => ({
  reviewId: 'r',
  topic,
  causes,
  words,
  proposal: null,
  updatedAt: new Date(0),
});

const screen: ThreadScreen = {
  reviewId: 'r',
  repId: 'U0DANA',
  managerId: 'U0MAX',
  card: march,
  style: { locale: 'en-US', currency: 'USD', digits: 2 },
  meeting: {
    rep: { date: '2027-04-06', time: '10:00' },
    manager: { date: '2027-04-06', time: '10:00' },
  },
  askedOn: '2027-04-01',
  answers: [
    said('coverage', ['lead_supply'], 'Inbound brought 3 of the 6 leads we agreed.'),
    said('proposals', ['content'], 'No case study for hospitals.'),
  ],
  isAnswered: true,
  isLate: false,
  carried: [],
  today: '2027-04-02',
  closed: null,
};
const of = (card: Partial<Scorecard>, more: Partial<ThreadScreen> = {}): ThreadScreen => ({
  ...screen,
  card: { ...march, ...card },
  ...more,
});
const changed = (verdicts: Partial<Record<Kpi, Partial<KpiLine>>>) =>
  march.lines.map((one) => ({ ...one, ...verdicts[one.kpi] }));

const calm = changed(
  Object.fromEntries(
    march.lines.map(({ kpi, target, verdict }) => [
      kpi,
      verdict === 'missed' || verdict === 'short' ? { verdict: 'met', actual: target } : {},
    ]),
  ),
);
const noLeads = changed({
  leads: { verdict: 'missed', actual: 3 },
  visits: { verdict: 'missed', actual: 9 },
  demos: { verdict: 'missed', actual: 2 },
});

const ROOTS: Record<string, ThreadScreen> = {
  missed: screen,
  'not answered': of({}, { answers: [], isAnswered: false }),
  'all is met': of(
    { lines: calm, bookings: { actual: 15_700_000, target: 15_700_000 }, standing: 'on_track' },
    { answers: [said('worked', [], 'The webinar list.')] },
  ),
  'met, with a thin pipeline': of({
    lines: changed({ bookings: { verdict: 'met', actual: 16_000_000 }, coverage: {} }),
    bookings: { actual: 16_000_000, target: 15_700_000 },
    standing: 'on_track',
  }),
  'short by chance, and covered': of({
    lines: changed({
      bookings: { verdict: 'short', actual: 14_000_000 },
      coverage: { verdict: 'met', actual: 3.4 },
    }),
    standing: 'on_track',
  }),
  'short by chance, nothing entered': of({
    lines: changed({
      bookings: { verdict: 'short', actual: 14_000_000 },
      coverage: { verdict: 'unknown', actual: null },
    }),
    standing: 'at_risk',
  }),
  'nothing due yet': of({
    lines: changed({
      bookings: { verdict: 'unknown', actual: 0, target: 0 },
      coverage: { verdict: 'met', actual: 3.4 },
    }),
    bookings: { actual: 0, target: 0 },
    standing: 'on_track',
  }),
  'leads first': of({ lines: noLeads }),
  'a card of before there were all bookings': of({
    lines: march.lines.filter(({ kpi }) => kpi !== 'bookings' && kpi !== 'leads'),
    split: { volume: 0.9, conversion: null, dealSize: null, window: null },
  }),
};

/** What somebody reads of a message. */
function read({ blocks }: Message): string {
  return (blocks as KnownBlock[])
    .flatMap((block) => {
      if (block.type === 'section') return block.text ? [block.text.text] : [];
      if (block.type === 'context')
        return block.elements.flatMap((one) => ('text' in one ? [one.text] : []));
      if (block.type === 'table')
        return block.rows.map((row) =>
          row.map((cell) => ('text' in cell ? cell.text : '')).join(' | '),
        );
      if (block.type !== 'actions') return [];
      return [
        block.elements
          .flatMap((one) => (one.type === 'button' ? [`[${one.text.text}]`] : []))
          .join(' '),
      ];
    })
    .join('\n');
}

describe('as it is read', () => {
  it.each(Object.entries(ROOTS))('the first message: %s', (_, shown) => {
    expect(read(rootMessage(shown))).toMatchSnapshot();
  });

  it('the scorecard, of either edition', () => {
    expect(read(scorecardMessage(screen))).toMatchSnapshot();
    const old = ROOTS['a card of before there were all bookings'] as ThreadScreen;
    expect(read(scorecardMessage(old))).toContain('✗ Bookings | $124,000 | $157,000 | 79%');
  });

  it('the rep’s words', () => {
    expect(read(whysMessage(screen))).toMatchSnapshot();
  });

  it.each<[string, Partial<Scorecard>]>([
    ['with its window', {}],
    ['before the first win', { split: { ...(march.split as object), conversion: null } as never }],
    ['too early', { split: null, splitFrom: '2027-05-02' }],
    [
      'where demos are on plan',
      { catchUp: [{ ...march.catchUp[0], demos: null } as Scorecard['catchUp'][number]] },
    ],
    [
      'out of reach',
      { catchUp: [{ ...march.catchUp[0], isInReach: false } as Scorecard['catchUp'][number]] },
    ],
    [
      'calls are short',
      {
        split: null,
        catchUp: [
          {
            kind: 'activity',
            activity: 'calls',
            deficit: 86,
            perWeek: 170,
            extraPerWeek: 35,
            pace: { per: 'day', count: 34, planned: 27 },
            until: '2027-04-30',
          },
        ],
      },
    ],
    [
      'leads first',
      { lines: noLeads, catchUp: [{ kind: 'leads', short: 7, until: '2027-04-30' }] },
    ],
    ['short by chance', { lines: changed({ newBusiness: { verdict: 'short' } }), catchUp: [] }],
  ])('the split: %s', (_, card) => {
    expect(splitLines(of(card)).map(({ mrkdwn }) => mrkdwn)).toMatchSnapshot();
  });

  it('says nothing of a split where there is none and nothing is short', () => {
    expect(
      splitMessage(of({ lines: calm, split: null, splitFrom: '2027-05-02', catchUp: [] })),
    ).toBe(null);
  });

  it.each(Object.entries(ROOTS))('fits Slack: %s', (_, shown) => {
    for (const message of [
      rootMessage(shown),
      scorecardMessage(shown),
      repCopyMessage(shown, []),
    ]) {
      expect(checkMessage(message)).toEqual([]);
    }
  });
});
