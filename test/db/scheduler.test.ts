import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lockPerson } from '../../src/db/lock-people.ts';
import type { PersonRef } from '../../src/db/store.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { createLog } from '../../src/log.ts';
import { savePerson } from '../../src/people/store.ts';
import {
  createScheduler,
  type Planner,
  type RunningScheduler,
} from '../../src/scheduler/scheduler.ts';
import { createTestDb, type TestDb } from '../support/db.ts';

const TEAM = 'T1';
const MINUTE = 60_000;
const START = new Date('2027-03-02T21:30:00Z');
const DANA: PersonRef = { workspaceId: TEAM, userId: 'U0DANA' };
const SAM: PersonRef = { workspaceId: TEAM, userId: 'U0SAM' };

let test: TestDb;
let now: Date;
let scheduler: RunningScheduler;
let logged: Record<string, unknown>[];
/** What was looked at: person, and the span in minutes from the start. */
let looks: [string, number, number][];
let next: Date | null;

beforeAll(async () => {
  test = await createTestDb();
});
afterAll(() => test.drop());
beforeEach(async () => {
  await test.db.agenda.deleteMany();
  await test.db.delivery.deleteMany();
  now = START;
  logged = [];
  looks = [];
  next = null;
  scheduler = newScheduler();
});

const minutes = (instant: Date) => (instant.getTime() - START.getTime()) / MINUTE;
const at = (minute: number) => new Date(START.getTime() + minute * MINUTE);

const look: Planner = async (_tx, { userId: person }, { after, now: until }) => {
  looks.push([person, minutes(after), minutes(until)]);
  return next;
};

/** As another process has it. */
function newScheduler(looksAt: Record<string, Planner> = { check_in: look }): RunningScheduler {
  const log = createLog('warn', { write: (line) => void logged.push(JSON.parse(line)) });
  const made = createScheduler({ db: test.db, clock: { now: () => now }, log });
  for (const [kind, one] of Object.entries(looksAt)) made.register(kind, one);
  return made;
}

const FACTS = { name: 'Dana', timeZone: 'UTC', locale: 'en', slackAdmin: false };
const KNOWN = { ...FACTS, deactivated: false, outsider: false, bot: false };
const reschedule = async (who: PersonRef) => {
  await savePerson(test.db, who, KNOWN, START);
  await inTransaction(test.db, (tx) => scheduler.reschedule(tx, who));
};
const restart = (who: PersonRef) =>
  inTransaction(test.db, (tx) => scheduler.rescheduleAfresh(tx, who));
const rowOf = ({ workspaceId: team, userId: person }: PersonRef, kind = 'check_in') =>
  test.db.agenda.findUniqueOrThrow({
    where: { workspaceId_personId_kind: { workspaceId: team, personId: person, kind } },
  });
/** The clock shows it, and whoever runs looks. */
function lookAt(minute: number, one = scheduler) {
  now = at(minute);
  return one.runDue(now);
}

