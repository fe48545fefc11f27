/** Everything that one of a pair has promised the other: in one list, whoever it is of (spec D2). */
import type { Context } from '../../context.ts';
import type { Person } from '../../people/store.ts';
import { localDateIn } from '../../time/zone.ts';
import { causesTakenFor } from '../commitments/heard.ts';
import { type Commitment, commitmentsOwnedBy } from '../commitments/store.ts';
import { type ItemOwner, itemsOfEach, monthsOf } from '../store.ts';
import type { Promised } from './rules.ts';
import { asksOfEach, waitingAnswers, waitingSignatures } from './store.ts';

/** A rep with whoever manages them now, by Slack's user ids. */
export interface PairIds {
  repId: string;
  managerId: string | null;
}

/** What is done stays in the list for so long, to be taken back. */
const SHOWN_MS = 3 * 86_400_000;

const doneOf = ({ doneAt, doneBy }: { doneAt: Date | null; doneBy: string | null }) =>
  doneAt && doneBy !== null ? { at: doneAt, by: doneBy } : null;

/** By when they are due, what has no date first. Asks as often for many pairs as for one. */
export async function promisesOf(
  deps: Pick<Context, 'db' | 'encryption' | 'clock'>,
  workspaceId: string,
  pairs: readonly PairIds[],
  timeZone: string,
): Promise<Promised[]> {
  if (pairs.length === 0) return [];
  const repIds = pairs.map(({ repId }) => repId);
  const since = new Date(deps.clock.now().getTime() - SHOWN_MS);
  const managers = new Map(pairs.map(({ repId, managerId }) => [repId, managerId]));
  const ownerId = (repId: string, owner: ItemOwner) =>
    owner === 'rep' ? repId : (managers.get(repId) ?? null);
  const asks = await asksOfEach(deps, workspaceId, repIds, since);
  const items = await itemsOfEach(deps, workspaceId, repIds, since);
  const months = await monthsOf(deps.db, items);
  const signatures = await waitingSignatures(deps.db, workspaceId, repIds);
  const answers = await waitingAnswers(deps.db, workspaceId, repIds);
  const all: Promised[] = [
    ...signatures.map(({ versionId, repId, number, proposedBy }): Promised => {
      const owner = proposedBy === repId ? 'manager' : 'rep';
      const nothing = { text: null, month: null, createdBy: null, due: null, done: null };
      const whose = { owner, ownerId: ownerId(repId, owner) } as const;
      return { kind: 'signature', id: versionId, repId, ...whose, number, ...nothing };
    }),
    ...answers.map(
      ({ reviewId, repId, month, meetingAt }): Promised => ({
        kind: 'answer',
        id: reviewId,
        repId,
        owner: 'rep',
        ownerId: repId,
        text: null,
        month,
        createdBy: null,
        number: null,
        due: meetingAt && localDateIn(timeZone, meetingAt),
        done: null,
      }),
    ),
    ...asks.map(
      (ask): Promised => ({
        kind: 'ask',
        id: ask.id,
        repId: ask.repId,
        owner: ask.owner,
        ownerId: ownerId(ask.repId, ask.owner),
        text: ask.text,
        month: null,
        createdBy: ask.createdBy,
        number: null,
        due: ask.due,
        done: doneOf(ask),
      }),
    ),
    ...items.map(
      (item): Promised => ({
        kind: 'item',
        id: item.id,
        repId: item.repId,
        owner: item.owner,
        ownerId: ownerId(item.repId, item.owner),
        text: item.text,
        month: months.get(item.reviewId) ?? null,
        createdBy: item.createdBy,
        number: null,
        due: item.due,
        done: doneOf(item),
      }),
    ),
  ];
  return byDue(all);
}

const byDue = (promises: Promised[]): Promised[] =>
  promises.sort((a, b) => ((a.due ?? '') < (b.due ?? '') ? -1 : 1));

/**
 * What somebody reads of their own: with their pairs, what they took on before others, and what others took on
 * of the causes that they named.
 */
export async function promisesFor(
  deps: Pick<Context, 'db' | 'encryption' | 'clock'>,
  reader: Person,
  pairs: readonly PairIds[],
): Promise<Promised[]> {
  const { workspaceId, userId, timeZone } = reader;
  const today = localDateIn(timeZone, deps.clock.now());
  const since = new Date(deps.clock.now().getTime() - SHOWN_MS);
  const taken = await commitmentsOwnedBy(deps, workspaceId, [userId], since);
  const theirs = (await causesTakenFor(deps, reader, today)).filter(
    ({ ownerId, doneAt }) => ownerId !== userId && (doneAt === null || doneAt >= since),
  );
  const commitments = [...taken, ...theirs].map((one) => committed(one, userId));
  return byDue([...(await promisesOf(deps, workspaceId, pairs, timeZone)), ...commitments]);
}

const committed = (
  { id, ownerId, text, due, createdBy, doneAt, doneBy }: Commitment,
  readerId: string,
): Promised => ({
  kind: 'commitment',
  id,
  repId: readerId,
  owner: ownerId === readerId ? 'rep' : 'manager',
  ownerId,
  text,
  month: null,
  createdBy,
  number: null,
  due,
  done: doneOf({ doneAt, doneBy }),
});
