/**
 * What several reps name goes to each leader, once a month and cause, and nobody is known by it. Each
 * case has a month of its own.
 */
import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planInForce } from '../../src/activity/plan-in-force.ts';
import type { Cause } from '../../src/activity/schemas.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { rolesOf, saveRoles } from '../../src/people/store.ts';
import { causeTable, tellLeaders } from '../../src/review/causes/causes.ts';
import { causesFor } from '../../src/review/causes/slack.ts';
import { causesTakenFor, heardOfCauses } from '../../src/review/commitments/heard.ts';
import { spansOf } from '../../src/review/schedule/rules.ts';
import type { Scorecard as Card, Kpi } from '../../src/review/schemas.ts';
import { askedNow, reviewPlan } from '../../src/review/scorecard/review-plan.ts';
import {
  type AskedMonth,
  ensureReview,
  type Review,
  saveAnswer,
  saveReview,
} from '../../src/review/store.ts';
import { addDays } from '../../src/time/local-date.ts';
import { agreePlanOf, everyDayDraft } from '../support/agreed-rep.ts';
import { type DayApp, forged, inside, startDayApp } from '../support/day-app.ts';
import { eventually } from '../support/eventually.ts';
import { hurry } from '../support/jobs.ts';
import { joinTeam, mintPerson, shown } from '../support/plan-app.ts';
import { sendGiven } from '../support/reviews-due.ts';
import { TEAM } from '../support/slack.ts';

/** Small, of seven, of one; what each member is called is looked for in whatever leaders get. */
const TEAMS = {
  U0MGRA: { UA1: 'Dana Quill', UA2: 'Olek Brandt', UA3: 'Wren Okoye' },
  U0MGRB: {
    UB1: 'Bea Lindqvist',
    UB2: 'Chidi Moreau',
    UB3: 'Esra Toft',
    UB4: 'Fenna Ruiz',
    UB5: 'Gil Haas',
    UB6: 'Hana Vogt',
    UB7: 'Ivo Stern',
  },
  U0MGRC: { UC1: 'Juno Peralta' },
};
const NAMES: Record<string, string> = Object.assign({}, ...Object.values(TEAMS));
const [LEA, LEO] = ['U0LEA', 'U0LEO'];
/** Their own message of the app's first leader, the Slack admin. */
const ADMIN = 'U0LEADER';

let app: DayApp;

beforeAll(async () => {
  app = await startDayApp();
  app.clock.moveTo(new Date('2027-12-16T15:00:00Z'));
  await mintPerson(app, LEA, { name: 'Lea' });
  await mintPerson(app, LEO, { name: 'Leo', locale: 'de-DE' });
  await mintPerson(app, ADMIN, { name: 'Lee' });
  for (const [manager, reps] of Object.entries(TEAMS)) {
    await mintPerson(app, manager, { name: `Max ${manager.at(-1)}` });
    for (const [rep, name] of Object.entries(reps)) {
      await mintPerson(app, rep, { name });
      await joinTeam(app, rep, manager);
      await agreePlanOf(app, rep, everyDayDraft());
    }
  }
  // What a day brings is no part of this.
  await app.db.agenda.deleteMany();
  await lead([LEA, LEO]);
  // Months are days here: what leaders hear of in many weeks comes in one.
  await app.db.nudgeSettings.createMany({
    data: [LEA, LEO, ADMIN, 'U0AVA', 'U0ZOE'].map((personId) => ({
      workspaceId: TEAM,
      personId,
      perDay: 5,
    })),
  });
});
afterAll(() => app.stop());

/** A leader reads so much a day. */
const nextDay = () => addDays(app.bigplan.context.clock.now().toISOString().slice(0, 10), 1);

async function lead(leaders: string[]) {
  await inTransaction(app.db, async (tx) =>
    saveRoles(tx, TEAM, { ...(await rolesOf(tx, TEAM)), admins: [ADMIN], leaders }),
  );
}

interface Saying {
  causes: Cause[];
  words?: string;
  /** A second KPI with the same causes; else that is one's own execution. */
  twice?: boolean;
  /** Kept for the rep alone, as a former version could. */
  own?: boolean;
}

const withMisses = (card: Card, missed: readonly Kpi[]): Card => ({
  ...card,
  lines: card.lines.map((line) => ({
    ...line,
    verdict: missed.includes(line.kpi) ? 'missed' : 'met',
  })),
});

const months = new Map<string, AskedMonth>();

