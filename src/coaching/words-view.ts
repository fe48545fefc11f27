/** The words that coaching hours and objections share. */

import { STAGE_ENDS } from '../activity/pace/stage-rate-rules.ts';
import { counted, STAGE_NAMES } from '../activity/words-view.ts';
import { ACTIVITY_NAMES } from '../plan/words.ts';
import { formatCount, formatPercent } from '../slack/format.ts';
import { type Mrkdwn, mrkdwn } from '../slack/text.ts';
import { type Evidence, stretchShare } from './hour/evidence-rules.ts';
import type { ObjectionCount } from './objections/group-rules.ts';
import type { FollowUp, Metric, ObjectionGroup, Reviewed } from './schemas.ts';

export const REVIEWED_NAMES: Record<Reviewed, string> = {
  cold_call: 'Cold call',
  first_meeting: 'First meeting',
  demo: 'Demo',
  proposal: 'Proposal',
  negotiation: 'Negotiation',
  written: 'E-mails or messages',
  role_play: 'Role-play',
};

export const METRIC_NAMES: Record<Metric, string> = {
  ...STAGE_NAMES,
  ...ACTIVITY_NAMES,
};

export const OBJECTION_NAMES: Record<ObjectionGroup, string> = {
  price: 'Price or budget',
  timing: 'Timing: not now',
  need: 'No need: fine as it is',
  trust: 'Trust: proof, references',
  authority: 'Authority: somebody else decides',
  competitor: 'A competitor',
  product: 'Product: something is missing',
  effort: 'Effort: switching, roll-out',
  contract: 'Contract, legal, security',
  other: 'Something else',
};

/** Within a sentence. */
const OBJECTION_SHORT: Record<ObjectionGroup, string> = {
  price: 'price',
  timing: 'timing',
  need: 'need',
  trust: 'trust',
  authority: 'authority',
  competitor: 'competitor',
  product: 'product',
  effort: 'effort',
  contract: 'contract',
  other: 'something else',
};

export const objectionInLine = (about: ObjectionGroup): string => OBJECTION_SHORT[about];

/** `price 3 (1 handled), timing 2 (both handled)`. */
export function objectionsText(counts: readonly ObjectionCount[], locale: string): string {
  return counts
    .map(({ about, count, handled }) => {
      const of = handled === count ? 'all handled' : `${formatCount(handled, locale)} handled`;
      return `${OBJECTION_SHORT[about]} ${formatCount(count, locale)} (${of})`;
    })
    .join(', ');
}

/** The one number worth talking about, never called weak within chance. */
export function evidenceText(evidence: Evidence, locale: string): Mrkdwn {
  switch (evidence.kind) {
    case 'unknown':
      return mrkdwn`Too little is logged yet to tell one stage from another: listen to a call instead.`;
    case 'fine':
      return mrkdwn`Every stage that can be judged is at plan: ask what works.`;
    case 'weak':
      return mrkdwn`${stageText(evidence, locale)}: under plan beyond chance.`;
    case 'nearest':
      return mrkdwn`Nothing is off beyond chance. Nearest to it: ${stageText(evidence, locale)} ≈ within chance.`;
  }
}

function stageText(
  { stage, n, rate, low, high, plan }: Extract<Evidence, { kind: 'weak' | 'nearest' }>,
  locale: string,
): Mrkdwn {
  const percent = (fraction: number) => formatPercent(fraction, locale);
  const tries = counted(STAGE_ENDS[stage].from, n, locale);
  return mrkdwn`${STAGE_NAMES[stage]} *${percent(rate)}* (plan ${percent(plan)}, likely ${percent(low)}–${percent(high)}, ${tries})`;
}

const OUTCOME_WORDS: Record<FollowUp['outcome'], string> = {
  better: 'better, beyond chance',
  worse: 'worse, beyond chance',
  chance: '≈ within chance',
  few: 'too few to say',
};

/** `Demo → proposal 64% since (18 of 28), 51% before (21 of 41): ≈ within chance`. */
export function followUpText(metric: Metric, followUp: FollowUp, locale: string): Mrkdwn {
  const of = ({ n, k }: FollowUp['before']) => {
    const share = stretchShare({ days: 0, n, k });
    const counts = `${formatCount(k, locale)} of ${formatCount(n, locale)}`;
    return share === null ? counts : `${formatPercent(share, locale)} (${counts})`;
  };
  const { before, since, outcome } = followUp;
  return mrkdwn`${METRIC_NAMES[metric]} ${of(since)} since, ${of(before)} before: *${OUTCOME_WORDS[outcome]}*`;
}
