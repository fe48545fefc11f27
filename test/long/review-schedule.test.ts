/** When a pair meets: seen by both, moved, skipped and held after all, and told to the other one. */
import type { KnownBlock } from '@slack/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAbsence } from '../../src/activity/store.ts';
import { cancelAbsence, enterAbsence } from '../../src/activity/time-off/absence.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { ensureTeam, setChannel } from '../../src/people/store.ts';
import { addVersion, findVersion, moveTo } from '../../src/plan/store.ts';
import { REVIEW_DELIVERY, reviewOrder } from '../../src/review/deliveries.ts';
import { holdReview, moveReview, skipReview } from '../../src/review/schedule/move-review.ts';
import { reviewPlan } from '../../src/review/scorecard/review-plan.ts';
import {
  answersOf,
  findReview,
  type Review,
  reviewsOf,
  saveReview,
} from '../../src/review/store.ts';
import { WHOLE_DAY } from '../../src/time/part-of-day.ts';
import { mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, forged, inside, startDayApp } from '../support/day-app.ts';
import { initial, joinTeam, mintPerson, shown, type TestPair, title } from '../support/plan-app.ts';
import type { Person } from '../support/slack.ts';
import { TEAM } from '../support/slack.ts';

const MONTH = '2027-02';
const BERLIN = { tz: 'Europe/Berlin', locale: 'en-GB' };

let app: DayApp;
beforeAll(async () => {
  app = await startDayApp();
  await app.to('2027-02-24', '12:00');
});
afterAll(() => app.stop());

const store = () => app.bigplan.context;
const idOf = (userId: string) => ({ workspaceId: TEAM, userId });
const keyOf = (repId: string) => ({ workspaceId: TEAM, repId });
const fieldError = (body: unknown, field: string) =>
  (body as { errors?: Record<string, string> })?.errors?.[`${field}:0`];

/** A pair with a plan from January on, agreed now; the rep hears of their 1:1s alone. */
async function mint(facts: { rep?: Partial<Person>; manager?: Partial<Person> } = {}) {
  const pair = await mintAgreed(app, {}, facts);
  const quiet = { checkIns: false, callBlocks: false, paceNotes: false };
  await app.db.nudgeSettings.create({ data: { workspaceId: TEAM, personId: pair.rep, ...quiet } });
  return pair;
}

/** As often as people try: on a busy machine Slack may close the door before a form is ready. */
async function open(user: string, words = 'review'): Promise<void> {
  for (let tries = 0; tries < 3; tries++) {
    const before = app.slack.responses.length;
    await app.slack.command('/bigplan', words, { user });
    const told = app.slack.responses.slice(before).map(({ text }) => text);
    if (!told.some((text) => text.includes('closed the door'))) return;
  }
}

async function reviewIn(rep: string, month = MONTH): Promise<Review> {
  const plan = await app.db.plan.findFirstOrThrow({ where: { repId: rep } });
  const found = (await reviewsOf(store(), plan.id)).get(month);
  if (!found) throw new Error(`${rep} has no review of ${month}`);
  return found;
}

async function openMove({ rep }: TestPair, user: string, month = MONTH): Promise<void> {
  await open(user, user === rep ? 'review' : `review <@${rep}>`);
  const value = `${rep}:${month}`;
  const isSoon = shown(app.slack, user).includes(`"value":"${value}"`);
  if (isSoon) await app.slack.action({ user, actionId: 'review_move_month', value });
  else await app.slack.action({ user, actionId: 'review_month_menu', value: `move:${value}` });
}

async function openSkip({ rep }: TestPair, user: string, month = MONTH): Promise<void> {
  await open(user, user === rep ? 'review' : `review <@${rep}>`);
  const value = `${rep}:${month}`;
  const isSoon = shown(app.slack, user).includes(`"value":"${value}"`);
  if (isSoon) await app.slack.action({ user, actionId: 'review_skip_month', value });
  else await app.slack.action({ user, actionId: 'review_month_menu', value: `skip:${value}` });
}

/** The blocks of the modal in front, each as a text. */
function rows(user: string): string[] {
  const blocks = (app.slack.modal(user)?.blocks ?? []) as KnownBlock[];
  return blocks.map((block) => JSON.stringify(block));
}
const row = (user: string, month: string) =>
  rows(user).find((text) => text.includes(`*${month}`)) ?? '';

