import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CountedDay } from '../../../src/activity/pace/pace-rules.ts';
import { type Stage, stageSpan } from '../../../src/activity/pace/stage-rate-rules.ts';
import {
  readEngagement,
  readMentions,
  withPasted,
  writeMentions,
} from '../../../src/review/brief/read-engagement.ts';
import {
  causesForChannel,
  type RepStages,
  sumOfSeveral,
  weakestStage,
} from '../../../src/review/brief/rules.ts';
import { datesBetween } from '../../../src/time/local-date.ts';
import { localDateIn } from '../../../src/time/zone.ts';

const PLAN = { callToVisit: 0.05, visitToDemo: 0.6, demoToProposal: 0.7, proposalToContract: 0.6 };
const span = (stage: Stage, n: number, k: number, weight = 1) => ({
  n,
  k,
  weight,
  plan: PLAN[stage],
});
const rep = (visits: number, demos: number, proposals = Math.round(demos * 0.7)): RepStages => ({
  callToVisit: null,
  visitToDemo: span('visitToDemo', visits, demos),
  demoToProposal: span('demoToProposal', demos, proposals),
  proposalToContract: span('proposalToContract', proposals, Math.round(proposals * 0.6)),
});
const weakest = (reps: RepStages[], before: RepStages[] = []) => weakestStage(reps, before);

describe('the weakest stage of everybody together', () => {
  it('is furthest under plan, beyond chance, with what it was before', () => {
    const now = [rep(30, 20, 8), rep(30, 18, 8), rep(30, 19, 7)];
    const before = [rep(30, 20, 14), rep(30, 20, 14), rep(30, 20, 14)];
    expect(weakest(now, before)).toMatchObject({ stage: 'demoToProposal', tries: 57, before: 0.7 });
  });

  it('is call → visit too, of those of whom it is known', () => {
    const calling = (n: number, k: number) => ({
      ...rep(30, 18),
      callToVisit: span('callToVisit', n, k),
    });
    const few = [calling(500, 10), calling(480, 12), calling(510, 11)];
    expect(weakest([...few, rep(30, 18)])).toMatchObject({ stage: 'callToVisit', tries: 1490 });
    expect(weakest([...few.slice(0, 2), rep(30, 18), rep(30, 18)]), 'two of four').toBeNull();
  });

  it('by the reps’ own noise: the same counts may be chance where they vary much', () => {
    const noisy = (weight: number) => ({
      ...rep(0, 0, 0),
      demoToProposal: span('demoToProposal', 20, 11, weight),
    });
    expect(weakest([1, 1, 1].map(noisy))?.stage).toBe('demoToProposal');
    expect(weakest([0.4, 0.4, 0.4].map(noisy))).toBeNull();
  });

  it.each<[string, RepStages[]]>([
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
        const trying = reps.filter((one) => (one[said.stage]?.n ?? 0) > 0);
        expect(trying.length).toBeGreaterThanOrEqual(3);
        expect(said.rate).toBeLessThan(said.planned);
      }),
    );
  });
});