/** How a month stands: everybody's plan is the same, and so is what came of it. */
async function askedAbout(rep: string, month: string) {
  const known = months.get(month);
  if (known) return known;
  const { context } = app.bigplan;
  const plan = await reviewPlan(context, { workspaceId: TEAM, userId: rep });
  const span = plan && spansOf(plan.work.period).find((one) => one.month === month);
  if (!plan || !span) throw new Error('no plan to review');
  const made = await askedNow(context, plan, span, plan.zone.dateAt(context.clock.now()));
  months.set(month, made);
  return made;
}

const MISSED = ['newBusiness', 'coverage'] as const;

/** A review whose rep was asked about two KPIs. */
async function asked(rep: string, month: string, saying: Saying): Promise<Review> {
  const { causes, words = null, twice = false, own = false } = saying;
  const { encryption, clock } = app.bigplan.context;
  const { card, facts } = await askedAbout(rep, month);
  const { id: planId } = await app.db.plan.findFirstOrThrow({ where: { repId: rep } });
  return inTransaction(app.db, async (tx) => {
    const store = { db: tx, encryption };
    const who = { workspaceId: TEAM, userId: rep };
    const review = {
      ...(await ensureReview(store, who, { planId, month })),
      askedAt: clock.now(),
      asked: { card: withMisses(card, MISSED), topics: [...MISSED], facts },
      // They answer late: the thread and its pictures are no part of this.
      openedAt: clock.now(),
      card,
    };
    await saveReview(store, review);
    const other = { causes: ['own_execution' as const], words: 'zephyrself' };
    const named = { causes, words: words ?? `It was ${rep.length} of them.` };
    const save = async (topic: Kpi, said: { causes: Cause[]; words: string }, own = false) => {
      const answer = { topic, ...said, proposal: 'zephyrproposal', updatedAt: clock.now() };
      await saveAnswer(store, review, answer);
      const reviewId_kpi = { reviewId: review.id, kpi: topic };
      if (own) await tx.reviewAnswer.update({ where: { reviewId_kpi }, data: { own } });
    };
    await save('newBusiness', own ? other : named);
    await save('coverage', twice ? named : other);
    await save('calls', own ? named : { causes, words: 'zephyrself' }, true);
    return review;
  });
}

async function send({ id, repId }: Review, named = false) {
  const actor = { workspaceId: TEAM, userId: repId };
  await sendGiven(app.bigplan.context, actor, id, named);
}

let answered = '';

/** Each of them sends their answers, one after the other: of each month on a day of its own. */
async function answer(month: string, reps: readonly string[], saying: Saying, named = false) {
  if (month > answered) {
    answered = month;
    await app.to(nextDay(), '10:00');
  }
  for (const rep of reps) await send(await asked(rep, month, saying), named);
  await app.bigplan.settled();
}

const about = (leader: string, month: string) =>
  app.slack.dm(leader).filter(({ text }) => text.includes(`reps in ${month}`));

/** The leader's one message about a month. */
function told(leader: string, month: string) {
  const [message, ...more] = about(leader, month);
  if (!message || more.length > 0) throw new Error(`${more.length + 1} about ${month}`);
  return structuredClone(message);
}

const supply: Cause[] = ['lead_supply'];

describe('three reps of two teams name one cause', () => {
  it('and each leader is told once, when it is three', async () => {
    await answer('2027-01', ['UB1'], { causes: supply, words: 'Inbound: 3 of 6.', twice: true });
    await answer('2027-01', ['UB2'], { causes: supply, words: 'Nothing <!here> but spam.' });
    expect(about(LEA, 'January')).toEqual([]);
    await answer('2027-01', ['UA1'], { causes: supply, words: 'As Dana, UA2 and Bea said: none.' });
    for (const leader of [LEA, LEO]) {
      expect(told(leader, 'January').text).toBe(
        '*“Too few leads”* was named by 3 of 3 reps in January.',
      );
    }
  });

  it('with their words, which say nothing of who they are', () => {
    const text = inside(told(LEA, 'January'));
    expect(text).toContain('>Inbound: 3 of 6.');
    expect(text.split('Inbound: 3 of 6.')).toHaveLength(2);
    expect(text).toContain('>As [somebody], [somebody] and [somebody] said: none.');
    expect(text).toContain('>Nothing &lt;!here&gt; but spam.');
    expect(text.indexOf('As [')).toBeLessThan(text.indexOf('Inbound'));
  });

  it('a fourth one, or one who says something else, changes the message where it stands', async () => {
    const { ts } = told(LEA, 'January');
    await answer('2027-01', ['UB3'], { causes: supply, words: 'Fewer each week.' });
    await answer('2027-01', ['UA2'], { causes: ['content'] });
    for (const leader of [LEA, LEO]) {
      expect(told(leader, 'January').text).toBe(
        '*“Too few leads”* was named by 4 of 5 reps in January.',
      );
      expect(inside(told(leader, 'January'))).toContain('>Fewer each week.');
    }
    expect(told(LEA, 'January').ts).toBe(ts);
  });

  it('also when Slack is out of order at first', async () => {
    app.slack.fault('chat.update', { status: 503 });
    await answer('2027-01', ['UA3'], { causes: supply, words: 'Late but true.' });
    await eventually(async () => {
      await hurry(app.db);
      for (const leader of [LEA, LEO]) expect(told(leader, 'January').text).toContain('5 of 6');
    });
    await app.bigplan.settled();
  });
});