describe('what both see', () => {
  let pair: TestPair;
  beforeAll(async () => {
    pair = await mint({ manager: BERLIN });
  });

  it('the rep sees each month with its milestone, on the clocks of both', async () => {
    await open(pair.rep);
    expect(title(app.slack, pair.rep)).toBe('Monthly 1:1s');
    const february = row(pair.rep, 'February');
    expect(february).toContain(
      `*February* · Tue, Mar 2, 10:00 AM (4:00 PM for <@${pair.manager}>)`,
    );
    expect(february).toContain('I’ll ask for your view on Thu, Feb 25');
    expect(row(pair.rep, 'March and Q1')).toContain('Tue, Apr 6, 10:00 AM');
    expect(row(pair.rep, 'December, Q4 and the period')).toContain('Tue, Jan 4, 10:00 AM');
    expect(row(pair.rep, 'December')).toContain('Milestone 1.0M');
    expect(shown(app.slack, pair.rep), 'agreed in February').not.toContain('*January');
  });

  it('the manager sees the same on theirs, measured at quota alone', async () => {
    await open(pair.manager);
    expect(row(pair.manager, 'February')).toContain(
      `*February* · Tue 2 Mar, 16:00 (10:00 for <@${pair.rep}>)`,
    );
    expect(row(pair.manager, 'December')).toContain('Milestone 1.0m');
    const all = shown(app.slack, pair.manager);
    expect(all).toContain('at quota');
    expect(all).not.toMatch(/1\.33|in your plan|missed|✗/);
  });

  it('somebody who has both picks; a manager of several is asked whose', async () => {
    await mintPerson(app, 'U0SECOND', { name: 'Second' });
    await joinTeam(app, 'U0SECOND', pair.rep);
    await open(pair.rep);
    expect(shown(app.slack, pair.rep)).toContain('"text":"Mine"');
    expect(row(pair.rep, 'February')).not.toBe('');
    const pick = { user: pair.rep, actionId: 'review_pick_rep' };
    await app.slack.action({ ...pick, enter: 'U0SECOND' });
    expect(shown(app.slack, pair.rep)).toContain('They begin once both have signed the plan.');
    expect(shown(app.slack, pair.rep)).toContain('"action_id":"plan_open","value":"U0SECOND"');
    await app.slack.action({ ...pick, enter: pair.rep });
    expect(row(pair.rep, 'February')).not.toBe('');

    await mintPerson(app, 'U0THIRD', { name: 'Third' });
    await joinTeam(app, 'U0THIRD', pair.manager);
    await open(pair.manager);
    expect(shown(app.slack, pair.manager)).toContain('Pick one of your reps');
    await app.slack.action({ ...pick, user: pair.manager, enter: pair.rep });
    expect(row(pair.manager, 'February')).toContain('16:00');
    await open(pair.manager, `review <@${pair.rep}|dana>`);
    expect(row(pair.manager, 'February')).toContain('16:00');
    await app.db.person.updateMany({ where: { userId: 'U0THIRD' }, data: { teamId: null } });
  });

  it('without a plan it says what will be here, and the next step', async () => {
    await mintPerson(app, 'U0ALONE');
    await open('U0ALONE');
    expect(shown(app.slack, 'U0ALONE')).toContain('The monthly 1:1s will stand here');
    await app.slack.action({ user: 'U0ALONE', actionId: 'plan_open' });
    expect(title(app.slack, 'U0ALONE')).not.toBe('Monthly 1:1s');
  });

  it('a leader without either gets the counts by cause', async () => {
    await mintPerson(app, 'U0LEADS');
    await app.db.person.updateMany({ where: { userId: 'U0LEADS' }, data: { leader: true } });
    await open('U0LEADS');
    expect(title(app.slack, 'U0LEADS')).toBe('Causes');
    await open(pair.manager, 'review causes');
    expect(title(app.slack, pair.manager)).toBe('Causes');
  });

  it('what is neither a mention nor empty gets a hint', async () => {
    await open(pair.manager, 'review @dana');
    expect(app.told(pair.manager)).toContain('from the list that Slack shows after @');
  });
});