describe('the scheduler', () => {
  it('looks at what is due, at what lies between, and then when the look says', async () => {
    await reschedule(DANA);
    next = at(30);
    expect(await lookAt(0)).toEqual({ looked: 1, failed: 0 });
    expect(await lookAt(29)).toEqual({ looked: 0, failed: 0 });
    next = at(90);
    await lookAt(30);
    await lookAt(95);
    expect(looks).toEqual([
      [DANA.userId, 0, 0],
      [DANA.userId, 0, 30],
      [DANA.userId, 30, 95],
    ]);
  });

  it('looks at those who are due together in one transaction', async () => {
    const transactions = new Set<unknown>();
    const watching = newScheduler({
      check_in: async (tx) => {
        transactions.add(tx);
        return null;
      },
    });
    // On a machine that stands still for a second they are let go, and looked at one by one.
    await expect
      .poll(async () => {
        transactions.clear();
        for (let n = 0; n < 30; n++) await reschedule({ workspaceId: TEAM, userId: `U${n}` });
        expect(await lookAt(0, watching)).toEqual({ looked: 30, failed: 0 });
        return transactions.size;
      })
      .toBe(1);
  });

  it('leaves somebody alone for whom nothing will come, until it is woken', async () => {
    await reschedule(DANA);
    await lookAt(0);
    await lookAt(100_000);
    expect(looks).toHaveLength(1);
    expect(await scheduler.nextDue(now)).toBeNull();
    await reschedule(DANA);
    await lookAt(100_001);
    expect(looks.at(-1)).toEqual([DANA.userId, 100_000, 100_001]);
  });

  it('looks earlier where it is woken, and never later', async () => {
    await reschedule(DANA);
    next = at(60);
    await lookAt(0);
    now = at(10);
    await reschedule(DANA);
    expect((await rowOf(DANA)).dueAt).toEqual(at(10));
    await lookAt(10);
    await inTransaction(test.db, (tx) =>
      tx.agenda.updateMany({ data: { dueAt: at(5) } }).then(() => scheduler.reschedule(tx, DANA)),
    );
    expect((await rowOf(DANA)).dueAt).toEqual(at(5));
  });

  it('begins with now for somebody new, and anew where it is restarted', async () => {
    now = at(10);
    await reschedule(DANA);
    next = at(20);
    await lookAt(10);
    now = at(500);
    await restart(DANA);
    next = null;
    await lookAt(501);
    await restart(SAM);
    await lookAt(502);
    expect(looks).toEqual([
      [DANA.userId, 10, 10],
      [DANA.userId, 500, 501],
      [SAM.userId, 501, 502],
    ]);
  });

  it('knows nothing of a reschedule that was rolled back', async () => {
    const failed = inTransaction(test.db, async (tx) => {
      await scheduler.reschedule(tx, DANA);
      throw new Error('rolled back');
    });
    await expect(failed).rejects.toThrow('rolled back');
    expect(await test.db.agenda.count()).toBe(0);
  });

  it('reschedules everybody of a workspace who is on it, and nobody else', async () => {
    const other = { workspaceId: 'T2', userId: DANA.userId };
    for (const who of [DANA, SAM, other]) await reschedule(who);
    await lookAt(0);
    now = at(5);
    await inTransaction(test.db, (tx) => scheduler.rescheduleAll(tx, TEAM));
    expect(await lookAt(5)).toEqual({ looked: 2, failed: 0 });
    expect(await test.db.agenda.count()).toBe(3);
  });

  it('leaves rows alone whose kind nobody registered, as of a newer Bigplan', async () => {
    await inTransaction(test.db, (tx) =>
      newScheduler({ check_in: look, horoscope: look }).reschedule(tx, DANA),
    );
    expect(await lookAt(0)).toEqual({ looked: 1, failed: 0 });
    const before = await rowOf(DANA, 'horoscope');
    await inTransaction(test.db, (tx) => scheduler.rescheduleAll(tx, TEAM));
    await reschedule(DANA);
    expect(await rowOf(DANA, 'horoscope')).toEqual(before);
    expect(await scheduler.nextDue(new Date(0))).toEqual(at(0));
  });

  it('looks once a minute at most, whatever a look asks for', async () => {
    await reschedule(DANA);
    next = at(-5);
    expect(await lookAt(0)).toEqual({ looked: 1, failed: 0 });
    expect((await rowOf(DANA)).dueAt).toEqual(at(1));
  });

  it('waits for whoever changes what somebody gets, and they never for a look that waits for them', async () => {
    const { workspaceId, userId } = DANA;
    await reschedule(DANA);
    let begun = 0;
    const locking = newScheduler({
      check_in: async (tx, who, span) => {
        begun += 1;
        await lockPerson(tx, { workspaceId, userId });
        return look(tx, who, span);
      },
    });
    let looking: Promise<unknown> = Promise.resolve();
    let tries = 0;
    await inTransaction(test.db, async (tx) => {
      tries += 1;
      await lockPerson(tx, { workspaceId, userId });
      if (tries === 1) looking = lookAt(0, locking);
      // Long enough for the look to come as far as it can, and for PostgreSQL to see a deadlock.
      await new Promise((settle) => setTimeout(settle, 500));
      await scheduler.reschedule(tx, DANA);
    });
    expect(await looking).toEqual({ looked: 1, failed: 0 });
    expect([tries, begun, logged]).toEqual([1, 1, []]);
  });

  it('holds nobody up for long because of others who are due with them', async () => {
    let letGo = () => {};
    const held = new Promise<void>((settle) => (letGo = settle));
    const slow = newScheduler({
      check_in: async (tx, who, span) => {
        if (who.userId === SAM.userId) await held;
        return look(tx, who, span);
      },
    });
    for (const who of [DANA, SAM]) await reschedule(who);
    const looking = lookAt(0, slow);
    await expect.poll(() => looks).not.toEqual([]);
    await inTransaction(test.db, (tx) => lockPerson(tx, DANA));
    letGo();
    expect(await looking).toEqual({ looked: 2, failed: 0 });
    expect((await rowOf(SAM)).doneUntil).toEqual(at(0));
  });

  it('is looked at again where it was woken during a look', async () => {
    await reschedule(DANA);
    const waking: Promise<void>[] = [];
    const slow = newScheduler({
      check_in: async () => {
        waking.push(reschedule(DANA));
        await new Promise((settle) => setTimeout(settle, 100));
        return null;
      },
    });
    await lookAt(0, slow);
    await Promise.all(waking);
    expect(await lookAt(0)).toEqual({ looked: 1, failed: 0 });
  });
});

