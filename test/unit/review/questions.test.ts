/** What a rep is asked, what they may explain beside, and when an answer is one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAUSES } from '../../../src/activity/schemas.ts';
import { FieldProblems } from '../../../src/input/problem.ts';
import { LAYERS } from '../../../src/plan/schemas.ts';
import { prepForm } from '../../../src/review/prep/answer-view.ts';
import { isGiven, isSame, minutesFor } from '../../../src/review/prep/rules.ts';
import { KPIS, type Kpi, type Topic, type Verdict } from '../../../src/review/schemas.ts';
import {
  followingLeads,
  optionalTopics,
  topicsOf,
} from '../../../src/review/scorecard/question-rules.ts';
import { isLayer } from '../../../src/review/words-view.ts';
import type { Raw } from '../../../src/slack/fields.ts';

type Verdicts = Partial<Record<Kpi, Verdict>>;
const linesOf = (verdicts: Verdicts) =>
  KPIS.map((kpi) => ({ kpi, verdict: verdicts[kpi] ?? ('met' as const) }));
/** What is asked where those are missed, and all bookings with a layer of them. */
const ask = (missed: readonly Kpi[], more: Verdicts = {}) =>
  topicsOf(
    linesOf({ ...Object.fromEntries(missed.map((kpi) => [kpi, 'missed' as const])), ...more }),
  );

const verdicts = fc.record(
  Object.fromEntries(
    KPIS.map((kpi) => [kpi, fc.constantFrom<Verdict>('met', 'short', 'missed', 'unknown')]),
  ),
) as fc.Arbitrary<Record<Kpi, Verdict>>;

describe('what is asked', () => {
  it.each<[string, Kpi[], Verdicts, Topic[]]>([
    ['nothing missed', [], {}, ['worked']],
    ['short by no more than chance', [], { calls: 'short', bookings: 'short' }, ['worked']],
    ['calls, and all that follows', ['calls', 'visits', 'demos'], {}, ['calls']],
    ['what follows over what is short too', ['calls', 'demos'], { visits: 'short' }, ['calls']],
    ['what holds in between parts them', ['calls', 'demos'], {}, ['calls', 'demos']],
    [
      'what isn’t known in between parts them',
      ['calls', 'demos'],
      { visits: 'unknown' },
      ['calls', 'demos'],
    ],
    ['leads before what follows from them', ['leads', 'visits', 'demos'], {}, ['leads']],
    ['calls are the rep’s own, whatever came in', ['leads', 'calls'], {}, ['leads', 'calls']],
    ['a rate before the count it brings', ['visitToDemo', 'demos'], {}, ['visitToDemo']],
    ['pipeline before bookings', ['coverage', 'newBusiness', 'bookings'], {}, ['coverage']],
    ['a layer before all of them', ['newBusiness', 'bookings'], {}, ['newBusiness']],
    ['all of them where no layer is', ['bookings'], {}, ['bookings']],
    ['no layer of bookings that are met', ['renewal', 'expansion', 'newBusiness'], {}, ['worked']],
    [
      'a layer of bookings that chance brought down',
      ['renewal'],
      { bookings: 'short' },
      ['renewal'],
    ],
    [
      'the first of each chain, where there are more than three',
      ['leads', 'calls', 'visitToDemo', 'renewal', 'expansion', 'bookings'],
      {},
      ['leads', 'renewal', 'expansion'],
    ],
    [
      'the furthest upstream of one chain',
      ['leads', 'calls', 'visitToDemo', 'demoToProposal'],
      {},
      ['leads', 'calls', 'visitToDemo'],
    ],
  ])('%s', (_, missed, more, topics) => {
    expect(ask(missed, more)).toEqual(topics);
  });

  it('is at least one thing and three at most, and nothing that holds', () => {
    fc.assert(
      fc.property(verdicts, (found) => {
        const topics = topicsOf(linesOf(found));
        expect(topics.length).toBeGreaterThan(0);
        expect(topics.length).toBeLessThanOrEqual(3);
        expect(new Set(topics).size).toBe(topics.length);
        if (topics.includes('worked')) expect(topics).toEqual(['worked']);
        for (const topic of topics) if (topic !== 'worked') expect(found[topic]).toBe('missed');
        if (found.bookings === 'met') {
          for (const layer of LAYERS) expect(topics).not.toContain(layer);
        }
      }),
    );
  });

  it('leaves out only what follows, what is context and what is beyond three', () => {
    fc.assert(
      fc.property(verdicts, (found) => {
        const topics = topicsOf(linesOf(found));
        const missed = KPIS.filter((kpi) => found[kpi] === 'missed');
        const isContext = found.bookings === 'met' && missed.every((kpi) => isLayer(kpi));
        if (topics.includes('worked')) expect(missed.length === 0 || isContext).toBe(true);
      }),
    );
  });

  it('whatever else is short may be explained, each once', () => {
    fc.assert(
      fc.property(verdicts, (found) => {
        const lines = linesOf(found);
        const topics = topicsOf(lines);
        const optional = optionalTopics(lines, topics);
        const short = KPIS.filter((kpi) => found[kpi] === 'short' || found[kpi] === 'missed');
        const all = [...topics.filter((topic) => topic !== 'worked'), ...optional];
        expect(new Set(all)).toEqual(new Set(short));
        expect(all).toHaveLength(short.length);
      }),
    );
  });

  it.each<[Verdicts, Kpi[]]>([
    [{ leads: 'missed', visits: 'missed', demos: 'short' }, ['visits', 'demos']],
    [{ leads: 'missed', visits: 'short' }, ['visits']],
    [{ leads: 'missed', demos: 'missed' }, []],
    [{ leads: 'short', visits: 'missed' }, []],
    [{ leads: 'missed', calls: 'missed', visits: 'missed' }, []],
  ])('of %o, %j follow from leads alone', (found, following) => {
    expect(followingLeads(linesOf(found))).toEqual(following);
  });
});