describe('moving', () => {
  it('with a reason: the other one is told at once, once, on their clocks', async () => {
    const pair = await mint({ manager: BERLIN });
    await openMove(pair, pair.rep);
    expect(initial(app.slack, pair.rep, 'date')).toBe('2027-03-02');
    expect(initial(app.slack, pair.rep, 'time')).toBe('10:00');
    expect(shown(app.slack, pair.rep)).toContain('Your own time: America/New York.');
    const reason = 'A customer & *their* <!here> board';
    await app.slack.submit(pair.rep, { date: '2027-03-04', time: '11:30', reason });
    expect(app.texts(pair.manager)).toEqual([
      `*<@${pair.rep}> moved the 1:1 about February* to *Thu 4 Mar, 17:30 (11:30 for <@${pair.rep}>)*. It was Tue 2 Mar, 16:00.`,
    ]);
    const told = inside(app.last(pair.manager));
    expect(told).toContain('>A customer &amp; ∗their∗ &lt;!here&gt; board');
    expect(told).toContain('"action_id":"review_move_open"');
    expect(app.texts(pair.rep)).toEqual([]);
    // The schedule lies under the form, as it is now.
    expect(app.slack.modals(pair.rep)).toHaveLength(1);
    expect(row(pair.rep, 'February')).toContain('Thu, Mar 4, 11:30 AM (5:30 PM');
    expect(rows(pair.rep)[0]).toContain(`<@${pair.manager}> hears of it now.`);
    const review = await reviewIn(pair.rep);
    const stored = await app.db.review.findUniqueOrThrow({ where: { id: review.id } });
    expect(review).toMatchObject({ moves: 1, movedBy: pair.rep, reason });
    expect(stored.reason, 'encrypted').not.toContain('customer');

    // Back by the manager's button, from their own time: that is the regular one again.
    await app.press(pair.manager, 'review_move_open');
    expect(shown(app.slack, pair.manager)).toContain('Your own time: Europe/Berlin.');
    await app.slack.submit(pair.manager, { date: '2027-03-02', time: '16:00', reason: 'Fits now' });
    expect(shown(app.slack, pair.manager)).toContain('is on: Tue 2 Mar, 16:00');
    expect(app.texts(pair.rep)).toEqual([
      `*<@${pair.manager}> moved the 1:1 about February* to *Tue, Mar 2, 10:00 AM (4:00 PM for <@${pair.manager}>)*. It was Thu, Mar 4, 11:30 AM.`,
    ]);
    expect(app.texts(pair.manager)).toHaveLength(1);
    expect(await reviewIn(pair.rep)).toMatchObject({ moves: 2, movedTo: null });
  });

  it.each([
    ['a time that is over', { date: '2027-02-24', time: '09:00' }, 'time', /is over/],
    ['within the month', { date: '2027-02-28', time: '10:00' }, 'date', /February isn’t over then/],
    ['at the next one', { date: '2027-04-06', time: '10:00' }, 'date', /next 1:1 is on Tue, Apr 6/],
    ['after it', { date: '2027-09-01', time: '10:00' }, 'date', /pick a time before it/],
    ['where it is already', { date: '2027-03-02', time: '10:00' }, 'time', /already/],
    ['a date that is none', { date: '2027-02-31', time: '10:00' }, 'date', /date/],
    ['a time that is none', { date: '2027-03-03', time: '25:00' }, 'time', /time/],
    ['no reason', { reason: '   ' }, 'reason', /fill this in/],
    ['a reason that is too long', { reason: 'x'.repeat(301) }, 'reason', /300/],
    ['a reason that can’t be kept', { reason: 'a\0b' }, 'reason', /character/],
  ])('is refused at its field: %s', async (_, entries, field, words) => {
    refused ??= await mint();
    await openMove(refused, refused.rep);
    const good = { date: '2027-03-03', time: '10:00', reason: 'Because' };
    const { body } = await app.slack.submit(refused.rep, { ...good, ...entries });
    expect(fieldError(body, field)).toMatch(words);
    expect(app.texts(refused.manager)).toEqual([]);
  });
  let refused: TestPair | undefined;

  it('warns of a day off while it is picked, and lets it be', async () => {
    const pair = await mint({ manager: BERLIN });
    await inTransaction(app.db, async (tx) => {
      const days = { from: '2027-03-03', to: '2027-03-05', ...WHOLE_DAY, addedBy: pair.manager };
      await addAbsence(tx, idOf(pair.manager), days, app.clock.now());
    });
    await openMove(pair, pair.rep);
    app.slack.fill(pair.rep, { reason: 'Typed before' });
    const pick = { user: pair.rep, actionId: 'review_move_typed.date', enter: '2027-03-04' };
    await app.slack.action(pick);
    expect(shown(app.slack, pair.rep)).toContain(
      `No working day for <@${pair.manager}>. You can still move it there.`,
    );
    await app.slack.action({ ...pick, enter: '2027-03-07' });
    expect(shown(app.slack, pair.rep)).toContain(`<@${pair.rep}> and <@${pair.manager}>`);
    await app.slack.action({ ...pick, enter: '2027-03-08' });
    expect(shown(app.slack, pair.rep)).not.toContain('No working day');
    expect(shown(app.slack, pair.rep)).toContain('Mon, Mar 8, 10:00 AM (4:00 PM');
    await app.slack.submit(pair.rep, { date: '2027-03-04' });
    expect(rows(pair.rep)[0]).toContain(`No working day for <@${pair.manager}>.`);
    const told = inside(app.last(pair.manager));
    expect(told).toContain('>Typed before');
    expect(told).toContain('That is no working day of yours.');
  });

  it('isn’t moved into a call block; an hour that is early for the other is said to both', async () => {
    const callBlocks = [{ id: 'b', days: ['thu' as const], start: '09:00', minutes: 90 }];
    const west = { manager: { tz: 'America/Los_Angeles' } };
    const pair = await mintAgreed(app, { callBlocks }, west);
    await openMove(pair, pair.rep);
    const into = { date: '2027-03-04', time: '10:00', reason: 'Trade fair' };
    expect(fieldError((await app.slack.submit(pair.rep, into)).body, 'time')).toBe(
      'A call block is there, 9:00 AM–10:30 AM: 10:30 AM is free.',
    );
    const pick = { user: pair.rep, actionId: 'review_move_typed.time', enter: '08:00' };
    await app.slack.action(pick);
    expect(shown(app.slack, pair.rep)).toContain(`That is 5:00 AM for <@${pair.manager}>.`);
    await app.slack.submit(pair.rep, { date: '2027-03-04', time: '08:00' });
    expect(rows(pair.rep)[0]).toContain(`That is 5:00 AM for <@${pair.manager}>.`);
    expect(inside(app.last(pair.manager))).toContain('That is 5:00 AM for you.');
  });

  it('two at the same moment: the second sees what the first did, and loses nothing typed', async () => {
    const pair = await mint({ manager: BERLIN });
    await openMove(pair, pair.rep);
    await openMove(pair, pair.manager);
    await app.slack.submit(pair.rep, { date: '2027-03-03', time: '14:00', reason: 'Trade fair' });
    const mine = { date: '2027-03-05', time: '15:00', reason: 'On a plane' };
    await app.slack.submit(pair.manager, mine);
    const all = shown(app.slack, pair.manager);
    expect(all).toContain(`It has changed meanwhile: it is on Wed 3 Mar, 20:00`);
    expect(all).toContain('“Trade fair”');
    expect(initial(app.slack, pair.manager, 'date')).toBe(mine.date);
    expect(initial(app.slack, pair.manager, 'time')).toBe(mine.time);
    expect(initial(app.slack, pair.manager, 'reason')).toBe(mine.reason);
    expect(app.texts(pair.rep)).toEqual([]);
    await app.slack.submit(pair.manager);
    expect(app.texts(pair.rep)).toHaveLength(1);
    expect(await reviewIn(pair.rep)).toMatchObject({ moves: 2, movedBy: pair.manager });

    // Really at once: one of them is first.
    const at = (date: string) => app.clock.now() && new Date(`${date}T15:00:00Z`);
    const entry = { repId: pair.rep, month: MONTH, moves: 2, reason: 'Both' };
    const outcomes = await Promise.all([
      moveReview(store(), idOf(pair.rep), { ...entry, at: at('2027-03-09') }),
      moveReview(store(), idOf(pair.manager), { ...entry, at: at('2027-03-10') }),
      skipReview(store(), idOf(pair.manager), entry),
    ]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['changed', 'meanwhile', 'meanwhile']);
    expect(await reviewIn(pair.rep)).toMatchObject({ moves: 3 });
  });

  it('moved again before the other one was told, they hear of where it ended alone', async () => {
    const pair = await mint();
    const move = (moves: number, day: string) =>
      moveReview(store(), idOf(pair.rep), {
        repId: pair.rep,
        month: MONTH,
        moves,
        reason: day,
        at: new Date(`${day}T15:00:00Z`),
      });
    app.slack.fault('chat.postMessage', { rateLimit: 2 });
    await move(0, '2027-03-09');
    await move(1, '2027-03-10');
    const notes = async () => {
      const where = { personId: pair.manager, kind: REVIEW_DELIVERY.moved };
      const rows = await app.db.delivery.findMany({ where, orderBy: { key: 'asc' } });
      return rows.map(({ state }) => state);
    };
    await expect.poll(notes).toEqual(['cancelled', 'sent']);
    app.slack.clearFaults();
    expect(app.texts(pair.manager)).toEqual([expect.stringContaining('*Wed, Mar 10, 10:00 AM*')]);
  });

  it('without a manager it is the rep’s alone, and whoever has left hears nothing', async () => {
    const pair = await mint();
    await app.db.person.updateMany({ where: { userId: pair.rep }, data: { teamId: null } });
    await openMove(pair, pair.rep);
    expect(shown(app.slack, pair.rep)).toContain('For you alone.');
    await app.slack.submit(pair.rep, { date: '2027-03-03', reason: 'Nobody minds' });
    expect(row(pair.rep, 'February')).toContain('Wed, Mar 3, 10:00 AM');
    expect(app.texts(pair.manager)).toEqual([]);
  });
});

