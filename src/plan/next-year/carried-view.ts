/** What a plan has carried over from the one before it, in words. */
import { formatDate, formatMoney, formatPercent, type NumberStyle } from '../../slack/format.ts';
import { type Mrkdwn, mrkdwn } from '../../slack/text.ts';
import type { Funnel, Period } from '../schemas.ts';
import type { CarriedOver } from './next-draft-rules.ts';

const STAGES: Record<keyof Funnel, string> = {
  callToVisit: 'call → visit',
  visitToDemo: 'visit → demo',
  demoToProposal: 'demo → proposal',
  proposalToContract: 'proposal → contract',
  contractToWon: 'contract → won',
};

/** Said once, above the first step of the draft. */
export function carriedText(
  { open, again, pipeline, dealSize, rates }: CarriedOver,
  { start }: Period,
  viewer: NumberStyle,
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
  return mrkdwn`*The plan from ${begins}.* The one that runs counts until then.\n*Carried over:* ${carried.join('; ')}.\n*Asked anew:* goal, expansion, risks. Go through the rest: every number can be changed.`;
}
