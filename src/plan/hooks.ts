import type { PersonRef } from '../db/store.ts';
import type { SettledRenewal } from './reading/summary-view.ts';

/** What the plan tells and asks of slices that it doesn't know. */
export interface PlanHooks {
  /** A plan's standing has changed by somebody's hand: what shows it elsewhere is stale. */
  changed(repId: string, actor: PersonRef): void;
  /** What has become of a plan's renewals so far, oldest first. */
  settledRenewals(planId: string): Promise<SettledRenewal[]>;
}