describe('a leader answers a cause', () => {
  const OWNER = 'U0OWNER';
  beforeAll(() => mintPerson(app, OWNER, { name: 'Orla' }));
  const about = { kind: 'cause' as const, cause: 'lead_supply' as const, month: '2027-01' };
  const heard = async (rep: string) => {
    const { context } = app.bigplan;
    const today = context.clock.now().toISOString().slice(0, 10);
    const taken = await causesTakenFor(context, { workspaceId: TEAM, userId: rep }, today);
    return taken.map(({ text, doneAt }) => `${text}${doneAt ? ' ✓' : ''}`);
  };
  const row = async () => (await app.db.commitment.findMany())[0];
  const due = () => addDays(nextDay(), 20);

  it('owner, what, by when: every leader’s message shows it, and its words are sealed', async () => {
    await app.press(LEA, 'commitment_open', { message: told(LEA, 'January') });
    const entries = { owner: OWNER, text: 'Two more SDRs', due: due() };
    await app.slack.submit(LEA, entries);
    await app.bigplan.settled();
    for (const leader of [LEA, LEO]) {
      expect(inside(told(leader, 'January'))).toContain(`<@${OWNER}>: Two more SDRs · by`);
    }
    expect((await row())?.text).toMatch(/^v1:/);
  });

  it('its owner is told once, and ticks it where they read it', async () => {
    const message = app.find(OWNER, /put you down for this/);
    expect(inside(message)).toContain('named in January');
    await app.press(OWNER, 'commitment_done', { message });
    await app.bigplan.settled();
    expect(inside(told(LEO, 'January'))).toContain(`✓ <@${OWNER}>: Two more SDRs`);
    await app.press(OWNER, 'commitment_undone', { message: app.find(OWNER, /put you down/) });
    expect((await row())?.doneAt).toBeNull();
  });

  it('the reps who named it hear of it, in the next check-in alone, and nobody else', async () => {
    expect(await heard('UB1')).toEqual(['Two more SDRs']);
    expect(await heard('UA2')).toEqual([]);
    const plan = await planInForce(app.bigplan.context, { workspaceId: TEAM, userId: 'UB1' });
    if (!plan) throw new Error('no plan');
    const taken = (await row())?.createdAt.toISOString().slice(0, 10) ?? '';
    const days = [...plan.days.keys()].filter((day) => day > taken).slice(0, 3);
    const said: string[] = [];
    for (const day of days) {
      said.push(JSON.stringify(await heardOfCauses(app.bigplan.context, plan, day)));
    }
    expect(said[0]).toContain('You named “too few leads” for January: <@U0OWNER> took it on');
    expect(said.slice(1)).toEqual(['[]', '[]']);
  });

  it('whoever neither leads nor took it can’t, whatever button they press', async () => {
    const { id = '' } = (await row()) ?? {};
    const message = forged(told(LEA, 'January'), 'commitment_done', id);
    await app.press('UB1', 'commitment_done', { message });
    expect(app.told('UB1')).toContain('for leaders');
    const open = forged(told(LEA, 'January'), 'commitment_open', JSON.stringify(about));
    await app.press('UB1', 'commitment_open', { message: open });
    await app.bigplan.settled();
    expect((await row())?.doneAt).toBeNull();
    expect(await app.db.commitment.count()).toBe(1);
  });

  it('is taken off and put back, and a day that has passed is refused', async () => {
    const { id = '' } = (await row()) ?? {};
    await app.press(LEA, 'commitment_menu', {
      message: told(LEA, 'January'),
      value: `remove:${id}`,
    });
    await app.bigplan.settled();
    expect(inside(told(LEO, 'January'))).not.toContain('Two more SDRs');
    expect(await heard('UB1')).toEqual([]);
    await app.press(LEA, 'commitment_put_back', { message: app.answered(LEA) });
    await app.bigplan.settled();
    expect(inside(told(LEO, 'January'))).toContain('Two more SDRs');
    await app.press(LEA, 'commitment_menu', { message: told(LEA, 'January'), value: `edit:${id}` });
    const { body } = await app.slack.submit(LEA, { due: '2027-01-02' });
    expect(JSON.stringify(body)).toContain('That day has passed');
  });
});

