/** Words in the DM with Bigplan, read as a day's counts. */

import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import { lockPerson } from '../../db/lock-people.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import type { Person } from '../../people/store.ts';
import { ACTIVITIES } from '../../plan/schemas.ts';
import { escapeText } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { type CountsRead, type CountsReading, readCounts } from '../counts/read-counts.ts';
import { ACTIVITY_DELIVERY, replyDelivery, wordsKey } from '../delivery-keys.ts';
import { KeptReply } from '../ids.ts';
import type { PlanInForce } from '../plan-in-force.ts';
import { MOST_A_DAY } from '../schemas.ts';
import { findDay, saidCounts } from '../store.ts';
import { dayInWords } from '../words-view.ts';
import { datesMeantAt, isLoggable, loggedPlans, mustHavePlan } from './find-day.ts';
import { recordDay, unsayDay } from './record-day.ts';

/** What is kept of words that were not understood, for asking back. */
const UnparsedReply = KeptReply.extend({
  /** Each way in which they can be meant, which is a button. */
  ways: z.array(KeptReply.pick({ date: true, counts: true })).default([]),
  /** In mrkdwn. */
  problem: z.string(),
  /** Whether there is a plan to count against: without one, a form leads nowhere. */
  canLog: z.boolean(),
});
export type UnparsedReply = z.infer<typeof UnparsedReply>;

/** What a day can be logged as. */
export type LogWay = UnparsedReply['ways'][number];

/** What somebody wrote. */
export interface SaidOfDay {
  text: string;
  /** Slack's time stamp of the message, and of its change. */
  ts: string;
  editedTs?: string | null;
  /** What it said before that change. */
  former?: { text: string; editedTs: string | null } | null;
  /** When it was written, on Bigplan's clock. */
  at: Date;
  /** The time stamp of the message under which it was written; null: under none. */
  threadTs?: string | null;
}

const aad = ({ workspaceId, userId }: Person, key: string) => ({
  workspaceId,
  userId,
  field: `words:${key}`,
});

/** Words as they are understood, and what they can be meant as. */
export interface ReadDay {
  read: CountsRead;
  ways: LogWay[];
  /** Why it has to be asked, in plain words; null: it needn't. */
  problem: string | null;
}

/**
 * Reads what somebody wrote at `at` of a day of theirs. Where no day is named, it is `day`, or by when it was
 * written (see day-meant-rules.ts).
 */
export async function readDay(
  deps: Deps,
  plan: PlanInForce,
  { text, at, day = null }: { text: string; at: Date; day?: string | null },
): Promise<ReadDay> {
  const today = plan.zone.dateAt(at);
  const { locale } = plan.rep;
  const now = deps.clock.now();
  const plans = await loggedPlans(deps, plan, now);
  const canBe = (date: string) => isLoggable(plans, plan.zone.dateAt(now), date);
  const read = readCounts(text, { locale, today, canBe });
  const readings = read.ok ? [read] : read.readings;
  const ways: LogWay[] = [];
  for (const reading of readings) {
    const isGiven = reading.date === null && day !== null;
    const meant = isGiven ? [day] : await datesMeantAt(deps, plan, at, reading.date);
    for (const date of meant) ways.push(await wayOf(deps, plan, reading, date));
  }
  if (!read.ok) return { read, ways, problem: read.problem };
  if (ways.length < 2) return { read, ways, problem: null };
  const [first, second] = ways.map(({ date }) => dayInWords(date, today, locale));
  return { read, ways, problem: `Is that for ${first}, or for ${second}?` };
}

/** What comes on top is shown as what the day has then. */
async function wayOf(
  deps: Deps,
  { rep }: PlanInForce,
  { counts, adds }: CountsReading,
  date: string,
): Promise<LogWay> {
  if (Object.keys(adds).length === 0) return { date, counts };
  const had = saidCounts(await findDay(deps, rep, date));
  const sums = ACTIVITIES.flatMap((one) => {
    const add = adds[one];
    return add === undefined
      ? []
      : [[one, Math.min(MOST_A_DAY, (counts[one] ?? had[one]) + add)] as const];
  });
  return { date, counts: { ...counts, ...Object.fromEntries(sums) } };
}

/**
 * Logs what was written, or asks back with the words kept; either way the person is answered, once,
 * however often Slack tells of the message.
 */
