import type { Context } from '../../context.ts';
import { inTransaction } from '../../db/transaction.ts';
import type { Review } from '../store.ts';

export const refreshThread = (context: Context, { workspaceId, id }: Review): Promise<void> =>
  inTransaction(context.db, (tx) => context.outbox.refresh(tx, { workspaceId, subject: id }));
