/** Words in the DM with Bigplan, read as a day's counts. */

import { z } from 'zod';
import type { Deps } from '../../context.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import type { Person } from '../../people/store.ts';
import { escapeText } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { localDateIn } from '../../time/zone.ts';
import { readCounts } from '../counts/read-counts.ts';
import { replyDelivery } from '../delivery-keys.ts';
import { KeptReply } from '../ids.ts';
import type { Counts } from '../schemas.ts';
import { mustHavePlan } from './find-day.ts';
import { recordDay } from './record-day.ts';

/** What is kept of words that were not understood, for asking back. */
const UnparsedReply = KeptReply.extend({
  /** In mrkdwn. */
  problem: z.string(),
  /** Whether there is a plan to count against: without one, a form leads nowhere. */
  canLog: z.boolean(),
});
export type UnparsedReply = z.infer<typeof UnparsedReply>;

const aad = ({ workspaceId, userId }: Person, ts: string) => ({
  workspaceId,
  userId,
  field: `words:${ts}`,
});

/**
 * Logs what was written, or asks back with the words kept; either way the person is answered, once,
 * however often Slack tells of the message.
 */
export async function logReply(
  deps: Deps,
  person: Person,
  { text, ts }: { text: string; ts: string },
): Promise<void> {
  const { outbox } = deps;
  const today = localDateIn(person.timeZone, deps.clock.now());
  const read = readCounts(text, { locale: person.locale, today });
  const date = read.date ?? today;
  const back = (problem: string, counts: Partial<Counts>, canLog = true) =>
    askBack(deps, person, ts, { date, counts, words: text, problem, canLog });

  const refusal = await whyNoPlan(deps, person);
  if (refusal) return back(refusal.text, {}, false);
  if (!read.ok) return back(escapeText(read.problem), read.understood);
  try {
    await recordDay(deps, person, read, (tx, date) =>
      outbox.enqueue(tx, replyDelivery('logged', person, { ts, subject: date })),
    );
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    await back(error.text, {});
  }
}

/** What the index over subjects holds; the whole of somebody's words stands in the conversation. */
const MOST_ENCRYPTED = 2_500;

/** Why nothing can be counted for them now; null where it can. */
async function whyNoPlan(deps: Deps, person: Person): Promise<UserError | null> {
  try {
    await mustHavePlan(deps, person, deps.clock.now());
    return null;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

async function askBack(
  { db, outbox, encryption }: Deps,
  person: Person,
  ts: string,
  back: UnparsedReply,
): Promise<void> {
  const encrypted = (most: number) => {
    const kept = { ...back, words: truncate(back.words, most) };
    return encryption.encrypt(JSON.stringify(kept satisfies UnparsedReply), aad(person, ts));
  };
  let most = Math.min(back.words.length, MOST_ENCRYPTED);
  while (encrypted(most).length > MOST_ENCRYPTED) most = Math.floor(most * 0.9);
  const subject = encrypted(most);
  await inTransaction(db, (tx) =>
    outbox.enqueue(tx, replyDelivery('unparsedReply', person, { ts, subject })),
  );
}

/** What `askBack` kept. */
export function readUnparsedReply(
  { encryption }: Pick<Deps, 'encryption'>,
  person: Person,
  { key, subject }: { key: string; subject: string },
): UnparsedReply {
  return UnparsedReply.parse(JSON.parse(encryption.decrypt(subject, aad(person, key))));
}
