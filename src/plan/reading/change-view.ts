/** The differences between two versions in words. */
import {
  formatCount,
  formatDate,
  formatFactor,
  formatMoney,
  formatPercent,
  type NumberStyle,
} from '../../slack/format.ts';
import { mrkdwn, type SlackText } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { isLocalDate } from '../../time/local-date.ts';
import type { Change } from './diff-rules.ts';

type Kind = 'money' | 'percent' | 'factor' | 'plain';

/** What people call each field, and how its value is written; `*` stands for a row. */
const NAMES: Record<string, [string, Kind]> = {
  currency: ['Currency', 'plain'],
  'period.start': ['Start', 'plain'],
  'period.end': ['End', 'plain'],
  'calendar.workdays': ['Working days', 'plain'],
  'calendar.holidays': ['Public holidays', 'plain'],
  'calendar.timeOff': ['Time off', 'plain'],
  'calendar.country': ['Public holidays of', 'plain'],
  'calendar.region': ['Region', 'plain'],
  goal: ['Goal', 'plain'],
  'goal.income': ['Income goal', 'money'],
  'goal.livingCosts': ['Living costs', 'money'],
  compensation: ['Comp plan', 'plain'],
  'compensation.baseSalary': ['Base salary', 'money'],
  'compensation.quota': ['Quota', 'money'],
  'compensation.rates.renewal': ['Commission on renewals', 'percent'],
  'compensation.rates.expansion': ['Commission on expansion', 'percent'],
  'compensation.rates.newBusiness': ['Commission on new business', 'percent'],
  'compensation.quotaCredit.renewal': ['Renewals count towards quota', 'plain'],
  'compensation.quotaCredit.expansion': ['Expansion counts towards quota', 'plain'],
  'compensation.tiers': ['Accelerators', 'plain'],
  'compensation.cap': ['Commission cap', 'money'],
  'compensation.ramp': ['Ramp', 'plain'],
  pipeline: ['Pipeline', 'plain'],
  'pipeline.xFactor': ['X factor', 'factor'],
  'pipeline.winRate': ['Win rate', 'percent'],
  newBusiness: ['New business', 'plain'],
  'newBusiness.averageDealSize': ['Average deal size', 'money'],
  'newBusiness.salesCycleDays': ['Sales cycle in days', 'plain'],
  'newBusiness.sdr': ['SDRs', 'plain'],
  'newBusiness.sdr.inboundPerMonth': ['Inbound leads a month', 'plain'],
  'newBusiness.sdr.outboundPerMonth': ['Outbound leads a month', 'plain'],
  'newBusiness.sdr.qualificationRate': ['Leads that qualify', 'percent'],
  'newBusiness.sdr.sync': ['SDR sync', 'plain'],
  'newBusiness.selfSourcing.leadIdentification': ['How leads are found', 'plain'],
  'newBusiness.selfSourcing.prospecting': ['How leads are reached', 'plain'],
  sdrPartner: ['SDR partner', 'plain'],
  'sdrPartner.userId': ['SDR partner', 'plain'],
  'sdrPartner.callsPerDay': ['SDR partner’s calls a day', 'plain'],
  'sdrPartner.syncDay': ['SDR sync on', 'plain'],
  'sdrPartner.syncTime': ['SDR sync at', 'plain'],
  callsPerHour: ['Calls an hour', 'plain'],
  'funnel.callToVisit': ['Calls that become visits', 'percent'],
  'funnel.visitToDemo': ['Visits that become demos', 'percent'],
  'funnel.demoToProposal': ['Demos that become proposals', 'percent'],
  'funnel.proposalToContract': ['Proposals that become contracts', 'percent'],
  'funnel.contractToWon': ['Contracts that are won', 'percent'],
  insurance: ['Insurance', 'plain'],
  'insurance.xFactor': ['Insured X factor', 'factor'],
  'insurance.by': ['Insured by', 'plain'],
  'reviews.ordinal': ['Review in the month', 'plain'],
  'reviews.weekday': ['Review on', 'plain'],
  'reviews.time': ['Review at', 'plain'],
  'lifeGoals.*': ['Life goal', 'plain'],
  'lifeGoals.*.label': ['Name', 'plain'],
  'lifeGoals.*.amount': ['Amount', 'money'],
  'lifeGoals.*.by': ['Needed by', 'plain'],
  'renewals.*': ['Renewal', 'plain'],
  'renewals.*.account': ['Account', 'plain'],
  'renewals.*.amount': ['Amount', 'money'],
  'renewals.*.date': ['Renews on', 'plain'],
  'renewals.*.likelihood': ['Likelihood', 'percent'],
  'renewals.*.pressureTested': ['After the pressure test', 'percent'],
  'renewals.*.activity': ['Recent activity', 'plain'],
  'renewals.*.internalRisks': ['Risks on their side', 'plain'],
  'renewals.*.externalRisks': ['Risks from outside', 'plain'],
  'renewals.*.nextActivities': ['Next selling activities', 'plain'],
  'expansion.*': ['Expansion target', 'plain'],
  'expansion.*.account': ['Account', 'plain'],
  'expansion.*.buyingCenter': ['Buying center', 'plain'],
  'expansion.*.target': ['Target', 'money'],
  'expansion.*.split': ['Spread over', 'plain'],
  'callBlocks.*': ['Call block', 'plain'],
  'callBlocks.*.days': ['Days', 'plain'],
  'callBlocks.*.start': ['Start', 'plain'],
  'callBlocks.*.minutes': ['Minutes', 'plain'],
  'overrides.*': ['Overruled number', 'plain'],
  'overrides.*.activity': ['Activity', 'plain'],
  'overrides.*.perDay': ['A day', 'plain'],
  'overrides.*.reason': ['Why', 'plain'],
  'risks.*': ['Risk', 'plain'],
  'risks.*.label': ['Name', 'plain'],
  'risks.*.kind': ['Kind', 'plain'],
  'risks.*.probability': ['Probability', 'percent'],
  'risks.*.impact': ['Impact', 'money'],
  'risks.*.trigger': ['How you will know', 'plain'],
  'risks.*.mitigation': ['What you do then', 'plain'],
};

