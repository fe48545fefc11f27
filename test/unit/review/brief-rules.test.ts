import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilson, Z_95 } from '../../../src/activity/pace/chance-rules.ts';
import { readEngagement } from '../../../src/review/brief/read-engagement.ts';
import {
  causesForChannel,
  type RepSpan,
  sumOfSeveral,
  weakestStage,
} from '../../../src/review/brief/rules.ts';

const funnel = { visitToDemo: 0.6, demoToProposal: 0.7, proposalToContract: 0.6 };
const rep = (
  visits: number,
  demos: number,
  proposals = Math.round(demos * 0.7),
  contracts = Math.round(proposals * 0.6),
): RepSpan => ({
  counts: { calls: 0, visits, demos, proposals, contracts },
  funnel,
});
const high = (hits: number, tries: number) => wilson(hits, tries, Z_95).high;
const weakest = (reps: RepSpan[], before: RepSpan[] = []) => weakestStage(reps, before, high);

describe('the weakest stage of everybody together', () => {
  it('is furthest under plan, beyond chance, with what it was before', () => {
    const now = [rep(30, 20, 8), rep(30, 18, 8), rep(30, 19, 7)];
    const before = [rep(30, 20, 14), rep(30, 20, 14), rep(30, 20, 14)];
    expect(weakest(now, before)).toMatchObject({ stage: 'demoToProposal', tries: 57, before: 0.7 });
  });

  it.each<[string, RepSpan[]]>([
    ['two people', [rep(40, 5), rep(40, 5)]],
    ['few tries', [rep(5, 0), rep(5, 0), rep(5, 0)]],
    ['one is most of it', [rep(90, 5), rep(3, 3), rep(3, 3)]],
    ['within chance', [rep(10, 5), rep(10, 6), rep(10, 5)]],
    ['on plan', [rep(30, 19), rep(30, 19), rep(30, 19)]],
  ])('is not said: %s', (_why, reps) => expect(weakest(reps)).toBeNull());

  it('tells nothing of anybody: who they are makes no difference', () => {
    const some = fc.array(
      fc.tuple(fc.nat(60), fc.nat(40), fc.nat(30)).map(([v, d, p]) => rep(v, d, p)),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(some, (reps) => {
        const said = weakest(reps);
        const turned = weakest([...reps].reverse());
        expect([turned?.stage, turned?.tries]).toEqual([said?.stage, said?.tries]);
        if (said === null) return;
        const trying = reps.filter(({ counts }) =>
          said.stage === 'visitToDemo'
            ? counts.visits > 0
            : said.stage === 'demoToProposal'
              ? counts.demos > 0
              : counts.proposals > 0,
        );
        expect(trying.length).toBeGreaterThanOrEqual(3);
        expect(said.rate).toBeLessThan(said.planned);
      }),
    );
  });
});

it.each([
  [[3, 2, 1], 6],
  [[5, 4, 0], null],
  [[9], null],
  [[], null],
])('prospects of %j: %s', (counts, sum) => expect(sumOfSeveral(counts)).toBe(sum));

describe('causes in a channel', () => {
  it.each([
    ['two answered', 2, 2, []],
    ['one named it', 1, 8, []],
    ['some did', 3, 8, [{ cause: 'content', reps: 3 }]],
    ['all did', 8, 8, [{ cause: 'content', reps: null }]],
    ['all but one did', 7, 8, [{ cause: 'content', reps: null }]],
  ])('%s', (_what, reps, answered, told) => {
    expect(causesForChannel([{ cause: 'content', reps }], answered)).toEqual(told);
  });
});

describe('engagement, pasted', () => {
  const read = (text: string) => {
    const result = readEngagement().safeParse(text);
    return result.success ? result.data : result.error.issues[0]?.message;
  };
  it('reads a line a week, with or without headings, a day as its Monday, an empty cell as not said', () => {
    expect(read('week, attended, opened\n2027-03-03; 42;;88\n\n2027-03-08\t1\t2\t3\t4')).toEqual([
      {
        week: '2027-03-01',
        counts: { attendance: 42, opens: null, contentRead: 88, earnedMedia: null },
      },
      { week: '2027-03-08', counts: { attendance: 1, opens: 2, contentRead: 3, earnedMedia: 4 } },
    ]);
    expect(read('')).toEqual([]);
  });
  it.each([
    ['3 March, 42', 'Line 1: begin'],
    ['2027-03-01, many', 'Line 1: up to four'],
    ['2027-03-01, -1', 'Line 1: up to four'],
    ['2027-03-01, 1, 2, 3, 4, 5', 'Line 1: up to four'],
    ['2027-03-01, 1.5', 'Line 1: up to four'],
  ])('%s is refused', (text, problem) => expect(read(text)).toContain(problem));
});