describe('what a rep’s own days give to it', () => {
  const dates = datesBetween('2027-01-04', '2027-03-14').filter((_, day) => day % 7 < 5);
  const planned = { calls: 20, visits: 2, demos: 1, proposals: 1, contracts: 0 };
  const days = (logged: (at: number) => boolean = () => true): CountedDay[] =>
    dates.map((date, at) => ({
      date,
      planned,
      done: { ...planned, visits: 1 },
      logged: logged(at),
    }));
  const terms = {
    funnel: { ...PLAN, callToVisit: 0.1 },
    salesCycleDays: 30,
    sdrShare: 0,
    visitsPerLead: 0.5,
  };
  const leads = dates.map((date) => ({
    date,
    promised: { inbound: 1, outbound: 0 },
    received: { inbound: 1, outbound: 0 },
  }));

  it('tries and what came of them, with the plan of those days', () => {
    expect(stageSpan(days(), 'callToVisit', terms, [], 30)).toMatchObject({
      n: 600,
      k: 30,
      plan: 0.1,
    });
  });

  it('what leads brought is taken out, and where those matter and aren’t known it isn’t said', () => {
    const much = { ...terms, sdrShare: 0.5 };
    expect(stageSpan(days(), 'callToVisit', much, leads, 30)).toMatchObject({ n: 600, k: 15 });
    expect(stageSpan(days(), 'callToVisit', much, null, 30)).toBeNull();
    expect(stageSpan(days(), 'visitToDemo', much, null, 30)).not.toBeNull();
  });

  it('not of a few days, nor where most of them aren’t logged', () => {
    expect(stageSpan(days().slice(0, 12), 'callToVisit', terms, [], 12)).toBeNull();
    expect(
      stageSpan(
        days((at) => at % 2 === 0),
        'callToVisit',
        terms,
        [],
        30,
      ),
    ).toBeNull();
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

describe('engagement as it is pasted', () => {
  const style = {
    locale: 'en-US',
    currency: 'USD',
    digits: 2,
    dateAt: (at: Date) => localDateIn('America/New_York', at),
  };
  const read = (text: string) => {
    const result = readEngagement(style).safeParse(text);
    return result.success ? result.data : result.error.issues[0]?.message;
  };
  const NOTHING = { attendance: null, opens: null, contentRead: null, earnedMedia: null };

  it('a line a week, a day as its Monday, an empty cell as not said', () => {
    expect(read('2027-03-03; 42;;88\n\n2027-03-08\t1\t2\t3\t4')).toEqual([
      { week: '2027-03-01', counts: { ...NOTHING, attendance: 42, contentRead: 88 }, mentions: [] },
      {
        week: '2027-03-08',
        counts: { attendance: 1, opens: 2, contentRead: 3, earnedMedia: 4 },
        mentions: [],
      },
    ]);
    expect(read('')).toEqual([]);
  });

  it('columns by their headings, dates with times, and the events of one week together', () => {
    const webinars =
      'Webinar,Start Time,Total Attendees\n"Plan, not hope","Mar 2, 2027 10:00 AM",20\nQ&A,2027-03-04 15:00,"1,022"';
    expect(read(webinars)).toEqual([
      { week: '2027-03-01', counts: { ...NOTHING, attendance: 1042 }, mentions: [] },
    ]);
    expect(read('Date,Opens\n2027-03-08T02:00:00Z,5'), 'Sunday night where they are').toMatchObject(
      [{ week: '2027-03-01' }],
    );
  });

  it('what earned media was, counted and each once', () => {
    const clips =
      'Published,Outlet,Headline,URL\n2027-03-02,Times,Planning beats hope,https://t.example/1\n2027-03-02,Times,Planning beats hope,https://t.example/1\n2027-03-03,,,https://u.example/2';
    expect(read(clips)).toEqual([
      {
        week: '2027-03-01',
        counts: { ...NOTHING, earnedMedia: 2 },
        mentions: [
          { title: 'Times: Planning beats hope', link: 'https://t.example/1' },
          { title: 'u.example', link: 'https://u.example/2' },
        ],
      },
    ]);
  });

  it.each([
    ['March, 42', 'Line 1: Date “March”'],
    ['2027-03-01, many', 'Line 1:'],
    ['2027-03-01, 1\n2027-03-08, -1', 'Line 2: Attended “-1”'],
    ['2027-03-01, 1.5', 'whole number'],
    ['Week, Opens\n2027-03-01, 4\nsoon, 3', 'Line 3: Date “soon”'],
    ['a\nb\nc\nd\ne', 'And 2 more lines.'],
  ])('%s is refused', (text, problem) => expect(read(text)).toContain(problem));

  it('what is pasted of a week leaves what it doesn’t say', () => {
    const known = {
      week: '2027-03-01',
      counts: { ...NOTHING, attendance: 7, earnedMedia: 1 },
      mentions: [{ title: 'One', link: null }],
    };
    const pasted = {
      week: '2027-03-01',
      counts: { ...NOTHING, opens: 3 },
      mentions: [{ title: 'Two', link: null }],
    };
    expect(withPasted(known, pasted)).toEqual({
      week: '2027-03-01',
      counts: { attendance: 7, opens: 3, contentRead: null, earnedMedia: 2 },
      mentions: [...known.mentions, ...pasted.mentions],
    });
  });
});

it('earned media is a line each, with its link at the end, and written as it was', () => {
  const text =
    'Times: Planning, beats hope https://t.example/1?a=b\nRadio Eins\nhttps://u.example/2';
  const mentions = readMentions().parse(text);
  expect(mentions).toEqual([
    { title: 'Times: Planning, beats hope', link: 'https://t.example/1?a=b' },
    { title: 'Radio Eins', link: null },
    { title: 'u.example', link: 'https://u.example/2' },
  ]);
  expect(readMentions().parse(writeMentions(mentions))).toEqual(mentions);
  expect(readMentions().safeParse('x'.repeat(300)).success).toBe(false);
});
