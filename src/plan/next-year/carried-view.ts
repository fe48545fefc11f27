/** What a plan has carried over from the one before it, in words. */
import { formatDate, formatMoney, formatPercent, type NumberStyle } from '../../slack/format.ts';
import { type Mrkdwn, mrkdwn } from '../../slack/text.ts';
import type { Funnel, Period } from '../schemas.ts';
import type { CarriedFrom } from './draft-after.ts';
import type { CarriedOver } from './next-draft-rules.ts';

const STAGES: Record<keyof Funnel, string> = {
  callToVisit: 'call → visit',
  visitToDemo: 'visit → demo',
  demoToProposal: 'demo → proposal',
  proposalToContract: 'proposal → contract',
  contractToWon: 'contract → won',
};

/** Said once, above the first step of the draft. `after`: the plan that was closed; null: it runs until then. */
export function carriedText(
  { open, again, pipeline, dealSize, rates }: CarriedOver,
  { start }: Period,
  viewer: NumberStyle,
  after: Pick<CarriedFrom, 'closedOn'> | null = null,
): Mrkdwn {
  const { locale } = viewer;
  const renewals = [
    ...(open > 0 ? [`${open} still open`] : []),
    ...(again > 0 ? [`${again} due again a year on`] : []),
  ].join(', ');
  const stages = (Object.keys(STAGES) as (keyof Funnel)[]).flatMap((stage) => {
    const measured = rates[stage];
    return measured
      ? [`${STAGES[stage]} ${formatPercent(measured.rate, locale)} (of ${measured.tries})`]
      : [];
  });
  const carried = [
    'the comp plan',
    ...(renewals === '' ? [] : [`renewals (${renewals})`]),
    ...(pipeline
      ? [
          `open pipeline ${formatMoney(pipeline.newBusiness, viewer)}, as on ${formatDate(pipeline.date, locale, 'date')}`,
        ]
      : []),
    ...(dealSize
      ? [`${formatMoney(dealSize.amount, viewer)} a deal, as ${dealSize.deals} won ones brought`]
      : []),
    ...(stages.length > 0 ? [`rates as measured: ${stages.join(', ')}`] : []),
  ];
  const begins = formatDate(start, locale, 'date');
  const closed = after?.closedOn ? ` on ${formatDate(after.closedOn, locale, 'date')}` : '';
  const before =
    after === null
      ? 'The one that runs counts until then.'
      : `It follows the one that was closed${closed}; what was won under that stays with it.`;
  return mrkdwn`*The plan from ${begins}.* ${before}\n*Carried over:* ${carried.join('; ')}.\n*Asked anew:* goal, expansion, risks. Go through the rest: every number can be changed.`;
}
