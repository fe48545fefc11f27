/** What a rep is asked, what of it stays with them, and when an answer is one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAUSES } from '../../../src/activity/schemas.ts';
import { FieldProblems } from '../../../src/input/problem.ts';
import { whyForm, workedForm } from '../../../src/review/prep/answer-view.ts';
import {
  alike,
  isGiven,
  isSame,
  minutesFor,
  nextTopic,
  questionsOf,
} from '../../../src/review/prep/rules.ts';
import { KPIS, type Kpi, type Scorecard, TOPICS, type Topic } from '../../../src/review/schemas.ts';
import type { RawFields } from '../../../src/slack/fields.ts';
import { runs } from '../../support/property-runs.ts';

const cardOf = (missed: readonly Kpi[]) =>
  ({
    lines: KPIS.map((kpi) => ({
      kpi,
      actual: 1,
      target: 2,
      verdict: missed.includes(kpi) ? 'missed' : 'met',
      tries: null,
    })),
  }) as unknown as Scorecard;
const ask = (plan: readonly Kpi[], quota: readonly Kpi[]) =>
  questionsOf({ plan: cardOf(plan), quota: cardOf(quota) });

const kpis = fc.uniqueArray(fc.constantFrom(...KPIS));

describe('what is asked', () => {
  it.each<[string, Kpi[], Kpi[], Topic[], Topic[]]>([
    ['nothing missed', [], [], ['worked'], []],
    ['missed against both', ['calls', 'renewal'], ['renewal', 'calls'], ['renewal', 'calls'], []],
    ['missed against the own target alone', ['calls'], [], ['calls', 'worked'], ['calls']],
    ['missed at quota alone', [], ['demos'], ['demos'], []],
    ['some of each', ['calls', 'coverage'], ['coverage'], ['coverage', 'calls'], ['calls']],
  ])('%s', (_, plan, quota, topics, own) => {
    expect(ask(plan, quota)).toEqual({ topics, own: new Set(own) });
  });

  it('always asks something, and what others read follows from quota alone', () => {
    fc.assert(
      fc.property(kpis, kpis, kpis, (plan, other, quota) => {
        const shared = ({ topics, own }: ReturnType<typeof ask>) =>
          topics.filter((topic) => !own.has(topic));
        const found = ask(plan, quota);
        expect(found.topics.length).toBeGreaterThan(0);
        expect(shared(found)).toEqual(shared(ask(other, quota)));
        expect(shared(found).length).toBeGreaterThan(0);
        expect(new Set(found.topics).size).toBe(found.topics.length);
      }),
    );
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

  it('one answer is never taken for one that others read where it stays with the rep', () => {
    fc.assert(
      fc.property(kpis, kpis, fc.uniqueArray(fc.constantFrom(...TOPICS)), (plan, quota, said) => {
        const questions = ask(plan, quota);
        for (const topic of questions.topics) {
          for (const other of alike(topic, questions, new Set(said))) {
            expect(other).not.toBe(topic);
            expect(other).not.toBe('worked');
            expect(said).not.toContain(other);
            expect(questions.topics).toContain(other);
            if (questions.own.has(topic)) expect(questions.own.has(other)).toBe(true);
          }
        }
      }),
      { numRuns: runs(40) },
    );
    expect(alike('calls', ask(['calls', 'demos'], ['calls', 'demos']), new Set())).toEqual([
      'demos',
    ]);
    expect(alike('worked', ask(['calls'], []), new Set())).toEqual([]);
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
