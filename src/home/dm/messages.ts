/** The answer to words in the DM that are no report: sent once, however often Slack tells of them. */
import { z } from 'zod';
import { reachable } from '../../activity/can-notify.ts';
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { INTENTS, type ReadIntent } from '../../input/intents.ts';
import { keyFor } from '../../outbox/delivery.ts';
import { messageKind } from '../../outbox/message.ts';
import { answerTo } from './answer.ts';

/** Key: the words' ts; subject: what they ask, encrypted. */
const KIND = 'dm_answer';

const Question = z.object({ intent: z.enum(INTENTS), about: z.string() });

const aad = ({ workspaceId, userId }: PersonRef, key: string) => ({
  workspaceId,
  userId,
  field: `asked:${key}`,
});

/** Promises the answer. */
export function keepQuestion(
  { db, outbox, encryption }: Pick<Context, 'db' | 'outbox' | 'encryption'>,
  person: PersonRef,
  { ts, intent, about }: ReadIntent & { ts: string },
): Promise<boolean> {
  const asked = JSON.stringify({ intent, about } satisfies z.infer<typeof Question>);
  const subject = encryption.encrypt(asked, aad(person, ts));
  return inTransaction(db, (tx) => outbox.enqueue(tx, { ...keyFor(person, KIND, ts), subject }));
}

export const answerKind = (context: Context) =>
  messageKind({
    kind: KIND,
    weight: 'answer',
    async load({ reader, key, subject }) {
      const person = await reachable(context, reader);
      if (!person) return null;
      const asked = context.encryption.decrypt(subject, aad(reader, key));
      return answerTo(context, person, Question.parse(JSON.parse(asked)));
    },
    render: (answer) => answer,
  });
