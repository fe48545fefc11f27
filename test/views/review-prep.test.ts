/** The question about a month, its forms and what is sent, at their longest and as people read them. */

import type { KnownBlock, ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { CAUSES } from '../../src/activity/schemas.ts';
import {
  type ShownAnswer,
  sendForm,
  sentView,
  whyForm,
  workedForm,
} from '../../src/review/prep/answer-view.ts';
import * as prep from '../../src/review/prep/messages-view.ts';
import { quoteBlocks } from '../../src/review/prep/parts-view.ts';
import { KPIS, type Kpi, type KpiLine, type Scorecard, TOPICS } from '../../src/review/schemas.ts';
import { checkMessage, checkView, fitMessage, fitView } from '../../src/slack/limits.ts';
import type { Message } from '../../src/slack/surfaces.ts';

const ID = '0198f3a2-7b1c-7e2d-9a5b-1c2d3e4f5a6b';
/** Each character becomes five when it is escaped. */
const HARD = '&'.repeat(1_000);
const LINES = 'a\n'.repeat(500);
const style = { locale: 'en-GB', currency: 'USD', digits: 2 };
const MONEY: readonly Kpi[] = ['renewal', 'expansion', 'newBusiness'];

const line = (kpi: Kpi, verdict: KpiLine['verdict'], actual = 184, target = 270): KpiLine => ({
  kpi,
  actual: MONEY.includes(kpi) ? actual * 100_000 : actual,
  target: MONEY.includes(kpi) ? target * 100_000 : target,
  verdict,
  tries: null,
});
const rate = (kpi: Kpi, verdict: KpiLine['verdict']) => line(kpi, verdict, 0.51, 0.66);

const march: Scorecard = {
  month: '2027-03',
  span: { from: '2027-03-01', to: '2027-03-31' },
  quarter: null,
  last: false,
  currency: 'USD',
  asOf: null,
  bookings: { actual: 0, target: 0 },
  lines: [
    line('renewal', 'met', 118, 112),
    { ...line('expansion', 'unknown'), actual: 0, target: 0 },
    line('newBusiness', 'missed', 64, 101),
    { kpi: 'coverage', actual: 2.4, target: 3.25, verdict: 'missed', tries: null },
    line('calls', 'met', 520, 540),
    line('visits', 'met', 24, 22),
    line('demos', 'missed', 9, 14),
    line('proposals', 'unknown', 2, 4),
    line('contracts', 'unknown', 1, 2),
    rate('callToVisit', 'met'),
    rate('visitToDemo', 'unknown'),
    rate('demoToProposal', 'unknown'),
    rate('proposalToContract', 'unknown'),
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
  catchUp: [],
  months: [],
  standing: 'at_risk',
};
const worst: Scorecard = {
  ...march,
  quarter: 4,
  last: true,
  asOf: '2027-03-28',
  lines: KPIS.map((kpi) => line(kpi, 'missed', 999_999, 9_999_999)),
};

const screen: prep.PrepScreen = {
  reviewId: ID,
  card: march,
  topics: ['newBusiness', 'coverage', 'demos'],
  own: new Set(['demos' as const]),
  style,
  meeting: { date: '2027-04-06', time: '10:00' },
  deadline: { date: '2027-04-06', time: '09:00' },
  given: 0,
};
const long = { ...screen, card: worst, topics: [...KPIS], own: new Set(KPIS), given: 12 };
const calm: Scorecard = {
  ...march,
  lines: march.lines.map((one) => ({ ...one, verdict: 'met' as const })),
};

const MESSAGES: Record<string, Message> = {
  prep: prep.prepMessage(screen),
  'prep, begun': prep.prepMessage({ ...screen, given: 1, own: new Set() }),
  'prep, late': prep.prepMessage({ ...screen, deadline: null }),
  'prep, nothing missed': prep.prepMessage({
    ...screen,
    card: calm,
    topics: ['worked'],
    own: new Set(),
  }),
  'prep, missed against the own target alone': prep.prepMessage({
    ...screen,
    topics: ['demos', 'worked'],
  }),
  'prep, everything': prep.prepMessage(long),
  reminder: prep.prepReminderMessage({ ...screen, given: 2 }),
  'reminder, everything': prep.prepReminderMessage(long),
  sent: prep.prepSentMessage(screen, '2027-04-01'),
  'reminder, sent': prep.prepReminderDoneMessage(screen),
  skipped: prep.prepOverMessage({ ...screen, given: 1 }, 'skipped'),
  closed: prep.prepOverMessage(screen, 'closed'),
  'plan closed': prep.prepOverMessage(screen, 'plan_closed'),
};

const goesTo = { channelId: 'C0WEST', managerId: 'U0MAX', late: false };
const said = { causes: CAUSES, words: HARD, proposal: HARD };
const form = {
  about: { reviewId: ID, topic: 'newBusiness' as const, base: 'abc' },
  style,
  rev: 'newBusiness-1a2b3c4d',
  position: { at: 2, of: 14 },
  back: 'renewal' as const,
  goesTo,
  raw: { causes: CAUSES.slice(0, 2), words: HARD, proposal: LINES },
  meanwhile: null,
};
const whyScreen = {
  ...form,
  kpi: 'newBusiness' as const,
  line: line('newBusiness', 'missed', 64, 101),
  own: false,
  namedOn: null,
  same: KPIS.filter((kpi) => kpi !== 'newBusiness').map((value) => ({
    value,
    label: value,
    description: 'Stays with you',
  })),
};
const answers = (of: Partial<ShownAnswer> = {}) =>
  TOPICS.map(
    (topic, index): ShownAnswer => ({
      topic,
      line: topic === 'worked' ? null : line(topic, 'missed'),
      own: index % 2 === 1,
      changing: true,
      ...said,
      ...of,
    }),
  );
const sending = {
  about: { reviewId: ID, base: 'abc' },
  raw: {},
  rev: 'box',
  answers: answers(),
  style,
  goesTo,
  managerName: 'Maximiliane von Hohenlohe-Waldenburg',
  notice: null,
};

const VIEWS: Record<string, ModalView> = {
  why: whyForm.view(whyScreen),
  'why, own': whyForm.view({
    ...whyScreen,
    own: true,
    back: null,
    same: [],
    namedOn: '2027-03-10',
  }),
  'why, late': whyForm.view({ ...whyScreen, goesTo: { ...goesTo, late: true } }),
  'why, answered elsewhere': whyForm.view({ ...whyScreen, meanwhile: said }),
  worked: workedForm.view({ ...form, month: 'December, Q4 and the period' }),
  'worked, answered elsewhere': workedForm.view({ ...form, month: 'March', meanwhile: said }),
  send: sendForm.view(sending),
  'send, lines': sendForm.view({ ...sending, answers: answers({ words: LINES, proposal: LINES }) }),
  'send, nobody manages': sendForm.view({
    ...sending,
    managerName: null,
    goesTo: { channelId: null, managerId: null, late: false },
  }),
  sent: sentView({ ...sending, sentOn: '2027-04-01' }),
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

  it('shows every word of the longest answers before they are sent and after', () => {
    for (const name of ['send', 'sent']) {
      const texts = textsOf((VIEWS[name]?.blocks ?? []) as KnownBlock[]).join('');
      expect(texts.split('&amp;').length - 1, name).toBe(TOPICS.length * 2_000);
    }
  });
});

describe('as it is read', () => {
  it('the question', () => {
    expect(read(MESSAGES.prep as Message)).toMatchInlineSnapshot(`
      "*Your 1:1 is Tue 6 Apr, 10:00.* March against plan, 3 of 7 missed:
      ✓ met: Renewals 118k of 112k
      ✗ missed: *New business 64k of 101k*
      ✗ missed: *Coverage 2.4X of 3.25X*
      ✗ missed: *Demos 9 of 14*
      ✓ met: calls 96%, visits 109%, call → visit 51%
      – too early to say: proposals, contracts, visit → demo, demo → proposal, proposal → contract
      21 working days count, 2 of them without a log · 1 skipped · 1 away · leads: 3 of 6 inbound, 4 of 4 outbound
      Before anyone talks about it: *why, in your view?* 3 answers, about 5 minutes. Your manager sees them together with the figures when you send them, not before.
      One of them stays with you: at quota it isn’t missed.
      [Answer] [Move the 1:1…]"
    `);
  });

  it('the question where nothing is missed', () => {
    expect(read(MESSAGES['prep, nothing missed'] as Message)).toMatchInlineSnapshot(`
      "*Your 1:1 is Tue 6 Apr, 10:00.* March against plan, nothing missed of 13:
      ✓ met: Renewals 118k of 112k
      ✓ met: New business 64k of 101k
      ✓ met: Coverage 2.4X of 3.25X
      ✓ met: calls 96%, visits 109%, demos 64%, proposals 50%, contracts 50%, call → visit 51%, visit → demo 51%, demo → proposal 51%, proposal → contract 51%
      21 working days count, 2 of them without a log · 1 skipped · 1 away · leads: 3 of 6 inbound, 4 of 4 outbound
      *What worked, and what to share?* 1 answer, about 2 minutes. Your manager sees it together with the figures when you send it, not before.
      [Answer] [Move the 1:1…]"
    `);
  });

  it('the question that goes on after the deadline', () => {
    expect(read(MESSAGES['prep, late'] as Message)).toContain(
      'The thread is open already: your answers go into it.',
    );
  });

  it('its reminder', () => {
    expect(read(MESSAGES.reminder as Message)).toMatchInlineSnapshot(`
      "*2 of 3 answered* about March. Your 1:1 is Tue 6 Apr, 10:00; this is the last reminder.
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
      [Read] [Move the 1:1…]

      *The 1:1 about March is skipped.* Nothing to answer. What you have answered is kept.

      *The review of March is closed.* Nothing more to answer.

      *The plan that March belongs to is closed.* Nothing to answer."
    `);
  });
});

describe('parts', () => {
  it('a view remembers where it stands and nothing that was said', () => {
    const about = { reviewId: ID, topic: 'calls' as const, base: 'x' };
    const { read, write } = whyForm.metadata;
    const carried = { submissionId: ID, about };
    expect(read(write(carried))).toEqual(carried);
    const wrong = write({ ...carried, about: { ...about, reviewId: 'x' } });
    for (const other of ['', '{}', 'null', wrong]) expect(read(other)).toBeNull();
    for (const view of Object.values(VIEWS)) expect(view.private_metadata ?? '').not.toContain('&');
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
    const view = workedForm.view({
      ...form,
      month: 'March',
      goesTo: { ...goesTo, channelId: '!here>' },
    });
    expect(JSON.stringify(view)).not.toContain('<#');
  });
});
