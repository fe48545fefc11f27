import type { ModalView } from '@slack/types';
import type { Deps } from '../context.ts';
import type { Mrkdwn, SlackText } from '../slack/text.ts';
import { localDateIn } from '../time/zone.ts';
import { readerOf } from './access.ts';
import { viewerOf } from './currency.ts';
import { openTermsOf } from './draft.ts';
import { meetingHoursOf } from './meeting-hours.ts';
import { liveFigures } from './model/compute.ts';
import { carriedText } from './next-year/carried-view.ts';
import type { OpenPlan } from './on-version.ts';
import type { FoundPlan } from './open-plan.ts';
import { type PlanScreen, planView } from './reading/plan-view.ts';
import { placeOf } from './round/place-rules.ts';
import type { VersionStatus } from './store.ts';
import { showStep } from './wizard/show-step.ts';

/** The plan as its reader sees it on one page. */
export function screenOf(
  plan: OpenPlan,
  { clock }: Pick<Deps, 'clock'>,
  notice?: SlackText,
  settled?: PlanScreen['settled'],
): PlanScreen {
  const reader = readerOf(plan);
  const { draft, planId, status } = plan.version;
  const today = localDateIn(reader.timeZone, clock.now());
  return {
    ...plan,
    place: placeOf({ planId, period: draft.period, status }, plan.plans, today),
    live: liveFigures(openTermsOf(draft)),
    viewer: viewerOf(reader, draft),
    today,
    notice,
    meeting: meetingHoursOf(draft, plan.pair),
    settled,
  };
}

/** Whether what `/bigplan` shows of a version is a step of the wizard. */
export const isInMaking = (status: VersionStatus): boolean =>
  status === 'draft' || status === 'changes_requested';

/** What `/bigplan` shows: the step where the plan was left while it is made, then its one page. */
export function viewOf(
  plan: OpenPlan,
  deps: Pick<Deps, 'clock'>,
  notice?: SlackText,
  settled?: PlanScreen['settled'],
): ModalView {
  if (!isInMaking(plan.version.status)) return planView(screenOf(plan, deps, notice, settled));
  const today = localDateIn(readerOf(plan).timeZone, deps.clock.now());
  return showStep(plan, { today, ...(notice && { notice }) });
}

/** Of a draft that was just begun after a closed plan; undefined where nothing was carried over. */
export function followsText(plan: FoundPlan): Mrkdwn | undefined {
  const { from, version } = plan;
  const viewer = viewerOf(readerOf(plan), version.draft);
  return from ? carriedText(from.carried, version.draft.period, viewer, from) : undefined;
}