describe('in a team', () => {
  it('two of seven are not enough, two of six are, and last month stands beside them', async () => {
    await answer('2027-02', ['UB1', 'UB2'], { causes: supply });
    expect(about(LEA, 'February')).toEqual([]);
    await joinTeam(app, 'UB7', 'U0MGRC');
    await answer('2027-02', ['UB3'], { causes: ['pricing'] });
    expect(told(LEA, 'February').text).toBe(
      '*“Too few leads”* was named by 2 of 3 reps in February (5 in January).',
    );
    await joinTeam(app, 'UB7', 'U0MGRB');
  });

  it('one of three is not, nor is one of one', async () => {
    await answer('2027-03', ['UA1', 'UC1'], { causes: supply });
    expect(about(LEA, 'March')).toEqual([]);
  });

  it('is told of where enough of it, and not all, have named it', async () => {
    await answer('2027-03', ['UB1', 'UB2', 'UB3', 'UB4'], { causes: ['pricing'] });
    expect(told(LEA, 'March').text).toContain('*“Pricing”* was named by 4 of 6 reps in March');
    expect(inside(told(LEA, 'March'))).toContain('4 of them are in <@U0MGRB>’s team.');
  });
});

it('one’s own execution and time away are never told, whoever names them', async () => {
  const causes: Cause[] = ['own_execution', 'time_away'];
  await answer('2027-04', ['UA1', 'UA2', 'UA3', 'UC1'], { causes, twice: true });
  expect(about(LEA, 'April')).toEqual([]);
});

it('who agreed to be named is, and nobody else', async () => {
  await answer('2027-05', ['UA1'], { causes: supply, words: 'No budget, says Chidi.' }, true);
  await answer('2027-05', ['UB1'], { causes: supply, words: 'Dana and Bea have none.' });
  await answer('2027-05', ['UB2'], { causes: supply, words: 'None at all.' });
  // Of two others each would know whose words the other's are.
  expect(inside(told(LEO, 'May'))).not.toMatch(/Dana|None at all/);
  await answer('2027-05', ['UB3'], { causes: ['market'] });
  const text = inside(told(LEO, 'May'));
  expect(text).toContain('>No budget, says [somebody]. — <@UA1>');
  expect(text).toContain('>Dana and [somebody] have none.');
  expect(text.match(/<@U/g)).toHaveLength(1);
});

it('what a former version kept for the rep alone is neither counted nor quoted', async () => {
  const saying: Saying = { causes: ['content'], own: true, words: 'zephyrown' };
  await answer('2027-06', ['UA1', 'UB1', 'UB2'], saying);
  expect(app.texts(LEA).filter((text) => text.includes('June'))).toEqual([]);
});

