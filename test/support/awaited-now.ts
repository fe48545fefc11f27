/** Messages that somebody waits for, one of each kind to a pair of its own, all due at this minute. */
import { randomUUID } from 'node:crypto';
import type { Tx } from '../../src/db/client.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import type { NewDelivery } from '../../src/outbox/delivery.ts';
import { ensureTeam, savePerson, saveRequest } from '../../src/people/store.ts';
import { questionDelivery } from '../../src/people/team/messages.ts';
import { changesRequested, proposed } from '../../src/plan/approval/messages.ts';
import { addPlan, addVersion, findVersion, moveTo, type Version } from '../../src/plan/store.ts';
import { askedOrder, reviewOrder } from '../../src/review/deliveries.ts';
import { saveAsk } from '../../src/review/promises/store.ts';
import { addDays } from '../../src/time/local-date.ts';
import { everyDayDraft } from './agreed-rep.ts';
import { type TestDb, testEncryption } from './db.ts';
import { zoneAtNoon } from './due-now.ts';
import { makeReviewDue, makeReviewTeams } from './reviews-due.ts';
import { TEAM } from './slack.ts';

export interface AwaitedPair {
  kind: string;
  rep: string;
  manager: string;
  /** Who has caused it, and is to hear where it doesn't arrive. */
  sender: string;
  reader: string;
}

interface Cause {
  sender: 'rep' | 'manager';
  /** What is there before, in transactions of its own. */
  before?(test: Pick<TestDb, 'db'>, pairs: readonly AwaitedPair[]): Promise<void>;
  /** What brings it. */
  order(tx: Tx, pair: AwaitedPair, at: Date): Promise<NewDelivery>;
}

const HOUR_MS = 3_600_000;
const ref = (userId: string) => ({ workspaceId: TEAM, userId });

async function planOf(tx: Tx, { rep }: AwaitedPair, at: Date): Promise<Version> {
  const store = { db: tx, encryption: testEncryption() };
  const act = { actorId: rep, at, comment: null };
  const plan = await addPlan(store, { workspaceId: TEAM, repId: rep });
  const id = await addVersion(store, plan, { number: 1, draft: everyDayDraft(), ...act });
  const drafted = await found(tx, id);
  await moveTo(store, drafted, 'proposed', { kind: 'proposed', ...act });
  return found(tx, id);
}

async function found(tx: Tx, id: string): Promise<Version> {
  const version = await findVersion({ db: tx, encryption: testEncryption() }, id);
  if (!version) throw new Error('no version');
  return version;
}

const CAUSES: Record<string, Cause> = {
  plan_proposed: {
    sender: 'rep',
    order: async (tx, pair, at) => proposed(await planOf(tx, pair, at), ref(pair.manager)),
  },
  plan_changes_requested: {
    sender: 'manager',
    async order(tx, pair, at) {
      const version = await planOf(tx, pair, at);
      await moveTo({ db: tx, encryption: testEncryption() }, version, 'changes_requested', {
        kind: 'changes_requested',
        actorId: pair.manager,
        at,
        comment: 'Fewer calls',
      });
      return changesRequested(await found(tx, version.id), ref(pair.rep));
    },
  },
  team_question: {
    sender: 'manager',
    async order(tx, { rep, manager }, askedAt) {
      await tx.person.updateMany({ where: { userId: rep }, data: { teamId: null } });
      await tx.person.updateMany({ where: { userId: manager }, data: { manager: true } });
      const { id: teamId } = await ensureTeam(tx, ref(manager));
      return questionDelivery(
        await saveRequest(tx, { workspaceId: TEAM, repId: rep, teamId, askedAt }),
      );
    },
  },
  review_prep: {
    sender: 'manager',
    async before({ db }, pairs) {
      const teams = pairs.map(({ rep, manager }) => ({
        managerId: manager,
        channelId: `C0${manager}`,
        repIds: [rep],
      }));
      await makeReviewTeams({ db, encryption: testEncryption() }, teams);
    },
    async order(tx, { rep }, at) {
      const store = { db: tx, encryption: testEncryption() };
      const deadline = new Date(at.getTime() + 3 * HOUR_MS);
      return reviewOrder('prep', ref(rep), await makeReviewDue(store, rep, deadline));
    },
  },
  promise_asked: {
    sender: 'rep',
    async order(tx, { rep, manager }, createdAt) {
      const ask = {
        id: randomUUID(),
        workspaceId: TEAM,
        repId: rep,
        owner: 'manager' as const,
        text: 'A battle card for Acme',
        due: addDays(createdAt.toISOString().slice(0, 10), 7),
        doneAt: null,
        doneBy: null,
        removedAt: null,
        createdBy: rep,
        createdAt,
      };
      await saveAsk({ db: tx, encryption: testEncryption() }, ask);
      return askedOrder(ref(manager), ask);
    },
  },
};

export const AWAITED_KINDS = Object.keys(CAUSES);

/** So many pairs of each kind; nobody is in two of them. */
export function awaitedPairs(each: number): AwaitedPair[] {
  return Object.entries(CAUSES).flatMap(([kind, cause], k) =>
    Array.from({ length: each }, (_, n) => {
      const [rep, manager] = [`U0R${k}X${n}`, `U0M${k}X${n}`];
      const reader = cause.sender === 'rep' ? manager : rep;
      return { kind, rep, manager, reader, sender: reader === rep ? manager : rep };
    }),
  );
}

/** Makes the people, and has each of the messages caused this minute, as the app leaves them. */
export async function makeAwaitedNow(
  test: Pick<TestDb, 'db'>,
  pairs: readonly AwaitedPair[],
): Promise<void> {
  const { db } = test;
  const at = new Date();
  const facts = { locale: 'en-US', slackAdmin: false, deactivated: false, outsider: false };
  const known = { ...facts, bot: false, timeZone: zoneAtNoon(at) };
  for (const pair of pairs) {
    for (const userId of [pair.rep, pair.manager]) {
      await savePerson(db, ref(userId), { ...known, name: userId }, at);
    }
    await inTransaction(db, async (tx) => {
      const { id: teamId } = await ensureTeam(tx, ref(pair.manager));
      await tx.person.updateMany({ where: { userId: pair.rep }, data: { teamId } });
    });
  }
  for (const [kind, { before, order }] of Object.entries(CAUSES)) {
    const own = pairs.filter((pair) => pair.kind === kind);
    await before?.(test, own);
    for (const pair of own) {
      await inTransaction(db, async (tx) => {
        const { workspaceId, userId: personId, ...planned } = await order(tx, pair, at);
        await tx.delivery.create({ data: { workspaceId, personId, ...planned, dueAt: at } });
      });
    }
  }
}