describe('an answer', () => {
  const why = { topic: 'calls' as const, causes: ['content'], words: 'Because.', proposal: null };
  it.each([
    ['a cause and words', why, true],
    ['no cause', { ...why, causes: [] }, false],
    ['no words', { ...why, words: null }, false],
    ['blank words', { ...why, words: ' \n' }, false],
    ['what worked, in words', { ...why, topic: 'worked' as const, causes: [] }, true],
    ['what worked, without', { ...why, topic: 'worked' as const, words: null }, false],
  ])('%s', (_, answer, given) => {
    expect(isGiven(answer)).toBe(given);
  });

  it('is the same whatever the order of its causes, and whether a text is empty or none', () => {
    const one = { causes: ['content', 'market'], words: 'a', proposal: null };
    expect(isSame(one, { causes: ['market', 'content'], words: 'a', proposal: '' })).toBe(true);
    expect(isSame(one, { ...one, causes: ['market'] })).toBe(false);
    expect(isSame(one, { ...one, words: 'b' })).toBe(false);
    expect(isSame(one, { ...one, proposal: 'b' })).toBe(false);
    expect(isSame(null, one)).toBe(false);
  });
});

it('a month takes two minutes at most', () => {
  expect([1, 2, 3].map(minutesFor)).toEqual([1, 2, 2]);
});

describe('the form', () => {
  const asked = (topics: readonly Topic[], must = true) => ({
    locale: 'en',
    currency: 'XXX',
    digits: 0,
    asked: topics.map((topic) => ({ topic, must, base: '' })),
  });
  const problemsOf = (read: () => unknown) => {
    try {
      read();
      return [];
    } catch (error) {
      if (!(error instanceof FieldProblems)) throw error;
      return error.problems;
    }
  };
  const of = (topic: Topic, { causes, words, proposal = null }: Record<string, Raw>) => ({
    [`${topic}.causes`]: causes ?? null,
    [`${topic}.words`]: words ?? null,
    [`${topic}.proposal`]: proposal,
  });
  const why = { causes: ['content'], words: ' Because. ' };

  it('says what is missing at the field where it is', () => {
    const empty = of('calls', { causes: [], words: '  ' });
    expect(problemsOf(() => prepForm.read(empty, asked(['calls'])))).toEqual([
      { path: 'calls.causes', problem: 'Pick at least one: several may apply.' },
      { path: 'calls.words', problem: 'Please fill this in.' },
    ]);
    const worked = of('worked', { words: null, proposal: 'x' });
    expect(problemsOf(() => prepForm.read(worked, asked(['worked'])))).toEqual([
      { path: 'worked.words', problem: 'Please fill this in.' },
    ]);
  });

  it.each<[string, Record<string, Raw>, string[]]>([
    ['nothing', { causes: [] }, []],
    ['a whole answer', why, []],
    ['a cause alone', { causes: ['content'] }, ['demos.words']],
    ['words alone', { causes: [], words: 'Because.' }, ['demos.causes']],
    ['a way back alone', { causes: [], proposal: 'Two more.' }, ['demos.words']],
  ])('of what nobody asks about takes %s', (_, entry, paths) => {
    const problems = problemsOf(() => prepForm.read(of('demos', entry), asked(['demos'], false)));
    expect(problems.map(({ path }) => path)).toEqual(paths);
  });

  it('takes every cause at once and a thousand characters each, and no more', () => {
    const words = 'a'.repeat(1_000);
    const most = { ...of('calls', { causes: [...CAUSES], words, proposal: words }), note: words };
    expect(problemsOf(() => prepForm.read(most, asked(['calls'])))).toEqual([]);
    for (const wrong of [
      { 'calls.words': `${words}a` },
      { 'calls.proposal': `${words}a` },
      { note: `${words}a` },
      { 'calls.words': 'a\0' },
      { 'calls.causes': ['laziness'] },
    ]) {
      const problems = problemsOf(() => prepForm.read({ ...most, ...wrong }, asked(['calls'])));
      expect(problems, JSON.stringify(wrong).slice(0, 60)).toHaveLength(1);
    }
  });

  it('comes to what is answered, what stays with the rep, and whether they are named', () => {
    const raw = { ...of('calls', why), ...of('demos', { causes: [] }), note: ' For me. ' };
    const style = asked(['calls', 'demos'], false);
    expect(prepForm.read({ ...raw, named: ['yes'] }, style)).toEqual({
      answers: [{ topic: 'calls', causes: ['content'], words: 'Because.', proposal: null }],
      note: 'For me.',
      named: true,
    });
    expect(prepForm.read({ ...of('calls', why) }, asked(['calls']))).toMatchObject({
      note: null,
      named: false,
    });
  });
});
