/** Four contacts (spec B7): who is under four and quiet, and how far a touch brings a prospect. */
import { daysBetween } from '../../time/local-date.ts';
import {
  PROSPECT_STAGES,
  type ProspectList,
  type ProspectStage,
  type ProspectState,
  type TouchKind,
} from './schemas.ts';

/** A prospect needs at least so many touches. */
export const LEAST_TOUCHES = 4;
/** So many days without a touch are quiet. */
export const QUIET_DAYS = 7;
/** After so many, a prospect leaves the list by itself. A touch brings it back. */
export const ARCHIVED_DAYS = 120;
/** For so long a tap puts one off. */
export const SNOOZE_DAYS = 14;

/** The name as it is compared: without case, marks at its edges, and spaces that nobody sees. */
export function nameKeyOf(name: string): string {
  const plain = name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
  const bare = plain.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
  return bare === '' ? plain : bare;
}

interface Standing {
  state: ProspectState;
  snoozedUntil: string | null;
  lastTouchOn: string | null;
}

/** In which list a prospect stands on a local date. */
export function listOf(
  { state, snoozedUntil, lastTouchOn }: Standing,
  today: string,
): Exclude<ProspectList, 'all'> {
  if (state !== 'open') return state;
  if (snoozedUntil !== null && snoozedUntil > today) return 'snoozed';
  const isSilent = lastTouchOn !== null && daysBetween(lastTouchOn, today) > ARCHIVED_DAYS;
  return isSilent ? 'archived' : 'open';
}

/** Those that are open, had fewer than four touches and are quiet; who has waited longest comes first. */
export function quietUnderFour<P extends Standing & { touches: number; name: string }>(
  prospects: readonly P[],
  today: string,
): P[] {
  const since = ({ lastTouchOn }: P) => lastTouchOn ?? '';
  return prospects
    .filter((one) => {
      if (listOf(one, today) !== 'open' || one.touches >= LEAST_TOUCHES) return false;
      return one.lastTouchOn === null || daysBetween(one.lastTouchOn, today) >= QUIET_DAYS;
    })
    .sort((a, b) => (since(a) === since(b) ? 0 : since(a) < since(b) ? -1 : 1));
}

const STAGE_OF_KIND: Partial<Record<TouchKind, ProspectStage>> = {
  visit: 'visit',
  meeting: 'visit',
  demo: 'demo',
  proposal: 'proposal',
  contract: 'contract',
};

/** The stage that such a touch is itself; null: none. */
export const stageOfKind = (kind: TouchKind): ProspectStage | null => STAGE_OF_KIND[kind] ?? null;

/** The later of two stages. */
export function furthest(
  one: ProspectStage | null,
  other: ProspectStage | null,
): ProspectStage | null {
  const place = (stage: ProspectStage | null) =>
    stage === null ? -1 : PROSPECT_STAGES.indexOf(stage);
  return place(one) >= place(other) ? one : other;
}
