import type { Store } from '../../db/store.ts';
import { type Changed, diffDrafts } from '../reading/diff-rules.ts';
import {
  type ChangeRequest,
  draftProposed,
  proposalsOf,
  type Version,
  versionBefore,
} from '../store.ts';

/** What whoever opens a version has to know beside it. */
export interface PlanNews {
  /** The last request for changes; null where the version is agreed, or nobody asked. */
  request: ChangeRequest | null;
  /** Of a proposal: what whoever is asked again hasn't read yet; null of a first one. */
  changed: Changed | null;
}

/** `request`: the last one for changes, however the version went on. */
export async function findNews(
  store: Store,
  version: Version,
  request: ChangeRequest | null,
): Promise<PlanNews> {
  switch (version.status) {
    case 'draft':
    case 'changes_requested':
      return { request, changed: null };
    case 'proposed':
      return { request, changed: await changedSinceRead(store, version) };
    default:
      return { request: null, changed: null };
  }
}

async function changedSinceRead(store: Store, version: Version): Promise<Changed | null> {
  const before = lastRead(await proposalsOf(store.db, version.id), version.number === 1);
  const draft = before && (await draftProposed(store, version, before.id));
  if (before && draft) {
    return { since: { proposedAt: before.at }, changes: diffDrafts(draft, version.draft) };
  }
  const previous = await versionBefore(store, version);
  return (
    previous && {
      since: { version: previous.number },
      changes: diffDrafts(previous.draft, version.draft),
    }
  );
}

type Proposals = Awaited<ReturnType<typeof proposalsOf>>;

/**
 * The proposal that the other one has surely read: the last one that they answered. Of a first version
 * that nobody answered, the first: nothing is left out then, whichever of them was read.
 */
function lastRead(moves: Proposals, isFirst: boolean): Proposals[number] | null {
  const isProposal = ({ kind }: Proposals[number]) => kind === 'proposed';
  const answered = moves.findLastIndex((move) => !isProposal(move));
  if (answered >= 0) return moves.slice(0, answered).findLast(isProposal) ?? null;
  const proposals = moves.filter(isProposal);
  return isFirst && proposals.length > 1 ? (proposals[0] ?? null) : null;
}
