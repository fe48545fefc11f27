/** What a rep is asked, what they may explain beside, and when an answer is one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAUSES } from '../../../src/activity/schemas.ts';
import { FieldProblems } from '../../../src/input/problem.ts';
import { LAYERS } from '../../../src/plan/schemas.ts';
import { whyForm, workedForm } from '../../../src/review/prep/answer-view.ts';
import { alike, isGiven, isSame, minutesFor, nextTopic } from '../../../src/review/prep/rules.ts';
import { KPIS, type Kpi, TOPICS, type Topic, type Verdict } from '../../../src/review/schemas.ts';
import {
  followingLeads,
  optionalTopics,
  topicsOf,
} from '../../../src/review/scorecard/question-rules.ts';
import { isLayer } from '../../../src/review/words-view.ts';
import type { RawFields } from '../../../src/slack/fields.ts';
import { runs } from '../../support/property-runs.ts';

type Verdicts = Partial<Record<Kpi, Verdict>>;
const linesOf = (verdicts: Verdicts) =>
  KPIS.map((kpi) => ({ kpi, verdict: verdicts[kpi] ?? ('met' as const) }));
/** What is asked where those are missed, and all bookings with a layer of them. */
const ask = (missed: readonly Kpi[], more: Verdicts = {}) =>
  topicsOf(
    linesOf({ ...Object.fromEntries(missed.map((kpi) => [kpi, 'missed' as const])), ...more }),
  );
const asked = (topics: readonly Topic[], optional: readonly Kpi[] = []) => ({ topics, optional });

const kpis = fc.uniqueArray(fc.constantFrom(...KPIS));
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

describe('what comes next', () => {
  const topics: Topic[] = ['renewal', 'calls', 'demos'];
  it.each<[Topic[], Topic | null, Topic | null]>([
    [[], null, 'renewal'],
    [['renewal'], 'renewal', 'calls'],
    [['renewal', 'demos'], 'demos', 'calls'],
    [['demos'], 'demos', 'renewal'],
    [['renewal', 'calls', 'demos'], 'calls', null],
  ])('given %j, after %s: %s', (given, after, next) => {
    expect(nextTopic(topics, new Set(given), after)).toBe(next);
  });

  it('going on with what comes next answers everything, each once', () => {
    fc.assert(
      fc.property(kpis, fc.nat(12), (asked, start) => {
        const given = new Set<Topic>();
        let topic: Topic | null = asked.length === 0 ? null : (asked[start % asked.length] ?? null);
        while (topic !== null) {
          expect(given.has(topic)).toBe(false);
          given.add(topic);
          topic = nextTopic(asked, given, topic);
        }
        expect(given.size).toBe(asked.length);
      }),
    );
  });

  it('one answer is taken for what nobody said anything of, asked about or not', () => {
    fc.assert(
      fc.property(kpis, kpis, fc.uniqueArray(fc.constantFrom(...TOPICS)), (topics, more, said) => {
        const questions = asked(
          topics,
          more.filter((kpi) => !topics.includes(kpi)),
        );
        for (const topic of topics) {
          for (const other of alike(topic, questions, new Set(said))) {
            expect(other).not.toBe(topic);
            expect(said).not.toContain(other);
            expect([...topics, ...more]).toContain(other);
          }
        }
      }),
      { numRuns: runs(40) },
    );
    expect(alike('calls', asked(['calls'], ['demos']), new Set())).toEqual(['demos']);
    expect(alike('worked', asked(['worked'], ['demos']), new Set())).toEqual([]);
  });

  it.each([
    [1, 2],
    [2, 3],
    [13, 20],
  ])('%d answers take about %d minutes', (count, minutes) => {
    expect(minutesFor(count)).toBe(minutes);
  });
});

describe('the forms', () => {
  const style = { locale: 'en', currency: 'XXX', digits: 0 };
  const problemsOf = (read: () => unknown) => {
    try {
      read();
      return [];
    } catch (error) {
      if (!(error instanceof FieldProblems)) throw error;
      return error.problems;
    }
  };
  const why: RawFields = { causes: ['content'], words: ' Because. ', proposal: null, same: [] };

  it('say what is missing at the field where it is', () => {
    const empty = { ...why, causes: [], words: '  ' };
    expect(problemsOf(() => whyForm.read(empty, style))).toEqual([
      { path: 'causes', problem: 'Pick at least one: several may apply.' },
      { path: 'words', problem: 'Please fill this in.' },
    ]);
    const worked = { words: null, proposal: 'x' };
    expect(problemsOf(() => workedForm.read(worked, style))).toEqual([
      { path: 'words', problem: 'Please fill this in.' },
    ]);
  });

  it('take every cause at once and a thousand characters, and no more', () => {
    const most = { ...why, causes: [...CAUSES], words: 'a'.repeat(1_000), same: [...KPIS] };
    expect(problemsOf(() => whyForm.read(most, style))).toEqual([]);
    for (const wrong of [
      { ...most, words: 'a'.repeat(1_001) },
      { ...most, proposal: 'a'.repeat(1_001) },
      { ...most, words: 'a\0' },
      { ...most, causes: ['laziness'] },
      { ...most, same: ['income'] },
    ]) {
      const problems = problemsOf(() => whyForm.read(wrong, style));
      expect(problems, JSON.stringify(wrong).slice(0, 60)).toHaveLength(1);
    }
    const { same: _, ...unasked } = why;
    expect(whyForm.read(unasked, style)).toEqual({ ...why, words: 'Because.' });
  });
});
