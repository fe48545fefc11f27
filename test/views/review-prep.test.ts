/** The question about a month, its forms and what is sent, at their longest and as people read them. */

import type { KnownBlock, ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { CAUSES } from '../../src/activity/schemas.ts';
import { ACTIVITIES } from '../../src/plan/schemas.ts';
import {
  prepForm,
  prepRaw,
  type ShownAnswer,
  sentView,
} from '../../src/review/prep/answer-view.ts';
import * as prep from '../../src/review/prep/messages-view.ts';
import { quoteBlocks } from '../../src/review/prep/parts-view.ts';
import { questionsOf } from '../../src/review/prep/rules.ts';
import {
  KPIS,
  type Kpi,
  type KpiLine,
  type Scorecard,
  TOPICS,
  type Topic,
} from '../../src/review/schemas.ts';
import { topicsOf } from '../../src/review/scorecard/question-rules.ts';
import { checkMessage, checkView, fitMessage, fitView } from '../../src/slack/limits.ts';
import type { Message } from '../../src/slack/surfaces.ts';
import { kpiLine } from '../support/kpi-line.ts';

const ID = '0198f3a2-7b1c-7e2d-9a5b-1c2d3e4f5a6b';
/** Each character becomes five when it is escaped. */
const HARD = '&'.repeat(1_000);
const LINES = 'a\n'.repeat(500);
const style = { locale: 'en-GB', currency: 'USD', digits: 2 };

const line = (
  kpi: Kpi,
  verdict: KpiLine['verdict'],
  figures: [number, number] = [184, 270],
  more: Partial<KpiLine> = {},
) => kpiLine(kpi, verdict, figures, more);
const rate = (kpi: Kpi, verdict: KpiLine['verdict']) => line(kpi, verdict, [0.51, 0.66]);

const march: Scorecard = {
  month: '2027-03',
  span: { from: '2027-03-01', to: '2027-03-31' },
  quarter: null,
  last: false,
  currency: 'USD',
  asOf: null,
  bookings: { actual: 12_400_000, target: 15_700_000 },
  lines: [
    line('bookings', 'missed', [124, 157]),
    line('renewal', 'short', [60, 112], { cut: 5_600_000 }),
    { ...line('expansion', 'unknown'), actual: 0, target: 0 },
    line('newBusiness', 'missed', [64, 101]),
    line('coverage', 'missed', [2.4, 3.25]),
    line('leads', 'short', [7, 10]),
    line('calls', 'met', [545, 540]),
    line('visits', 'met', [24, 22]),
    line('demos', 'short', [7, 8]),
    line('proposals', 'missed', [2, 7]),
    line('contracts', 'met', [2, 2]),
    rate('callToVisit', 'met'),
    rate('visitToDemo', 'unknown'),
    rate('demoToProposal', 'unknown'),
    { ...rate('proposalToContract', 'unknown'), target: null },
  ],
  pipeline: {
    asOf: null,
    layers: {
      renewal: { actual: null, target: 0 },
      expansion: { actual: null, target: 0 },
      newBusiness: { actual: null, target: 0 },
    },
  },
  leads: {
    known: true,
    inbound: { received: 3, promised: 6 },
    outbound: { received: 4, promised: 4 },
  },
  since: null,
  days: { counted: 21, unlogged: 2, skipped: 1, away: 1 },
  split: null,
  splitFrom: null,
  catchUp: [],
  months: [],
  standing: 'at_risk',
};
const worst: Scorecard = {
  ...march,
  quarter: 4,
  last: true,
  asOf: '2027-03-28',
  lines: KPIS.map((kpi) => line(kpi, 'missed', [999_999, 9_999_999])),
};

const screen: prep.PrepScreen = {
  reviewId: ID,
  repId: 'U0DANA',
  card: march,
  ...questionsOf({ card: march, topics: topicsOf(march.lines) }),
  style,
  hasOwnTarget: true,
  meeting: { date: '2027-04-06', time: '10:00' },
  deadline: { date: '2027-04-06', time: '09:00' },
  given: 0,
  judged: {
    date: '2027-03-29',
    layers: ['newBusiness', 'expansion'],
    pipeline: {
      layers: { renewal: null, expansion: 8_000_000, newBusiness: 33_000_000 },
      date: '2027-03-08',
      isCarried: false,
    },
    isLeadsJudged: true,
    leads: { inbound: 3, outbound: 1 },
    deals: 0,
  },
  reader: { ...style, userId: 'U0DANA', today: '2027-03-29' },
};
/** The same of another card. */
const about = (card: Scorecard, more: Partial<prep.PrepScreen> = {}): prep.PrepScreen => ({
  ...screen,
  card,
  ...questionsOf({ card, topics: topicsOf(card.lines) }),
  ...more,
});
const changed = (verdicts: Partial<Record<Kpi, Partial<KpiLine>>>, card = march): Scorecard => ({
  ...card,
  lines: card.lines.map((one) => ({ ...one, ...verdicts[one.kpi] })),
});
const calm = changed(
  Object.fromEntries(
    march.lines.map(({ kpi, actual, target, verdict }) => [
      kpi,
      verdict === 'missed' || verdict === 'short'
        ? { verdict: 'met', actual: target ?? actual, chance: null }
        : {},
    ]),
  ),
);
const quarterly: Scorecard = {
  ...changed({ newBusiness: { verdict: 'missed', chance: 0.2 } }),
  quarter: 1,
};
const unlogged: Scorecard = {
  ...changed(
    Object.fromEntries(
      [...ACTIVITIES, 'coverage', 'leads'].map((kpi) => [
        kpi,
        { verdict: 'unknown', actual: null },
      ]),
    ),
  ),
  leads: march.leads && { ...march.leads, known: false },
  days: { ...march.days, unlogged: 12 },
};
const chanceOnly = changed(
  {
    bookings: { verdict: 'short', chance: 0.32, actual: 14_400_000 },
    newBusiness: { verdict: 'short', chance: 0.2, actual: 8_800_000 },
  },
  calm,
);
const oneShort = changed({ demos: { verdict: 'short', chance: 0.32, actual: 7, target: 8 } }, calm);
const noLeads = changed({
  leads: { verdict: 'missed', actual: 3, target: 10 },
  visits: { verdict: 'short', actual: 18, chance: 0.1 },
});
const long = about(worst, { given: 2 });

const MESSAGES: Record<string, Message> = {
  prep: prep.prepMessage(screen),
  'prep, begun': prep.prepMessage({ ...screen, given: 1, hasOwnTarget: false }),
  'prep, late': prep.prepMessage({ ...screen, deadline: null }),
  'prep, nothing missed': prep.prepMessage(about(calm, { hasOwnTarget: false })),
  'prep, one short by chance': prep.prepMessage(about(oneShort, { hasOwnTarget: false })),
  'prep, bookings short by chance': prep.prepMessage(about(chanceOnly)),
  'prep, leads first': prep.prepMessage(about(noLeads)),
  'prep, nothing entered': prep.prepMessage(about(unlogged)),
  'prep, a quarter': prep.prepMessage(about(quarterly)),
  'prep, everything': prep.prepMessage(long),
  reminder: prep.prepReminderMessage({ ...screen, given: 2 }),
  'reminder, everything': prep.prepReminderMessage(long),
  sent: prep.prepSentMessage(screen, { on: '2027-04-01', count: 3 }),
  'reminder, sent': prep.prepReminderDoneMessage(screen),
  skipped: prep.prepOverMessage({ ...screen, given: 1 }, 'skipped'),
  closed: prep.prepOverMessage(screen, 'closed'),
  'plan closed': prep.prepOverMessage(screen, 'plan_closed'),
};

const goesTo = { channelId: 'C0WEST', managerId: 'U0MAX', late: false };
const said = { causes: CAUSES, words: HARD, proposal: HARD };
/** The form about some topics, each at its longest. */
function form(topics: readonly Topic[], must: readonly Topic[], more: Partial<Form> = {}) {
  const place = topics.map((topic) => ({
    topic,
    must: must.includes(topic),
    base: 'abcdefghijklmnop',
  }));
  return prepForm.view({
    about: { reviewId: ID, asked: place },
    style: { ...style, asked: place },
    rev: '1a2b3c4d',
    raw: prepRaw(
      topics.map((topic) => ({ topic, causes: CAUSES, words: HARD, proposal: LINES })),
      { note: HARD, named: ['yes'] },
    ),
    month: 'December, Q4 and the period',
    topics: topics.map((topic) => ({
      topic,
      line: topic === 'worked' ? null : line(topic, 'missed', [999_999, 9_999_999]),
      namedOn: '2027-03-10',
      meanwhile: null,
    })),
    more: [],
    goesTo,
    managerName: 'Maximiliane von Hohenlohe-Waldenburg',
    notice: null,
    ...more,
  });
}
type Form = Parameters<typeof prepForm.view>[0];

const answers = (of: Partial<ShownAnswer> = {}) =>
  TOPICS.map(
    (topic): ShownAnswer => ({
      topic,
      line: topic === 'worked' ? null : line(topic, 'missed'),
      ...said,
      ...of,
    }),
  );
const THREE: readonly Topic[] = ['leads', 'calls', 'newBusiness'];
const others = KPIS.filter((kpi) => !THREE.includes(kpi)).map((value) => ({
  value,
  label: value,
}));
const elsewhere = (topics: readonly Topic[]) =>
  topics.map((topic) => ({ topic, line: line('calls', 'missed'), namedOn: null, meanwhile: said }));

const VIEWS: Record<string, ModalView> = {
  'three questions': form(THREE, THREE, { more: others }),
  'one question': form(['calls'], ['calls'], { more: others }),
  'everything else too': form(KPIS, THREE),
  late: form(THREE, THREE, { goesTo: { ...goesTo, late: true } }),
  'answered elsewhere': form(THREE, THREE, { topics: elsewhere(THREE), notice: 'Not sent yet.' }),
  worked: form(['worked'], ['worked']),
  'nobody manages': form(THREE, THREE, {
    managerName: null,
    goesTo: { channelId: null, managerId: null, late: false },
  }),
  sent: sentView({ answers: answers(), note: HARD, style, goesTo, sentOn: '2027-04-01' }),
  'sent, lines': sentView({
    answers: answers({ words: LINES, proposal: LINES }),
    note: null,
    style,
    goesTo,
    sentOn: '2027-04-01',
  }),
};

const textsOf = (blocks: readonly KnownBlock[]) =>
  blocks.flatMap((block) => (block.type === 'section' && block.text ? [block.text.text] : []));
/** What somebody reads of a message. */
const read = ({ blocks }: Message): string =>
  blocks
    .flatMap((block) => {
      if (block.type === 'section') return block.text ? [block.text.text] : [];
      if (block.type === 'context')
        return block.elements.flatMap((one) => ('text' in one ? [one.text] : []));
      if (block.type !== 'actions') return [];
      const buttons = block.elements.flatMap((one) =>
        one.type === 'button' ? [`[${one.text.text}]`] : [],
      );
      return [buttons.join(' ')];
    })
    .join('\n');

describe('fits Slack', () => {
  it.each(Object.entries(MESSAGES))('message: %s, nothing cut', (_, message) => {
    expect(checkMessage(message)).toEqual([]);
    expect(fitMessage(message)).toEqual(message);
    expect(message.text).not.toBe('');
  });

  it.each(Object.entries(VIEWS))('view: %s, nothing cut', (_, view) => {
    expect(checkView(view)).toEqual([]);
    expect(fitView(view)).toEqual(view);
  });

  it('shows every word of the longest answers once they are sent', () => {
    const texts = textsOf((VIEWS.sent?.blocks ?? []) as KnownBlock[]).join('');
    expect(texts.split('&amp;').length - 1).toBe(TOPICS.length * 2_000 + 1_000);
  });
});

describe('as it is read', () => {
  it.each([
    'prep',
    'prep, nothing missed',
    'prep, one short by chance',
    'prep, bookings short by chance',
    'prep, leads first',
    'prep, nothing entered',
    'prep, a quarter',
  ])('the question: %s', (name) => {
    expect(read(MESSAGES[name] as Message)).toMatchSnapshot();
  });

  it('the question that goes on after the deadline', () => {
    expect(read(MESSAGES['prep, late'] as Message)).toContain(
      'The thread is open already: your answers go into it.',
    );
  });

  it('its reminder', () => {
    expect(read(MESSAGES.reminder as Message)).toMatchInlineSnapshot(`
      "*2 of 2 answered* about March. Your 1:1 is Tue 6 Apr, 10:00; this is the last reminder.
      The thread opens Tue 6 Apr, 9:00. Without your view it says “not answered yet”.
      [Answer]"
    `);
  });

  it('what it turns into', () => {
    expect(
      ['sent', 'skipped', 'closed', 'plan closed']
        .map((name) => read(MESSAGES[name] as Message))
        .join('\n\n'),
    ).toMatchInlineSnapshot(`
      "✓ *Sent on 1 Apr:* 3 answers about March.
      Your 1:1 is Tue 6 Apr, 10:00.
      [Read] [Ask for help…] [Move the 1:1…]

      *The 1:1 about March is skipped.* Nothing to answer. What you have answered is kept.

      *The review of March is closed.* Nothing more to answer.

      *The plan that March belongs to is closed.* Nothing to answer."
    `);
  });
});

describe('parts', () => {
  it('a view remembers where it stands and nothing that was said', () => {
    const asked = [{ topic: 'calls' as const, must: true, base: 'x' }];
    const about = { reviewId: ID, asked };
    const { read, write } = prepForm.metadata;
    const carried = { submissionId: ID, about };
    expect(read(write(carried))).toEqual(carried);
    const wrong = write({ ...carried, about: { ...about, reviewId: 'x' } });
    for (const other of ['', '{}', 'null', wrong]) expect(read(other)).toBeNull();
    for (const view of Object.values(VIEWS)) expect(view.private_metadata ?? '').not.toContain('&');
  });

  it('no two fields of one form are called the same', () => {
    for (const [name, { blocks }] of Object.entries(VIEWS)) {
      const labels = blocks.flatMap((block) => ('label' in block ? [block.label.text] : []));
      expect(new Set(labels).size, name).toBe(labels.length);
    }
  });

  it('somebody’s words are split between characters, and nothing of them is lost', () => {
    const words = '🙂&\n'.repeat(330);
    const texts = textsOf(quoteBlocks(words));
    expect(texts.length).toBeGreaterThan(1);
    const back = texts.map((text) => text.replaceAll(/^>/gm, '')).join('');
    expect(back.replaceAll('&amp;', '&')).toBe(words);
    expect(quoteBlocks(null)).toEqual([]);
  });

  it('an id that is no channel or person of Slack’s is only text', () => {
    const view = form(['worked'], ['worked'], { goesTo: { ...goesTo, channelId: '!here>' } });
    expect(JSON.stringify(view)).not.toContain('<#');
  });
});
