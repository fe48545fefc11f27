import type { PersonRef, Store } from '../db/store.ts';
import type { YearSoFar } from './next-year/next-draft-rules.ts';
import type { SettledRenewal } from './reading/summary-view.ts';

/** What the plan tells and asks of slices that it doesn't know. */
export interface PlanHooks {
  /** A plan's standing has changed by somebody's hand: what shows it elsewhere is stale. */
  changed(repId: string, actor: PersonRef): void;
  /** What has become of a plan's renewals so far, oldest first. */
  settledRenewals(planId: string): Promise<SettledRenewal[]>;
  /** What the time under a plan says for the next one, from `from` to `through` (local dates, both in). */
  yearSoFar(
    store: Store,
    span: { rep: PersonRef; planId: string; from: string; through: string },
  ): Promise<YearSoFar>;
}
