/** What a rep's agreed plan says of their ramp. */
import { planInForce } from '../../activity/plan-in-force.ts';
import type { DatedStore, PersonRef } from '../../db/store.ts';
import { viewerOf } from '../../plan/currency.ts';
import { openTermsOf } from '../../plan/draft.ts';
import { findVersion } from '../../plan/store.ts';
import { rampOn } from './ramp-rules.ts';
import type { ShownRamp } from './ramp-view.ts';

/** Null while both have signed no plan, or it has no comp plan. */
export async function readRamp(
  store: DatedStore,
  rep: PersonRef,
  reader: { locale: string },
): Promise<ShownRamp> {
  const plan = await planInForce(store, rep);
  const version = plan && (await findVersion(store, plan.work.versionId));
  if (!plan || !version) return null;
  const { compensation } = openTermsOf(version.draft);
  if (!compensation) return null;
  const { period, levels, weights, calendar } = plan.work;
  const workdays = calendar.workdays.length;
  const ramped = { components: compensation.components, period, workdays, levels, weights };
  const ramp = rampOn(ramped, plan.zone.dateAt(store.clock.now()));
  return { ramp, style: viewerOf(reader, version.draft) };
}
