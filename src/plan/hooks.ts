import type { Actor } from '../people/deps.ts';
import type { SettledRenewal } from './views/settled-text.ts';

/** What the plan tells and asks of slices that it doesn't know. */
export interface PlanHooks {
  /** A plan's standing has changed by somebody's hand: what shows it elsewhere is stale. */
  changed(repId: string, actor: Actor): void;
  /** What has become of a plan's renewals so far, oldest first. */
  settledRenewals(planId: string): Promise<SettledRenewal[]>;
}