describe('skipping', () => {
  it('needs a reason, tells the other one, and is taken up again by either', async () => {
    const pair = await mint({ manager: BERLIN });
    await openSkip(pair, pair.manager, '2027-03');
    expect(shown(app.slack, pair.manager)).toContain('Skip March and Q1?');
    const { body } = await app.slack.submit(pair.manager, { reason: ' ' });
    expect(fieldError(body, 'reason')).toMatch(/fill this in/);
    await app.slack.submit(pair.manager, { reason: 'We meet at the kick-off' });
    expect(row(pair.manager, 'March')).toContain(
      `Skipped by <@${pair.manager}>: We meet at the kick-off`,
    );
    expect(app.texts(pair.rep)).toEqual([
      `*<@${pair.manager}> skipped the 1:1 about March and Q1*, Tue, Apr 6, 10:00 AM. The next one comes as planned.`,
    ]);
    const skipped = app.last(pair.rep);
    await app.press(pair.rep, 'review_hold');
    expect(app.last(pair.rep).text).toContain('is on: Tue, Apr 6, 10:00 AM');
    expect(app.last(pair.rep).ts, 'in its place').toBe(skipped.ts);
    expect(app.texts(pair.manager)).toEqual([
      `*The 1:1 about March and Q1 is on after all*, says <@${pair.rep}>: *Tue 6 Apr, 16:00 (10:00 for <@${pair.rep}>)*.`,
    ]);
    // The button as it was: nothing happens twice.
    await app.press(pair.rep, 'review_hold', { message: skipped });
    expect(app.told(pair.rep)).toContain('is on: Tue, Apr 6');
    expect(app.texts(pair.manager)).toHaveLength(1);
    expect(await reviewIn(pair.rep, '2027-03')).toMatchObject({
      moves: 2,
      skippedAt: null,
      reason: null,
    });
  });

  it('from the schedule, held again from the schedule; skipped twice is skipped once', async () => {
    const pair = await mint();
    await openSkip(pair, pair.rep);
    await openSkip(pair, pair.manager);
    await app.slack.submit(pair.rep, { reason: 'Quarterly instead' });
    await app.slack.submit(pair.manager, { reason: 'Me too' });
    expect(rows(pair.manager)[0]).toContain('has skipped it meanwhile: “Quarterly instead”');
    expect([app.texts(pair.rep), app.texts(pair.manager)].map(({ length }) => length)).toEqual([
      0, 1,
    ]);
    await app.slack.action({ user: pair.rep, actionId: 'review_hold' });
    expect(rows(pair.rep)[0]).toContain('The 1:1 about February is on');
    expect(row(pair.rep, 'February')).toContain('I’ll ask for your view');
    expect(app.texts(pair.manager)).toHaveLength(2);
  });

  it('moving a skipped one takes it up again', async () => {
    const pair = await mint();
    await openSkip(pair, pair.rep);
    await app.slack.submit(pair.rep, { reason: 'No time' });
    await app.press(pair.manager, 'review_move_open');
    await app.slack.submit(pair.manager, { date: '2027-03-10', reason: 'A week later, then' });
    expect(await reviewIn(pair.rep)).toMatchObject({ skippedAt: null, moves: 2 });
    expect(app.texts(pair.rep)[0]).toContain('moved the 1:1 about February* to *Wed, Mar 10');
  });
});

