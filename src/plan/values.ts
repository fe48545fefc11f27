/** What each value of a plan is called and of which kind it is: for the forms, the versions and the files. */
import type { NumberStyle } from '../slack/format.ts';
import type { SlackText } from '../slack/text.ts';
import { type Level, LIST_IDS, type ListId, type PlanDraft } from './draft.ts';
import type { Guarantee, Pays } from './schemas.ts';
import {
  bonusesValue,
  type ChangeMoney,
  choiceValue,
  countryValue,
  countValue,
  dateValue,
  entriesValue,
  factorValue,
  guaranteeValue,
  layersValue,
  levelValue,
  moneyValue,
  monthValue,
  notesValue,
  ofHundredValue,
  otherPayValue,
  paysValue,
  personValue,
  rampValue,
  shareValue,
  someMoneyValue,
  textValue,
  tiersValue,
  timeValue,
  type Value,
  weekdaysValue,
  weekdayValue,
  yesNoValue,
} from './value-kinds.ts';
import { ACTIVITY_NAMES } from './words.ts';

/** What is said in one line, though it has parts. */
type Whole = Pays | Guarantee | Level;

/** A value for each leaf of `T`; rows are named once for all, and their ids never. */
type ValuesOf<T> = [T] extends [Whole]
  ? Value<T>
  : [T] extends [readonly (infer Row extends { id: string })[]]
    ? ValuesOf<Omit<Row, 'id'>>
    : [T] extends [readonly unknown[]]
      ? Value<T>
      : [T] extends [object]
        ? { [Key in keyof T]: ValuesOf<NonNullable<T[Key]>> }
        : Value<T>;

/** Of the first component, and of each further one. */
const component = {
  name: textValue('Component', 'What is this part called?'),
  credits: layersValue('Counts towards quota', 'What counts towards this quota?'),
  quota: someMoneyValue('Quota'),
  quotaPeriod: choiceValue('Quota period', 'The quota is for', {
    year: 'A year',
    half: 'A half-year',
    quarter: 'A quarter',
    month: 'A month',
  }),
  quotaStart: monthValue('Quota periods begin', 'Quota periods begin'),
  pays: paysValue('Commission', 'On-target earnings a year, or your commission rate'),
  tiers: tiersValue('Accelerators', 'Accelerators and bonuses'),
  bonuses: bonusesValue('Bonuses'),
  cap: moneyValue('Commission cap', 'Most commission in the period'),
  ramp: rampValue('Ramp', 'Ramp or season'),
};