describe('a clock that jumps', () => {
  it('back an hour has nothing done twice', async () => {
    await reschedule(DANA);
    next = at(60);
    await lookAt(0);
    next = at(1_500);
    await lookAt(60);
    await lookAt(0);
    await lookAt(59);
    expect(looks).toHaveLength(2);
    // Woken in the hour that comes again: what was done up to 60 is not looked at again.
    now = at(10);
    await reschedule(DANA);
    await lookAt(11);
    expect(looks.at(-1)).toEqual([DANA.userId, 60, 60]);
    expect((await rowOf(DANA)).doneUntil).toEqual(at(60));
    await lookAt(1_500);
    expect(looks.at(-1)).toEqual([DANA.userId, 60, 1_500]);
  });

  it('back an hour doesn’t bring back what a restart left behind', async () => {
    now = at(60);
    await reschedule(DANA);
    await lookAt(60);
    now = at(0);
    await restart(DANA);
    await lookAt(1);
    expect(looks.at(-1)).toEqual([DANA.userId, 60, 60]);
  });

  it('ahead has all of it looked at once', async () => {
    await reschedule(DANA);
    next = at(10);
    await lookAt(0);
    next = at(200);
    await lookAt(70);
    expect(looks.at(-1)).toEqual([DANA.userId, 0, 70]);
  });
});

describe('a look that fails', () => {
  const troubled = () =>
    newScheduler({
      check_in: async (tx, who, span) => {
        const { workspaceId, userId: personId } = who;
        const row = { workspaceId, personId, kind: 'hello', key: '1', subject: '', dueAt: now };
        await tx.delivery.create({ data: row });
        if (who.userId === SAM.userId) throw new Error('a bug with Sam');
        return look(tx, who, span);
      },
    });

  it('holds up nobody else, leaves nothing behind, and is logged', async () => {
    const people = Array.from({ length: 30 }, (_, n) => ({ workspaceId: TEAM, userId: `U${n}` }));
    for (const who of [SAM, ...people]) await reschedule(who);
    expect(await lookAt(0, troubled())).toEqual({ looked: 31, failed: 1 });
    expect(new Set(looks.map(([userId]) => userId)).size).toBe(30);
    expect(await test.db.delivery.count({ where: { personId: SAM.userId } })).toBe(0);
    expect(await test.db.delivery.count()).toBe(30);
    expect(logged).toMatchObject([{ team: TEAM, person: SAM.userId, kind: 'check_in' }]);
  });

  it('is tried again later and later, on the machine’s clock', async () => {
    await reschedule(SAM);
    const waits: number[] = [];
    for (let n = 0; n < 9; n++) {
      expect(await lookAt(n * 100, troubled())).toEqual({ looked: 1, failed: 1 });
      expect(await lookAt(n * 100 + 99, troubled())).toEqual({ looked: 0, failed: 0 });
      const { retryAt } = await rowOf(SAM);
      expect(await scheduler.retryAt(now)).toEqual(retryAt);
      waits.push(Math.round(((retryAt?.getTime() ?? 0) - Date.now()) / 10_000) * 10);
      await test.db.agenda.updateMany({ data: { retryAt: new Date(Date.now() - 1) } });
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600]);
    await lookAt(900);
    expect(looks).toEqual([[SAM.userId, 0, 900]]);
    expect(await rowOf(SAM)).toMatchObject({ failures: 0, retryAt: null });
    expect(await scheduler.retryAt(now)).toBeNull();
  });

  it('is tried at once where it is woken', async () => {
    await reschedule(SAM);
    await lookAt(0, troubled());
    await reschedule(SAM);
    await lookAt(1);
    expect(looks).toHaveLength(1);
  });
});

describe.each([2, 5])('%i processes', (processes) => {
  it('that tick at the same time look at everybody once', async () => {
    const people = Array.from({ length: 60 }, (_, n) => ({ workspaceId: TEAM, userId: `U${n}` }));
    for (const who of people) await reschedule(who);
    next = at(60);
    const done = await Promise.all(
      Array.from({ length: processes }, () => lookAt(0, newScheduler())),
    );
    expect(done.map(({ looked }) => looked).reduce((a, b) => a + b)).toBe(60);
    expect(looks.map(([userId]) => userId).sort()).toEqual(people.map((who) => who.userId).sort());
  });
});