describe('whoever isn’t of the pair', () => {
  it.each(['another manager', 'a rep of another team', 'the former manager'])(
    'is refused kindly, and it is logged: %s',
    async (who) => {
      const pair = await mint();
      const others = await mint();
      await openSkip(pair, pair.rep);
      await app.slack.submit(pair.rep, { reason: 'A holiday' });
      const note = app.last(pair.manager);
      const { id } = await reviewIn(pair.rep);
      if (who === 'the former manager') await joinTeam(app, pair.rep, others.manager);
      const user = {
        'another manager': others.manager,
        'a rep of another team': others.rep,
        'the former manager': pair.manager,
      }[who] as string;
      const before = app.logged.length;
      await open(user, `review <@${pair.rep}>`);
      const kindly = 'only the two of them can do that';
      expect(app.told(user)).toContain(kindly);
      for (const [actionId, value] of [
        ['review_hold', id],
        ['review_move_open', id],
        ['review_skip_open', id],
        ['review_move_month', `${pair.rep}:${MONTH}`],
        ['review_skip_month', `${pair.rep}:${MONTH}`],
        ['review_settings_open', pair.rep],
      ] as const) {
        const told = app.slack.responses.length;
        await app.press(user, actionId, { message: forged(note, actionId, value) });
        expect(app.slack.responses.length, actionId).toBe(told + 1);
        expect(app.told(user)).toContain(kindly);
      }
      expect(app.slack.modal(user)).toBeUndefined();
      const refusals = app.logged.slice(before).filter(({ code }) => code === 'not_yours');
      expect(refusals).toHaveLength(7);
      expect(refusals.every(({ person }) => person === user)).toBe(true);
      expect(await findReview(store(), id)).toMatchObject({ moves: 1 });
    },
  );

  it('and whoever was demoted between opening a form and submitting it', async () => {
    const pair = await mint();
    const others = await mint();
    const forms: [() => Promise<void>, Record<string, string>][] = [
      [() => openMove(pair, pair.manager), { date: '2027-03-03', reason: 'Mine' }],
      [() => openSkip(pair, pair.manager), { reason: 'Mine' }],
      [
        async () => {
          await open(pair.manager, `review <@${pair.rep}>`);
          await app.slack.action({ user: pair.manager, actionId: 'review_settings_open' });
        },
        { prepDays: '9' },
      ],
    ];
    for (const [openForm, entries] of forms) {
      await joinTeam(app, pair.rep, pair.manager);
      await openForm();
      await joinTeam(app, pair.rep, others.manager);
      const before = app.logged.length;
      const { body } = await app.slack.submit(pair.manager, entries);
      expect(JSON.stringify(body)).toContain('between a rep and their manager');
      expect(app.logged.slice(before)).toContainEqual(
        expect.objectContaining({ code: 'not_yours', person: pair.manager }),
      );
    }
    expect(app.texts(pair.rep)).toEqual([]);
    expect(await app.db.review.count({ where: { repId: pair.rep } })).toBe(0);
    expect(await app.db.reviewSettings.count({ where: { repId: pair.rep } })).toBe(0);
  });

  it('what a forged button names doesn’t exist: said, and nothing breaks', async () => {
    const pair = await mint();
    await openSkip(pair, pair.rep);
    await app.slack.submit(pair.rep, { reason: 'For a button' });
    const note = app.last(pair.manager);
    for (const [actionId, value] of [
      ['review_hold', 'nonsense'],
      ['review_move_open', '0198f3a2-7b1c-7e2d-9a5b-1c2d3e4f5a6b'],
      ['review_move_month', `${pair.rep}:1999-01`],
      ['review_move_month', 'U0NOBODY:2027-02'],
      ['review_month_menu', 'dance:::'],
    ] as const) {
      await app.press(pair.manager, actionId, { message: forged(note, actionId, value) });
      expect(app.told(pair.manager), actionId).not.toContain('broke on our side');
    }
    expect(app.logged.filter(({ msg }) => msg === 'A request failed')).toEqual([]);
  });
});