export const VALUES = {
  currency: textValue('Currency', 'Currency', 3),
  period: {
    start: dateValue('Start', 'The plan starts on'),
    end: dateValue('End', 'and ends on'),
  },
  calendar: {
    workdays: weekdaysValue('Working days', 'Your working days'),
    holidays: entriesValue('Public holidays'),
    timeOff: entriesValue('Time off', 'Time off that you already know of'),
    country: countryValue('Public holidays of'),
    region: textValue('Region', 'in'),
  },
  goal: {
    income: moneyValue('Income goal', 'What do you want to earn in this period?'),
    livingCosts: moneyValue('Living costs', 'What does life cost you in this period?'),
  },
  lifeGoals: {
    label: textValue('Name', 'What is it?'),
    amount: moneyValue('Amount', 'What does it take?'),
    by: dateValue('Needed by', 'When is it needed?'),
  },
  compensation: {
    baseSalary: moneyValue('Base salary', 'Base salary a year'),
    first: component,
    otherPay: otherPayValue('Other pay', 'Other fixed pay in the period'),
    guarantee: guaranteeValue('Guarantee or draw'),
  },
  components: component,
  pipeline: {
    xFactor: factorValue('X factor'),
    winRate: shareValue('Win rate', 'Your own win rate'),
    opening: {
      newBusiness: moneyValue(
        'Opening pipeline',
        'Qualified new-business pipeline that is open on the plan’s first day',
      ),
    },
    coverage: choiceValue('Open pipeline asked for', 'How far ahead is open pipeline to reach?', {
      cycle: 'A sales cycle ahead',
      period: 'To the end of the period',
    }),
  },
  renewals: {
    account: textValue('Account'),
    amount: moneyValue('Amount'),
    date: dateValue('Renews on'),
    likelihood: shareValue('Likelihood', 'Likelihood you both agree on'),
    pressureTested: shareValue('After the pressure test'),
    activity: choiceValue('Recent activity', 'How active have they been lately?', {
      low: 'Low',
      medium: 'Medium',
      high: 'High',
    }),
    internalRisks: notesValue('Risks on their side'),
    externalRisks: notesValue('Risks from outside'),
    nextActivities: notesValue('Next selling activities'),
  },
  expansion: {
    account: textValue('Account'),
    buyingCenter: textValue('Buying center', 'Buying center or new product'),
    target: moneyValue('Target'),
    split: choiceValue('Spread over', 'Spread over', {
      quarters: 'Four quarters',
      halves: 'Two halves',
    }),
  },
  newBusiness: {
    carried: yesNoValue('New business', 'New business is', {
      yes: 'Mine to win',
      no: 'Not part of my job',
    }),
    averageDealSize: someMoneyValue('Average deal size'),
    salesCycleDays: countValue('Sales cycle in days', 'Days from first meeting to signature'),
    sdr: {
      inboundPerMonth: countValue('Inbound leads a month', 'Viable leads a month from inbound', {
        decimals: true,
      }),
      outboundPerMonth: countValue('Outbound leads a month', 'Viable leads a month from outbound', {
        decimals: true,
      }),
      qualificationRate: shareValue('Leads that qualify', 'What share of those leads qualifies?'),
      sync: choiceValue('SDR sync', 'You two sync', {
        weekly: 'Every week',
        daily: 'Every working day',
      }),
    },
    selfSourcing: {
      leadIdentification: notesValue(
        'How leads are found',
        'How do you find the leads that are yours to find?',
      ),
      prospecting: notesValue('How leads are reached', 'How do you reach them?'),
    },
  },
  sdrPartner: {
    userId: personValue('SDR partner', 'Your SDR partner'),
    callsPerDay: countValue(
      'SDR partner’s calls a day',
      'Outbound calls a day that your partner agreed to',
      { max: 10_000 },
    ),
    syncDay: weekdayValue('SDR sync on', 'Weekly sync on'),
    syncTime: timeValue('SDR sync at', 'at'),
  },
  callBlocks: {
    days: weekdaysValue('Days', 'On which days?'),
    start: timeValue('Start', 'From'),
    minutes: countValue('Minutes', 'For how many minutes?'),
  },
  callsPerHour: countValue('Calls an hour', 'Calls that fit into an hour'),
  overrides: {
    activity: choiceValue('Activity', 'Which number?', ACTIVITY_NAMES),
    level: levelValue('How often', 'How many instead?'),
    reason: textValue('Why', 'Why?', 500),
  },
  funnel: {
    callToVisit: ofHundredValue(
      'Calls that become visits',
      'Of 100 calls, how many become visits?',
    ),
    visitToDemo: ofHundredValue(
      'Visits that become demos',
      'Of 100 visits, how many become demos?',
    ),
    demoToProposal: ofHundredValue(
      'Demos that become proposals',
      'Of 100 demos, how many become proposals?',
    ),
    proposalToContract: ofHundredValue(
      'Proposals that become contracts',
      'Of 100 proposals, how many become contracts?',
    ),
    contractToWon: ofHundredValue('Contracts that are won', 'Of 100 contracts, how many are won?'),
  },
  insurance: {
    xFactor: factorValue('Insured X factor'),
    by: dateValue('Insured by', 'Reached by'),
  },
  risks: {
    label: textValue('Name', 'What could happen?'),
    kind: choiceValue('Kind', 'Kind', {
      renewal_rate: 'Renewal rate',
      sdr_exit: 'An SDR leaves',
      vacation: 'Vacation',
      other: 'Something else',
    }),
    probability: shareValue('Probability', 'How likely is it?'),
    impact: moneyValue('Impact', 'What would it cost in bookings?'),
    trigger: notesValue('How you will know', 'How will you know?'),
    mitigation: notesValue('What you do then', 'What do you do then?'),
  },
  reviews: {
    ordinal: countValue('Review in the month', 'Which one of the month?'),
    weekday: weekdayValue('Review on', 'Which day?'),
    time: timeValue('Review at', 'At what time?'),
  },
} satisfies ValuesOf<PlanDraft>;

