/** What a promise is, whatever it is kept in, and which are open or late. */
import type { ItemOwner } from '../store.ts';

/** `ask`: asked for; `item`: of a recovery plan; `signature`: of a plan; `answer`: before a 1:1;
 * `commitment`: taken on before others, by the reader or about a cause that they named. */
export type PromiseKind = 'ask' | 'item' | 'signature' | 'answer' | 'commitment';

export interface Promised {
  kind: PromiseKind;
  /** Of the row that it is kept in. */
  id: string;
  /** Whose pair it is of: Slack's user ids. */
  repId: string;
  owner: ItemOwner;
  /** Who that is now; null: nobody manages the rep. */
  ownerId: string | null;
  /** In its writer's words; null where what it is says itself. */
  text: string | null;
  /** Of a recovery item or an answer: the month (`YYYY-MM`) at whose review. */
  month: string | null;
  /** Who asked for it, or promised it; null: what it is says itself. */
  createdBy: string | null;
  /** Of a signature: which version. */
  number: number | null;
  /** Local date; null: as soon as it can be. */
  due: string | null;
  /** Null: it is open. */
  done: { at: Date; by: string } | null;
}

export const isOpen = ({ done }: Promised): boolean => done === null;
/** `today`: a local date. */
export const isOverdue = ({ due, done }: Promised, today: string): boolean =>
  done === null && due !== null && due < today;

/** How many of some promises are open, and how many of these overdue. */
export interface Owed {
  open: number;
  overdue: number;
}

export function owedOf(promises: readonly Promised[], today: string): Owed {
  return {
    open: promises.filter(isOpen).length,
    overdue: promises.filter((one) => isOverdue(one, today)).length,
  };
}