describe('once the rep is asked', () => {
  let pair: TestPair;
  let away: TestPair;
  let paused: TestPair;
  let skipped: TestPair;
  let night: TestPair;
  const channel = 'C0SALES';
  beforeAll(async () => {
    pair = await mint({ manager: BERLIN });
    away = await mint();
    paused = await mint();
    skipped = await mint();
    night = await mint({ manager: { tz: 'Asia/Tokyo' } });
    // Days of the others would be lived through too.
    const five = [pair, away, paused, skipped, night].map(({ rep }) => rep);
    const data = { closedAt: app.clock.now() };
    await app.db.plan.updateMany({ where: { repId: { notIn: five } }, data });
    app.slack.addChannel(channel, { name: 'sales', joined: true });
    await inTransaction(app.db, async (tx) => {
      await setChannel(
        tx,
        (await ensureTeam(tx, { workspaceId: TEAM, userId: pair.manager })).id,
        channel,
      );
      const days = { from: '2027-02-20', to: '2027-02-26', ...WHOLE_DAY, addedBy: away.manager };
      await addAbsence(tx, idOf(away.manager), days, app.clock.now());
    });
    await app.db.nudgeSettings.updateMany({
      where: { personId: paused.manager },
      data: { pausedUntil: '2027-03-20' },
    });
    await openSkip(skipped, skipped.rep);
    await app.slack.submit(skipped.rep, { reason: 'Not this month' });
    await open(pair.manager, `review <@${pair.rep}>`);
    await app.slack.action({ user: pair.manager, actionId: 'review_settings_open' });
    expect(initial(app.slack, pair.manager, 'prepDays')).toBe('3');
    await app.slack.submit(pair.manager, { prepDays: '2' });
    await app.to('2027-02-25', '09:01');
  });

  it('is as many working days before as the pair has set', async () => {
    expect(rows(pair.manager)[0]).toContain(`<@${pair.rep}> is asked 2 working days before`);
    expect(app.texts(pair.rep)).toEqual([]);
    expect(app.texts(away.rep)).toHaveLength(1);
    expect(app.texts(night.rep)).toHaveLength(1);
    expect(app.texts(night.manager), 'it is eleven at night there').toEqual([]);
    await app.to('2027-02-25', '18:01');
    expect(app.texts(night.manager)).toHaveLength(1);
    await app.to('2027-02-26', '09:01');
    expect(app.texts(pair.rep)[0]).toMatch(/Your 1:1 is .*Mar 2, 10:00 AM/);
  });

  it('the manager hears when they meet and the figures, and nothing of a miss or a why', () => {
    expect(app.texts(pair.manager)).toEqual([
      `Your 1:1 with <@${pair.rep}> about February: Tue 2 Mar, 16:00 (10:00 for <@${pair.rep}>)`,
    ]);
    const told = inside(app.last(pair.manager));
    expect(told).toContain('at quota (0%)\\nCoverage: none asked for by then');
    expect(told).toContain(
      `<@${pair.rep}> is asked why first. It comes to <#${channel}> when they send it, or on Tue 2 Mar, 15:00 without.`,
    );
    expect(told).toMatch(/review_move_open.*review_skip_open/);
    expect(told).toContain('"value":"pause"');
    expect(told).not.toMatch(/missed|✗|New business/);
  });

  it('a manager’s leave, entered or taken back, moves the day on which their rep is asked', async () => {
    const isDue = async () => {
      const where = { personId: paused.rep, kind: 'review' };
      return (await app.db.agenda.findFirstOrThrow({ where })).dueAt <= app.clock.now();
    };
    expect(await isDue()).toBe(false);
    const days = [{ from: '2027-03-29', to: '2027-04-09', ...WHOLE_DAY }];
    const leave = { person: paused.manager, days };
    const { added } = await enterAbsence(store(), idOf(paused.manager), leave);
    const [id = ''] = added;
    expect(await isDue()).toBe(true);
    await app.bigplan.tick();
    expect(await isDue()).toBe(false);
    await cancelAbsence(store(), idOf(paused.manager), id);
    expect(await isDue()).toBe(true);
  });

  it('so does whoever takes over before it is open, once', async () => {
    const taker = 'U0TAKER';
    await mintPerson(app, taker);
    await joinTeam(app, night.rep, taker);
    const reschedule = () =>
      inTransaction(app.db, (tx) =>
        store().scheduler.reschedule(tx, { workspaceId: TEAM, userId: night.rep }),
      );
    await reschedule();
    await app.bigplan.tick();
    await expect.poll(() => app.texts(taker)).toHaveLength(1);
    expect(app.texts(taker)[0]).toContain(`Your 1:1 with <@${night.rep}> about February`);
    await reschedule();
    await app.bigplan.tick();
    await app.leave(night.rep);
    expect([app.texts(taker), app.texts(night.manager)].map(({ length }) => length)).toEqual([
      1, 1,
    ]);
  });

  it('not whoever is away, has paused, or whose 1:1 is skipped', () => {
    expect(app.texts(away.rep)).toHaveLength(1);
    expect(app.texts(away.manager)).toEqual([]);
    expect(app.texts(paused.rep)).toHaveLength(1);
    expect(app.texts(paused.manager)).toEqual([]);
    expect(app.texts(skipped.rep)).toEqual([]);
    expect(app.texts(skipped.manager).filter((text) => /Your 1:1/.test(text))).toEqual([]);
  });

  it('what has changed since it was planned is asked again when it is sent', async () => {
    const { manager, rep } = paused;
    const where = { personId: manager, kind: REVIEW_DELIVERY.headsUp };
    const sent = async () => {
      await app.db.delivery.deleteMany({ where });
      const order = reviewOrder('headsUp', idOf(manager), await reviewIn(rep));
      await inTransaction(app.db, (tx) => store().outbox.enqueue(tx, order));
      const state = async () => {
        const found = await app.db.delivery.findFirst({ where });
        return found?.heldFor && found.state === 'planned'
          ? `held: ${found.heldFor}`
          : found?.state;
      };
      await expect.poll(state).toMatch(/sent|cancelled|held/);
      return state();
    };
    expect(await sent(), 'still paused').toBe('held: paused');
    await app.db.nudgeSettings.updateMany({
      where: { personId: manager },
      data: { pausedUntil: null },
    });
    expect(await sent()).toBe('sent');
    const place = { repId: rep, month: MONTH };
    await skipReview(store(), idOf(rep), { ...place, moves: 0, reason: 'Not now' });
    expect(await sent(), 'skipped').toBe('cancelled');
    await holdReview(store(), idOf(rep), place);
    expect(await sent()).toBe('sent');
    await joinTeam(app, rep, away.manager);
    expect(await sent(), 'another manager’s by now').toBe('cancelled');
    for (const one of [away, paused]) await app.leave(one.rep);
  });

  it('a move keeps what they have answered, and every message shows the new time', async () => {
    const { id } = await reviewIn(pair.rep);
    await app.db.reviewAnswer.create({
      data: { reviewId: id, kpi: 'newBusiness', causes: ['lead_supply'], updatedAt: new Date() },
    });
    await app.press(pair.manager, 'review_move_open');
    const entry = { date: '2027-03-03', time: '17:00', reason: 'A visit' };
    await app.slack.submit(pair.manager, entry);
    expect(shown(app.slack, pair.manager)).toContain(`<@${pair.rep}> hears of it now.`);
    expect(app.texts(pair.manager), 'in its place').toEqual([
      `Your 1:1 with <@${pair.rep}> about February: Wed 3 Mar, 17:00 (11:00 for <@${pair.rep}>)`,
    ]);
    expect(inside(app.last(pair.manager))).toContain('or on Wed 3 Mar, 16:00 without');
    const [prep, moved] = app.texts(pair.rep);
    expect(prep).toMatch(/Your 1:1 is .*Mar 3, 11:00 AM/);
    expect(moved).toContain('It was Tue, Mar 2, 10:00 AM');
    const review = await reviewIn(pair.rep);
    expect(await answersOf(store(), review)).toHaveLength(1);
    expect(review.askedAt).not.toBeNull();
  });

  it('skipped then, both messages say so; held again, both ask again', async () => {
    await openSkip(pair, pair.rep);
    await app.slack.submit(pair.rep, { reason: 'All done on the phone' });
    expect(app.texts(pair.manager)[0]).toContain(`is skipped*, says <@${pair.rep}>`);
    expect(app.texts(pair.rep)[0]).toContain('The 1:1 about February is skipped');
    await app.press(pair.manager, 'review_hold', { message: app.find(pair.manager, /is skipped/) });
    expect(app.texts(pair.manager)[0]).toContain('Wed 3 Mar, 17:00');
    expect(app.texts(pair.rep)[0]).toMatch(/Your 1:1 is .*Mar 3, 11:00 AM/);
    expect(app.last(pair.rep).text).toContain('is on after all');
  });

  it('the rep answers from the schedule; it shows how far it is', async () => {
    await open(pair.rep);
    expect(row(pair.rep, 'February')).toContain('Why, in your view?');
    await app.slack.action({ user: pair.rep, actionId: 'review_answer' });
    expect(title(app.slack, pair.rep)).not.toBe('Monthly 1:1s');
    expect(app.slack.modals(pair.rep), 'over the schedule').toHaveLength(2);
    await open(pair.manager, `review <@${pair.rep}>`);
    expect(row(pair.manager, 'February')).toContain('is asked first');
  });

  it('open, it can be moved and says that the thread stays; it can’t be skipped', async () => {
    await app.to('2027-03-03', '10:01');
    expect(await reviewIn(pair.rep)).toMatchObject({ threads: 1, closedAt: null });
    await expect
      .poll(() => inside(app.find(pair.manager, /Your 1:1/)))
      .toContain(`The review is open, and for <#${channel}> to read.`);
    await openMove(pair, pair.rep);
    expect(shown(app.slack, pair.rep)).toContain('its thread stays where it is');
    await app.slack.submit(pair.rep, { date: '2027-03-05', time: '09:00', reason: 'Train' });
    const after = await reviewIn(pair.rep);
    expect(after).toMatchObject({ threads: 1, moves: 4 });
    expect(after.openedAt).not.toBeNull();
    const [thread, ...more] = app.slack.channel(channel);
    expect(more).toEqual([]);
    expect(JSON.stringify(thread?.blocks)).toContain('Fri 5 Mar');
    await open(pair.rep);
    expect(row(pair.rep, 'February')).toContain('Open in the channel.');
    expect(shown(app.slack, pair.rep)).not.toContain(`"value":"skip:${pair.rep}:${MONTH}"`);
    const note = forged(app.last(pair.manager), 'review_skip_open', after.id);
    await app.press(pair.manager, 'review_skip_open', { message: note });
    expect(app.told(pair.manager)).toContain('it can’t be skipped now');
  });

  it('closed, it is neither moved nor skipped', async () => {
    await openMove(pair, pair.rep);
    const { id } = await reviewIn(pair.rep);
    await saveReview(store(), {
      ...(await reviewIn(pair.rep)),
      closedAt: app.clock.now(),
      closedBy: pair.manager,
    });
    const { body } = await app.slack.submit(pair.rep, { date: '2027-03-08', reason: 'Late' });
    expect(JSON.stringify(body)).toContain('The review of February is closed');
    const note = forged(app.last(pair.manager), 'review_move_open', id);
    await app.press(pair.manager, 'review_move_open', { message: note });
    expect(app.told(pair.manager)).toContain('there is nothing to move');
    await open(pair.rep);
    expect(row(pair.rep, 'February')).toContain('closed');
    expect(row(pair.rep, 'February')).toContain('review_recovery'.replace('review_', ''));
  });

  it('one that was skipped and whose time is over asks for a new one', async () => {
    await app.press(skipped.manager, 'review_hold');
    expect(title(app.slack, skipped.manager)).toBe('Move the 1:1');
    expect(shown(app.slack, skipped.manager)).toContain('Its time is over');
    await app.slack.submit(skipped.manager, { date: '2027-03-09', reason: 'After all' });
    expect(await reviewIn(skipped.rep)).toMatchObject({ skippedAt: null, moves: 2 });
    expect(app.texts(skipped.rep)[0]).toContain('Tue, Mar 9, 10:00 AM');
  });
});