/** A field's name for people, by its dotted path; the path where a release forgot to name it. */
function fieldName(path: string): [name: string, kind: Kind] {
  return NAMES[path.replace(/\.\d+(?=\.|$)/u, '.*')] ?? [path, 'plain'];
}

function valueText(value: unknown, kind: Kind, viewer: NumberStyle): string {
  if (value === null || value === undefined || value === '') return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') {
    if (kind === 'money') return formatMoney(value, viewer);
    if (kind === 'percent') return formatPercent(value, viewer.locale, 2);
    if (kind === 'factor') return formatFactor(value, viewer.locale);
    return formatCount(value, viewer.locale, 4);
  }
  if (typeof value === 'string') {
    return isLocalDate(value) ? formatDate(value, viewer.locale, 'date') : value;
  }
  if (Array.isArray(value)) {
    const words = value.every((item) => typeof item === 'string' && !isLocalDate(item));
    return words ? value.join(', ') : `${value.length} entries`;
  }
  return 'filled in';
}

/** A line says what a text begins with; the whole of it is in the plan. */
const VALUE_MAX = 150;
const ROW_MAX = 100;

const short = (text: string, max: number) => truncate(text.replace(/\s+/gu, ' '), max);

/** One change as a line: what, from which value, to which. */
export function changeLine(
  { path, row, kind, before, after }: Change,
  viewer: NumberStyle,
): SlackText {
  const [name, valueKind] = fieldName(path);
  const rowName = short(row ?? '', ROW_MAX);
  if (kind === 'added') return mrkdwn`*${name} added:* ${rowName}`;
  if (kind === 'removed') return mrkdwn`*${name} removed:* ${rowName}`;
  const what = row === null ? name : `${rowName}, ${name.toLowerCase()}`;
  const value = (one: unknown) => short(valueText(one, valueKind, viewer), VALUE_MAX);
  return mrkdwn`*${what}:* ${value(before)} → *${value(after)}*`;
}
