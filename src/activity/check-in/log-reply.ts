/** Words in the DM with Bigplan, read as a day's counts. */
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import type { Person } from '../../people/store.ts';
import { escapeText } from '../../slack/text.ts';
import { localDateIn } from '../../time/zone.ts';
import { readCounts } from '../counts/read-counts.ts';
import { wordsReply } from '../delivery-keys.ts';
import type { ActivityDeps } from '../deps.ts';
import type { Counts } from '../schemas.ts';
import { mustHavePlan } from './find-day.ts';
import { recordDay } from './record-day.ts';

/** What is kept of words that were not understood, for asking back. */
export interface UnparsedReply {
  date: string;
  counts: Partial<Counts>;
  words: string;
  /** In mrkdwn. */
  problem: string;
  /** Whether there is a plan to count against: without one, a form leads nowhere. */
  canLog: boolean;
}

const aad = ({ workspaceId, userId }: Person, ts: string) => ({
  team: workspaceId,
  person: userId,
  field: `words:${ts}`,
});

/**
 * Logs what was written, or asks back with the words kept; either way the person is answered, once,
 * however often Slack tells of the message. Returns the date that was logged; null where none was.
 */
export async function logReply(
  deps: ActivityDeps,
  person: Person,
  { text, ts }: { text: string; ts: string },
): Promise<string | null> {
  const { outbox } = deps;
  const today = localDateIn(person.timeZone, deps.clock.now());
  const read = readCounts(text, { locale: person.locale, today });
  const date = read.date ?? today;
  const back = (problem: string, counts: Partial<Counts>, canLog = true) =>
    askBack(deps, person, ts, { date, counts, words: text, problem, canLog });

  const refusal = await whyNoPlan(deps, person);
  if (refusal) {
    await back(refusal.text, {}, false);
    return null;
  }
  if (!read.ok) {
    await back(escapeText(read.problem), read.understood);
    return null;
  }
  try {
    const { day } = await recordDay(deps, person, read, (tx, date) =>
      outbox.enqueue(tx, wordsReply('logged', person, { ts, subject: date })),
    );
    return day.date;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    await back(error.text, {});
    return null;
  }
}

/** Why nothing can be counted for them now; null where it can. */
async function whyNoPlan(deps: ActivityDeps, person: Person): Promise<UserError | null> {
  try {
    await mustHavePlan(deps, person, deps.clock.now());
    return null;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

async function askBack(
  { db, outbox, encryption }: ActivityDeps,
  person: Person,
  ts: string,
  back: UnparsedReply,
): Promise<void> {
  const subject = encryption.encrypt(JSON.stringify(back), aad(person, ts));
  await inTransaction(db, (tx) =>
    outbox.enqueue(tx, wordsReply('unparsedReply', person, { ts, subject })),
  );
}

/** What `askBack` kept. */
export function readUnparsedReply(
  { encryption }: Pick<ActivityDeps, 'encryption'>,
  person: Person,
  { key, subject }: { key: string; subject: string },
): UnparsedReply {
  return JSON.parse(encryption.decrypt(subject, aad(person, key)));
}