/** Resolves when a transaction waits for another one. */
async function somebodyWaits(): Promise<true> {
  await eventually(async () => {
    const waiting = await app.db.$queryRaw<unknown[]>`
      SELECT pid FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    expect(waiting.length).toBeGreaterThan(0);
  });
  return true;
}

describe('at the same moment', () => {
  it('two answers that make it three are told once', async () => {
    await answer('2027-07', ['UA1'], { causes: supply });
    const [one, other] = [
      await asked('UB1', '2027-07', { causes: supply }),
      await asked('UC1', '2027-07', { causes: supply }),
    ];
    // The first has counted and not committed when the second begins to.
    const counted = new EventEmitter();
    const committed = new EventEmitter();
    const first = inTransaction(app.db, async (tx) => {
      const store = { db: tx, encryption: app.bigplan.context.encryption };
      const sent = { ...one, answeredAt: app.clock.now() };
      await saveReview(store, sent);
      await tellLeaders(app.bigplan.context, tx, sent);
      counted.emit('done');
      await once(committed, 'now');
    });
    await once(counted, 'done');
    const second = send(other);
    const isHeldUp = await Promise.race([second.then(() => false), somebodyWaits()]);
    committed.emit('now');
    await Promise.all([first, second]);
    await app.bigplan.settled();
    expect(isHeldUp).toBe(true);
    expect(told(LEA, 'July').text).toContain('3 of 3 reps in July');
  });

  it('whoever else answers too is counted in the end', async () => {
    const reps = ['UA1', 'UA2', 'UB1', 'UB2', 'UB3', 'UB4', 'UC1'];
    const reviews: Review[] = [];
    for (const rep of reps) reviews.push(await asked(rep, '2027-08', { causes: supply }));
    await Promise.all(reviews.map((review) => send(review)));
    await eventually(() => {
      for (const leader of [LEA, LEO]) {
        expect(told(leader, 'August').text).toContain('7 of 7 reps in August (3 in July)');
      }
    });
    await app.bigplan.settled();
  });
});

describe('a leader', () => {
  it('who is away is told when back, one who leads no more never, and a new one of what is new', async () => {
    const [AVA, ZOE] = ['U0AVA', 'U0ZOE'];
    await mintPerson(app, AVA, { name: 'Ava' });
    await mintPerson(app, ZOE, { name: 'Zoe' });
    const day = nextDay();
    for (const leader of [LEO, AVA]) {
      await app.slack.command('/bigplan', `away ${day} to ${addDays(day, 1)}`, { user: leader });
    }
    await lead([LEA, LEO, AVA]);
    await answer('2027-09', ['UA1', 'UB1', 'UC1'], { causes: supply });
    expect(about(LEA, 'September')).toHaveLength(1);
    await lead([LEA, LEO, ZOE]);
    await answer('2027-09', ['UB2'], { causes: supply });
    expect(told(ZOE, 'September').text).toContain('4 of 4');
    expect(about(LEO, 'September')).toEqual([]);
    await app.db.agenda.deleteMany();
    await app.to(addDays(day, 2), '08:59');
    expect(about(LEO, 'September')).toEqual([]);
    await app.to(addDays(day, 2), '09:00');
    expect(told(LEO, 'September').text).toContain('4 of 4 reps in September (7 in August)');
    expect(app.slack.dm(AVA).filter(({ text }) => text.includes('named by'))).toEqual([]);
    await answer('2027-09', ['UB3'], { causes: supply });
    expect(told(LEO, 'September').text).toContain('5 of 5');
  });

  it('who has stepped back reads no more changes', async () => {
    await lead([LEA]);
    await answer('2027-09', ['UB4'], { causes: supply });
    expect(told(LEA, 'September').text).toContain('6 of 6');
    expect(told(LEO, 'September').text).toContain('5 of 5');
  });

  it('where there is none, nobody is told, and admins see the counts', async () => {
    await lead([]);
    await answer('2027-10', ['UA1', 'UB1', 'UC1'], { causes: supply });
    expect(about(LEA, 'October')).toEqual([]);
    await press(ADMIN);
    expect(shown(app.slack, ADMIN)).toContain('*October:* 3 of 3 reps have answered');
    expect(shown(app.slack, ADMIN)).toContain('Too few leads: *3* in Oct · Sep 6 · Aug 7');
    await app.slack.closeModal(ADMIN);
    await lead([LEA, LEO]);
    await answer('2027-10', ['UB2'], { causes: ['market'] });
    expect(told(LEA, 'October').text).toContain('3 of 4 reps in October (6 in September)');
  });
});

/** Opens the counts from a message that anybody may have forged. */
const press = (user: string, value = '0') => {
  const message = forged(told(LEA, 'January'), 'review_causes', value);
  return app.slack.action({ user, actionId: 'review_causes', message });
};

describe('the counts', () => {
  it('are open to a leader from the message, by team where nobody is known by it', async () => {
    await app.slack.action({
      user: LEA,
      actionId: 'review_causes',
      message: told(LEA, 'October'),
    });
    const text = shown(app.slack, LEA);
    expect(app.slack.modal(LEA)?.title.text).toBe('Causes');
    expect(text).toContain('What the system owes');
    expect(text).toMatch(/Apart from that.*Own execution: \*4\* in Oct/);
    expect(text).toContain('<@U0MGRB>’s team* · 7 reps');
    expect(text).not.toMatch(/U0MGRA|U0MGRC/);
    expect(text).toContain('2 teams are in the totals only');
    await app.slack.closeModal(LEA);
  });

  it('are of six months, the newest that anybody was asked about first', async () => {
    const { db, encryption } = app.bigplan.context;
    const now = new Date('2027-10-20T12:00:00Z');
    const { months, structural } = await causeTable({ db, encryption }, TEAM, now);
    expect(months.map(({ month }) => month)).toEqual(
      ['10', '09', '08', '07', '06', '05'].map((month) => `2027-${month}`),
    );
    expect(structural[0]).toEqual({ cause: 'lead_supply', reps: [3, 6, 7, 3, 0, 3] });
  });

  it('are open to a manager for their own team, without what stays with its reps', async () => {
    await press('U0MGRB');
    const text = shown(app.slack, 'U0MGRB');
    expect(text).toContain('Too few leads: *1* in Oct · Sep 4 · Aug 4');
    expect(text).not.toMatch(/Content|By team|U0MGR/);
    await app.slack.closeModal('U0MGRB');
  });

  it('are not a rep’s, who is told so kindly', async () => {
    await press('UB1');
    expect(app.slack.modal('UB1')).toBeUndefined();
    expect(app.told('UB1')).toContain('for leaders, and a team’s for its manager');
    const actor = { workspaceId: TEAM, userId: 'UB1' };
    await expect(causesFor(app.bigplan.context, actor)).rejects.toThrow('not_leader');
  });

  it('come by the command as well', async () => {
    await app.slack.command('/bigplan', 'review causes', { user: LEO });
    expect(shown(app.slack, LEO)).toContain('What the system owes');
    await app.slack.closeModal(LEO);
  });

  it('take a page that is none for the first', async () => {
    await press(ADMIN, 'seven');
    expect(shown(app.slack, ADMIN)).toContain('What the system owes');
    await app.slack.closeModal(ADMIN);
  });
});

describe('two of two', () => {
  it('are counted, in the message and behind its button alike, and their words are held back', async () => {
    await answer('2027-11', ['UA1', 'UA2'], { causes: supply, words: 'Only we two know of this.' });
    for (const leader of [LEA, LEO]) {
      const message = told(leader, 'November');
      expect(message.text).toBe(
        '*“Too few leads”* was named by 2 of 2 reps in November (3 in October).',
      );
      expect(inside(message)).toContain('would say whose they are');
      expect(inside(message)).not.toContain('Only we two');
      await app.slack.action({ user: leader, actionId: 'review_causes', message });
      expect(shown(app.slack, leader)).toContain('*November:* 2 of 2 reps have answered');
      expect(shown(app.slack, leader)).toContain('Too few leads: *2* in Nov · Oct 3 · ');
      // What is about a person is not counted of so few.
      expect(shown(app.slack, leader)).toContain('Own execution: *–* in Nov');
      await app.slack.closeModal(leader);
    }
    await answer('2027-11', ['UB1'], { causes: ['market'] });
    expect(inside(told(LEA, 'November'))).toContain('>Only we two know of this.');
  });
});

it('nothing that a leader was sent names a rep who did not agree, nor a team so small', () => {
  const sent = app.slack.calls.filter(
    ({ method, args }) =>
      method.startsWith('chat.') &&
      [LEA, LEO, 'U0ZOE'].some((leader) => args.channel === app.slack.dmChannel(leader)) &&
      JSON.stringify(args).includes('named by'),
  );
  expect(sent.length).toBeGreaterThan(5);
  for (const { args } of sent) {
    const text = JSON.stringify([args.text, args.blocks]);
    const isMay = text.includes('in May');
    for (const [id, name] of Object.entries(NAMES)) {
      if (isMay && id === 'UA1') continue;
      for (const one of [id, ...name.split(' ')]) expect(text).not.toContain(one);
    }
    for (const manager of ['U0MGRA', 'U0MGRC', 'Max A', 'Max C'])
      expect(text).not.toContain(manager);
    if (!/Pricing|in August/.test(text)) expect(text).not.toMatch(/U0MGRB|Max B/);
    expect(text).not.toMatch(/zephyr/);
  }
  expect(app.logged.some((line) => /zephyr|Inbound: 3/.test(JSON.stringify(line)))).toBe(false);
});