type Missing = keyof {
  [Key in keyof PlanDraft as null extends PlanDraft[Key] ? Key : never]: never;
};

/** What the parts are called that may be missing as a whole. */
export const PARTS: Record<Missing | 'newBusiness.sdr', string> = {
  goal: 'Goal',
  compensation: 'Comp plan',
  pipeline: 'Pipeline',
  newBusiness: 'New business',
  'newBusiness.sdr': 'SDRs',
  sdrPartner: 'SDR partner',
  insurance: 'Insurance',
};

/** What each list is called, and one row of it in the middle of a sentence. */
export const ROWS: Record<ListId, { title: string; one: string }> = {
  lifeGoals: { title: 'Life goals', one: 'life goal' },
  components: { title: 'Further components', one: 'component' },
  renewals: { title: 'Renewals', one: 'renewal' },
  expansion: { title: 'Expansion targets', one: 'expansion target' },
  callBlocks: { title: 'Call blocks', one: 'call block' },
  overrides: { title: 'Numbers you two overruled', one: 'overruled number' },
  risks: { title: 'Risks', one: 'risk' },
};

/** `Life goal`, as `life goal` begins a line. */
export const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** What stands at a path: a value, or a part or a row as a whole. */
interface Named {
  name: string;
  say(value: unknown, style: NumberStyle): SlackText;
  money?: { least: 0 | 1 };
  withMoney?(value: unknown, change: ChangeMoney): unknown;
}

interface Tree {
  [key: string]: Tree | Named;
}

const isNamed = (node: Tree | Named): node is Named => typeof node.say === 'function';

function* valuesUnder(tree: Tree, prefix = ''): Generator<[path: string, Named]> {
  for (const [key, node] of Object.entries(tree)) {
    const path = `${prefix}${key}`;
    if (isNamed(node)) yield [path, node];
    else yield* valuesUnder(node, LIST_IDS.some((id) => id === path) ? `${path}.*.` : `${path}.`);
  }
}

const asAWhole = (path: string, name: string): [string, Named] => [
  path,
  { name, say: () => 'filled in' },
];

/** By path, such as `renewals.*.amount`: `*` stands for a row. */
const NAMED = new Map<string, Named>([
  ...valuesUnder(VALUES),
  ...Object.entries(PARTS).map(([path, name]) => asAWhole(path, name)),
  ...LIST_IDS.map((id) => asAWhole(`${id}.*`, capital(ROWS[id].one))),
]);

/** What stands at a path such as `renewals.3.amount`. */
export function namedAt(path: string): Named {
  const found = NAMED.get(path.replace(/\.\d+(?=\.|$)/u, '.*'));
  if (!found) throw new Error(`no plan has anything at ${path}`);
  return found;
}

/** The draft with each of its amounts changed; `least` is what each may be at least. */
export function mapMoney(draft: PlanDraft, change: ChangeMoney): PlanDraft {
  const mapped = (part: unknown, path: string): unknown => {
    const { money, withMoney } = NAMED.get(path) ?? {};
    if (part !== null && withMoney) return withMoney(part, change);
    if (typeof part === 'number') return money ? change(part, money.least) : part;
    if (Array.isArray(part)) return part.map((one: unknown) => mapped(one, `${path}.*`));
    if (typeof part !== 'object' || part === null) return part;
    const under = path === '' ? '' : `${path}.`;
    return Object.fromEntries(
      Object.entries(part).map(([key, one]) => [key, mapped(one, `${under}${key}`)]),
    );
  };
  return mapped(draft, '') as PlanDraft;
}