describe('a plan that was changed', () => {
  it('keeps the 1:1s about the months of its versions before', async () => {
    const pair = await mint();
    const agreed = await app.db.planVersion.findFirstOrThrow({
      where: { plan: { repId: pair.rep } },
    });
    await inTransaction(app.db, async (tx) => {
      const inTx = { ...store(), db: tx };
      const plan = { id: agreed.planId, ...keyOf(pair.rep) };
      const at = new Date('2027-04-20T12:00:00Z');
      const first = await findVersion(inTx, agreed.id);
      if (!first) throw new Error('no version');
      const change = { number: 2, draft: first.draft, actorId: pair.rep, at };
      const id = await addVersion(inTx, plan, change);
      const second = await findVersion(inTx, id);
      if (!second) throw new Error('no second version');
      const by = { actorId: pair.rep, at, comment: null };
      await moveTo(inTx, first, 'superseded', { kind: 'superseded', ...by });
      await moveTo(inTx, second, 'agreed', { kind: 'agreed', ...by });
    });
    const plan = await reviewPlan(store(), idOf(pair.rep));
    expect(plan?.work.agreedAt.toISOString()).toBe('2027-04-20T12:00:00.000Z');
    expect(plan?.since).toBe('2027-04-20');
    const first = app.clock.now().toISOString().slice(0, 7);
    expect(plan?.spans[0]?.month).toBe(first);
    expect(plan?.spans.at(-1)?.month).toBe('2027-12');
  });
});

describe('settings', () => {
  it('say what would do where a value is none', async () => {
    const pair = await mint();
    await open(pair.rep);
    await app.slack.action({ user: pair.rep, actionId: 'review_settings_open' });
    const view = app.slack.modal(pair.rep);
    const blocks = (view?.blocks ?? []) as KnownBlock[];
    const select = blocks.find(({ block_id: id }) => id === 'prepDays:0');
    if (select?.type !== 'input' || select.element.type !== 'static_select')
      throw new Error('gone');
    select.element.options?.push({ text: { type: 'plain_text', text: '11' }, value: '11' });
    const { body } = await app.slack.submit(pair.rep, { prepDays: '11' });
    expect(fieldError(body, 'prepDays')).toMatch(/one of the choices/);
    await app.slack.submit(pair.rep, { prepDays: '1' });
    expect(rows(pair.rep)[0]).toContain('You are asked one working day before each 1:1.');
    expect(shown(app.slack, pair.rep)).toContain('I’ll ask for your view on Mon, Apr 5.');
  });
});
