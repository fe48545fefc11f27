/** What each value of a plan is called and of which kind it is: for the forms, the versions and the files. */
import type { NumberStyle } from '../slack/format.ts';
import type { SlackText } from '../slack/text.ts';
import { holidayCountries } from '../time/holidays.ts';
import { LIST_IDS, type ListId, type PlanDraft } from './draft.ts';
import {
  choice,
  count,
  date,
  entries,
  factor,
  money,
  notes,
  person,
  share,
  someMoney,
  text,
  time,
  type Value,
  weekday,
  weekdays,
  yesNo,
} from './value-kinds.ts';
import { ACTIVITY_NAMES } from './words.ts';

/** A value for each leaf of `T`; rows are named once for all, and their ids never. */
type ValuesOf<T> = [T] extends [readonly (infer Row extends { id: string })[]]
  ? ValuesOf<Omit<Row, 'id'>>
  : [T] extends [readonly unknown[]]
    ? Value<T>
    : [T] extends [object]
      ? { [Key in keyof T]: ValuesOf<NonNullable<T[Key]>> }
      : Value<T>;

const countries = Object.fromEntries(holidayCountries().map(({ code, name }) => [code, name]));

export const VALUES = {
  currency: text('Currency', 'Currency', 3),
  period: {
    start: date('Start', 'The plan starts on'),
    end: date('End', 'and ends on'),
  },
  calendar: {
    workdays: weekdays('Working days', 'Your working days'),
    holidays: entries('Public holidays'),
    timeOff: entries('Time off', 'Time off that you already know of'),
    country: choice('Public holidays of', 'Public holidays of', countries),
    region: text('Region', 'in'),
  },
  goal: {
    income: money('Income goal', 'What do you want to earn in this period?'),
    livingCosts: money('Living costs', 'What does life cost you in this period?'),
  },
  lifeGoals: {
    label: text('Name', 'What is it?'),
    amount: money('Amount', 'What does it take?'),
    by: date('Needed by', 'When is it needed?'),
  },
  compensation: {
    baseSalary: money('Base salary', 'Base salary a year'),
    quota: someMoney('Quota', 'Quota a year'),
    rates: {
      renewal: share('Commission on renewals'),
      expansion: share('Commission on expansion'),
      newBusiness: share('Commission on new business'),
    },
    quotaCredit: {
      renewal: yesNo('Renewals count towards quota'),
      expansion: yesNo('Expansion counts towards quota'),
    },
    tiers: entries('Accelerators'),
    cap: money('Commission cap', 'Most commission in the period'),
    ramp: entries('Ramp', 'Ramp (new hires)'),
  },
  pipeline: {
    xFactor: factor('X factor'),
    winRate: share('Win rate', 'Your own win rate'),
  },
  renewals: {
    account: text('Account'),
    amount: money('Amount'),
    date: date('Renews on'),
    likelihood: share('Likelihood', 'Likelihood you both agree on'),
    pressureTested: share('After the pressure test'),
    activity: choice('Recent activity', 'How active have they been lately?', {
      low: 'Low',
      medium: 'Medium',
      high: 'High',
    }),
    internalRisks: notes('Risks on their side'),
    externalRisks: notes('Risks from outside'),
    nextActivities: notes('Next selling activities'),
  },
  expansion: {
    account: text('Account'),
    buyingCenter: text('Buying center', 'Buying center or new product'),
    target: money('Target'),
    split: choice('Spread over', 'Spread over', {
      quarters: 'Four quarters',
      halves: 'Two halves',
    }),
  },
  newBusiness: {
    averageDealSize: someMoney('Average deal size'),
    salesCycleDays: count('Sales cycle in days', 'Days from first meeting to signature'),
    sdr: {
      inboundPerMonth: count('Inbound leads a month', 'Viable leads a month from inbound', {
        decimals: true,
      }),
      outboundPerMonth: count('Outbound leads a month', 'Viable leads a month from outbound', {
        decimals: true,
      }),
      qualificationRate: share('Leads that qualify', 'How many of those leads qualify?'),
      sync: choice('SDR sync', 'You two sync', {
        weekly: 'Every week',
        daily: 'Every working day',
      }),
    },
    selfSourcing: {
      leadIdentification: notes(
        'How leads are found',
        'How do you find the leads that are yours to find?',
      ),
      prospecting: notes('How leads are reached', 'How do you reach them?'),
    },
  },
  sdrPartner: {
    userId: person('SDR partner', 'Your SDR partner'),
    callsPerDay: count(
      'SDR partner’s calls a day',
      'Outbound calls a day that your partner agreed to',
      { max: 10_000 },
    ),
    syncDay: weekday('SDR sync on', 'Weekly sync on'),
    syncTime: time('SDR sync at', 'at'),
  },
  callBlocks: {
    days: weekdays('Days', 'On which days?'),
    start: time('Start', 'From'),
    minutes: count('Minutes', 'For how many minutes?'),
  },
  callsPerHour: count('Calls an hour', 'Calls that fit into an hour'),
  overrides: {
    activity: choice('Activity', 'Which number?', {
      calls: `${ACTIVITY_NAMES.calls} a day`,
      visits: `${ACTIVITY_NAMES.visits} a day`,
      demos: `${ACTIVITY_NAMES.demos} a day`,
      proposals: `${ACTIVITY_NAMES.proposals} a day`,
      contracts: `${ACTIVITY_NAMES.contracts} a day`,
    }),
    perDay: count('A day', 'How many a day instead?'),
    reason: text('Why', 'Why?', 500),
  },
  funnel: {
    callToVisit: share('Calls that become visits', 'Of 100 calls, how many become visits?'),
    visitToDemo: share('Visits that become demos', 'Of 100 visits, how many become demos?'),
    demoToProposal: share(
      'Demos that become proposals',
      'Of 100 demos, how many become proposals?',
    ),
    proposalToContract: share(
      'Proposals that become contracts',
      'Of 100 proposals, how many become contracts?',
    ),
    contractToWon: share('Contracts that are won', 'Of 100 contracts, how many are won?'),
  },
  insurance: {
    xFactor: factor('Insured X factor'),
    by: date('Insured by', 'Reached by'),
  },
  risks: {
    label: text('Name', 'What could happen?'),
    kind: choice('Kind', 'Kind', {
      renewal_rate: 'Renewal rate',
      sdr_exit: 'An SDR leaves',
      vacation: 'Vacation',
      other: 'Something else',
    }),
    probability: share('Probability', 'How likely is it?'),
    impact: money('Impact', 'What would it cost in bookings?'),
    trigger: notes('How you will know', 'How will you know?'),
    mitigation: notes('What you do then', 'What do you do then?'),
  },
  reviews: {
    ordinal: count('Review in the month', 'Which one of the month?'),
    weekday: weekday('Review on', 'Which day?'),
    time: time('Review at', 'At what time?'),
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
export function mapMoney(
  draft: PlanDraft,
  change: (minor: number, least: number) => number,
): PlanDraft {
  const mapped = (part: unknown, path: string): unknown => {
    const money = NAMED.get(path)?.money;
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