export async function logReply(deps: Deps, person: Person, said: SaidOfDay): Promise<void> {
  const { outbox, clock } = deps;
  const found = await planOrWhyNot(deps, person);
  const words = { date: '', counts: {}, ways: [], words: said.text };
  if (found instanceof UserError) {
    return askBack(deps, person, said, { ...words, problem: found.text, canLog: false });
  }
  const { plan } = found;
  const { at, text } = said;
  const former = await formerlySaid(deps, plan, said);
  const day = former?.date ?? (await threadDay(deps, person, said));
  const { read, ways, problem } = await readDay(deps, plan, { text, at, day });
  const [way] = ways;
  const date = way?.date ?? day ?? plan.zone.dateAt(clock.now());
  const back = (reason: string, counts: LogWay['counts'], all: LogWay[] = []) =>
    askBack(
      deps,
      person,
      { ...said, uncounted: read.uncounted },
      {
        ...words,
        date,
        counts,
        ways: all,
        problem: former ? `${reason} What you wrote before stays logged.` : reason,
        canLog: true,
      },
    );
  if (!read.ok || problem !== null) {
    return back(escapeText(problem ?? ''), ways.length === 1 ? (way?.counts ?? {}) : {}, ways);
  }
  if (former && isSame(former, { ...read, date })) return;
  const key = wordsKey(said, read.uncounted);
  const instead = former?.date === date ? former : null;
  try {
    await recordDay(deps, person, { ...read, date, ...(instead && { instead }) }, async (tx) => {
      // Slack tells of it once more, and what is known of the day has changed since it was asked back.
      if (await isAnswered(deps, person, 'unparsedReply', wordsKey(said), tx)) return false;
      const reply = replyDelivery('logged', person, { key, subject: date });
      const isNew = await outbox.enqueue(tx, reply);
      if (isNew && former && !instead) await unsayDay(deps, tx, person, former);
      return isNew;
    });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    await back(error.text, {});
  }
}

type Logged = CountsReading & { date: string; isFirst: boolean };

const isSame = (one: Logged, other: CountsReading) =>
  one.date === other.date &&
  isDeepStrictEqual(one.counts, other.counts) &&
  isDeepStrictEqual(one.adds, other.adds);

/** What the words had logged before they were changed; null where they had not. */
async function formerlySaid(
  { outbox }: Deps,
  { rep, zone }: PlanInForce,
  { ts, at, former }: SaidOfDay,
): Promise<Logged | null> {
  if (!former) return null;
  const read = readCounts(former.text, { locale: rep.locale, today: zone.dateAt(at) });
  if (!read.ok) return null;
  const key = wordsKey({ ts, editedTs: former.editedTs }, read.uncounted);
  const { workspaceId, userId } = rep;
  const kind = ACTIVITY_DELIVERY.logged;
  const [answer] = await outbox.find({ workspaceId, userId, kind, key });
  const { counts, adds } = read;
  return answer ? { counts, adds, date: answer.subject, isFirst: former.editedTs === null } : null;
}

/** What the index over subjects holds; the whole of somebody's words stands in the conversation. */
const MOST_ENCRYPTED = 2_500;

/** Their plan; or why nothing can be counted for them now. */
async function planOrWhyNot(
  deps: Deps,
  person: Person,
): Promise<{ plan: PlanInForce } | UserError> {
  try {
    return await mustHavePlan(deps, person, deps.clock.now());
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

/** The day of the message under which they wrote; null where that is about none. */
async function threadDay(
  { outbox }: Deps,
  { workspaceId, userId }: Person,
  { threadTs }: SaidOfDay,
): Promise<string | null> {
  if (!threadTs) return null;
  for (const kind of ['checkIn', 'reminder', 'logged'] as const) {
    const all = await outbox.find({ workspaceId, userId, kind: ACTIVITY_DELIVERY[kind] });
    const root = all.find(({ message }) => message?.ts === threadTs);
    if (root) return root.subject;
  }
  return null;
}

async function askBack(
  deps: Deps,
  person: Person,
  { uncounted = [], ...said }: SaidOfDay & { uncounted?: readonly string[] },
  back: UnparsedReply,
): Promise<void> {
  const { db, outbox, encryption } = deps;
  const key = wordsKey(said);
  const encrypted = (most: number) => {
    const kept = { ...back, words: truncate(back.words, most) };
    return encryption.encrypt(JSON.stringify(kept satisfies UnparsedReply), aad(person, key));
  };
  let most = Math.min(back.words.length, MOST_ENCRYPTED);
  while (encrypted(most).length > MOST_ENCRYPTED) most = Math.floor(most * 0.9);
  const subject = encrypted(most);
  await inTransaction(db, async (tx) => {
    await lockPerson(tx, person);
    if (await isAnswered(deps, person, 'logged', wordsKey(said, uncounted), tx)) return;
    await outbox.enqueue(tx, replyDelivery('unparsedReply', person, { key, subject }));
  });
}

/** Whether the words have been answered in that way before. */
async function isAnswered(
  { outbox }: Deps,
  { workspaceId, userId }: Person,
  kind: 'logged' | 'unparsedReply',
  key: string,
  tx: Tx,
): Promise<boolean> {
  const found = await outbox.find({ workspaceId, userId, kind: ACTIVITY_DELIVERY[kind], key }, tx);
  return found.length > 0;
}

/** What `askBack` kept. */
export function readUnparsedReply(
  { encryption }: Pick<Deps, 'encryption'>,
  person: Person,
  { key, subject }: { key: string; subject: string },
): UnparsedReply {
  return UnparsedReply.parse(JSON.parse(encryption.decrypt(subject, aad(person, key))));
}
