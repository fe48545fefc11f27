/** A new hire's first weeks: what each is for, who confirms it, and the looks back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onboardingsOf } from '../../src/coaching/onboarding/onboardings.ts';
import { owedLooks } from '../../src/coaching/onboarding/rules.ts';
import { everyDayDraft, LATE_REVIEWS, mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, inside, startDayApp } from '../support/day-app.ts';
import { shown, type TestPair, title } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

let app: DayApp;
let pair: TestPair;

beforeAll(async () => {
  app = await startDayApp();
  app.clock.moveTo(new Date('2027-02-26T22:00:00Z'));
  const { compensation } = everyDayDraft();
  if (!compensation) throw new Error('there is no comp plan');
  // Half of the quota up to the end of March.
  const ramp = Array.from({ length: 12 }, (_, at) => (at < 3 ? 0.5 : 1));
  const first = { ...compensation.first, ramp };
  pair = await mintAgreed(app, { ...LATE_REVIEWS, compensation: { ...compensation, first } });
  const quiet = { callBlocks: false, syncs: false, paceNotes: false, reminder: false };
  await app.db.nudgeSettings.create({ data: { workspaceId: TEAM, personId: pair.rep, ...quiet } });
  await app.slack.command('/bigplan', 'team', { user: pair.manager });
  await click(pair.manager, 'plan_dues');
  await click(pair.manager, 'plan_joined', pair.rep);
  await app.slack.submit(pair.manager, { joinedOn: '2027-03-01' });
});
afterAll(() => app.stop());

const click = (user: string, actionId: string, value?: string) =>
  app.slack.action({ user, actionId, ...(value !== undefined && { value }) });
const now = async () => {
  const found = await onboardingsOf(app.bigplan.context, TEAM, [pair.rep, pair.manager]);
  const one = found.get(pair.rep);
  if (!one) throw new Error('nobody is new');
  return one;
};

describe('the first weeks', () => {
  it('begin with a template, and the manager says what a week is for', async () => {
    await click(pair.manager, 'onboarding_open', pair.rep);
    expect(title(app.slack, pair.manager)).toBe('First weeks');
    const page = shown(app.slack, pair.manager);
    expect(page).toContain('*Quota* $41.7k in February, $83.3k from April');
    expect(page).toMatch(
      /\*Activity\* \d+ calls, .* a week in February; \d+ calls, .* once ramped up/,
    );
    expect(page, 'nothing of an income').not.toContain('$250');
    expect(page).toContain('*Week 1* · Mar 1 – Mar 7 · Shadowing');
    expect(page).toContain('*Week 12* · May 17 – May 23 · Own calls');
    await click(pair.manager, 'onboarding_week', `${pair.rep}:2`);
    await app.slack.submit(pair.manager, { kind: 'joint_calls', words: 'Two a day with Priya.' });
    expect(shown(app.slack, pair.manager)).toContain('Joint calls\\nTwo a day with Priya.');
    expect((await now()).weeks[1]).toMatchObject({ kind: 'joint_calls', week: 2 });
    const stored = await app.db.onboardingWeek.findFirstOrThrow();
    expect(stored.words).not.toContain('Priya');
  });

  it('are asked about in the week’s first check-in, not in a message of their own', async () => {
    await app.to('2027-03-01', '17:00');
    const monday = () => app.find(pair.rep, /how did it go/);
    expect(inside(monday())).toContain('Week 1: shadowing.* What is it about?');
    await app.press(pair.rep, 'onboarding_week', { message: monday() });
    expect(shown(app.slack, pair.rep)).not.toContain('What is it for?');
    await app.slack.submit(pair.rep, { words: 'Listening in with Max.' });
    await app.bigplan.settled();
    expect(inside(monday())).toContain('Week 1: shadowing.* Listening in with Max.');
    await app.to('2027-03-02', '17:00');
    expect(inside(app.find(pair.rep, /how did it go/))).not.toContain('Week 1');
  });

  it('read as they were said last, also where the question came days before', async () => {
    await app.slack.command('/bigplan', 'team', { user: pair.manager });
    await click(pair.manager, 'plan_dues');
    await click(pair.manager, 'onboarding_open', pair.rep);
    await click(pair.manager, 'onboarding_week', `${pair.rep}:1`);
    await app.slack.submit(pair.manager, { kind: 'shadowing', words: 'Who decides, and when.' });
    await app.bigplan.settled();
    const asked = app.slack.dm(pair.rep).filter((one) => inside(one).includes('Week 1:'));
    expect(asked.map(inside)).toEqual([
      expect.stringContaining('Week 1: shadowing.* Who decides, and when.'),
    ]);
  });

  it('are confirmed by whoever can say: what was seen by the rep, calls by the manager', async () => {
    // Nobody is asked for weeks in vain.
    const settings = { where: { personId: pair.rep }, data: { checkIns: false } };
    await app.db.nudgeSettings.updateMany(settings);
    await app.to('2027-03-09', '12:00');
    const { weeks } = await now();
    expect(weeks.map(({ confirmedAt }) => confirmedAt)).toEqual(weeks.map(() => null));
    await app.slack.command('/bigplan', 'team', { user: pair.manager });
    await click(pair.manager, 'plan_dues');
    await click(pair.manager, 'onboarding_open', pair.rep);
    await click(pair.manager, 'onboarding_confirm', `${pair.rep}:2`);
    expect((await now()).weeks[1]).toMatchObject({ confirmedBy: pair.manager });
    await click(pair.manager, 'onboarding_reopen', `${pair.rep}:2`);
    expect((await now()).weeks[1]).toMatchObject({ confirmedBy: null });
  });

  it('are looked back on after 30 days: both hear once, and what was held is no longer owed', async () => {
    await app.to('2027-03-31', '09:30');
    expect(owedLooks(await now()).map(({ day }) => day)).toEqual([30]);
    const looks = (user: string) => app.texts(user).filter((text) => /^Day 30/.test(text));
    expect(looks(pair.rep)).toEqual(['Day 30: time to look back with your manager.']);
    expect(looks(pair.manager)).toEqual(['Day 30: time to look back with Dana 1.']);
    // What the manager reads of quota and activity the rep reads as well.
    const figures = (user: string) =>
      inside(app.find(user, /^Day 30/)).match(/\*Quota\*.*?ramped up/);
    expect(figures(pair.manager)?.[0]).toContain('$41.7k in March, $83.3k from April');
    expect(figures(pair.rep)?.[0]).toBe(figures(pair.manager)?.[0]);
    await app.press(pair.manager, 'onboarding_look', {
      message: app.find(pair.manager, /^Day 30/),
    });
    await app.bigplan.settled();
    expect(looks(pair.rep)).toEqual(['Day 30: looked back.']);
    expect(owedLooks(await now())).toEqual([]);
  });
});
