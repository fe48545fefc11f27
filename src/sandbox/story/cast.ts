/** The story's people: what their plans say, and how their two months go. */
import type { Entries } from './hands.ts';

/** What somebody says in answer to “what got in the way?”. */
export interface Why {
  causes: string[];
  words: string;
  proposal: string;
}

/** How one month of theirs goes. */
interface LivedMonth {
  /** What is done of what is planned: 1 is all of it. */
  effort: number;
  /** Visits and what follows, of what is planned: what comes of the leads. */
  yield: number;
  /** What is said on which day of the month, or on the next working day: `/bigplan <words>`. */
  said: readonly { day: number; words: string }[];
  /** Leads that came in a week: inbound and outbound, the weeks in turn. */
  leads: readonly (readonly [number, number])[];
  whys: readonly Why[];
}

export interface StoryRep {
  name: 'dana' | 'tom' | 'june';
  /** By step of the wizard, in its order, with the rows of its lists. */
  plan(period: {
    start: string;
    end: string;
    dayIn(month: number, day: number): string;
  }): PlanStep[];
  months: readonly [LivedMonth, LivedMonth];
}

export interface PlanStep {
  entries: Entries;
  /** Pasted into the step's list. */
  pasted?: { list: string; lines: string };
  /** Added one by one. */
  rows?: { list: string; entries: Entries }[];
}

const BLOCK = { list: 'callBlocks', entries: { start: '09:00' } };

export const reps: readonly StoryRep[] = [
  {
    // Leads fall short in her second month; her calls don't.
    name: 'dana',
    plan: ({ start, end, dayIn }) => [
      {
        entries: {
          'period.start': start,
          'period.end': end,
          'goal.income': '190k',
          'goal.livingCosts': '95k',
        },
        pasted: {
          list: 'lifeGoals',
          lines: `Deposit for a house, 45000, ${dayIn(8, 30)}\nSister’s wedding, 6000, ${dayIn(5, 15)}`,
        },
      },
      { entries: { baseSalary: '90k', earns: '10%', quota: '900k', lines: '100% 1.5x' } },
      { entries: { winRate: '27%', xFactor: '4x', 'opening.newBusiness': '240k' } },
      {
        entries: {},
        pasted: {
          list: 'renewals',
          lines: [
            `Acme Robotics, 84k, ${dayIn(0, 28)}, 90%`,
            `Globex, 62k, ${dayIn(3, 15)}, 80%`,
            `Initech, 48k, ${dayIn(5, 30)}, 70%`,
            `Umbra Health, 55k, ${dayIn(8, 20)}, 85%`,
          ].join('\n'),
        },
      },
      {
        entries: {},
        pasted: {
          list: 'expansion',
          lines: 'Globex, EMEA operations, 60k\nAcme Robotics, Service, 40k',
        },
      },
      {
        entries: {
          averageDealSize: '24k',
          salesCycleDays: '45',
          'sdr.inboundPerMonth': '6',
          'sdr.outboundPerMonth': '4',
          'partner.userId': 'U0AISHA',
          'partner.callsPerDay': '35',
          'sdr.sync': 'weekly',
          'self.leadIdentification':
            'Twenty manufacturers over 500 people a month, from fair lists',
        },
      },
      { entries: {}, rows: [BLOCK] },
      {
        entries: {},
        rows: [
          {
            list: 'risks',
            entries: {
              label: 'Inbound dries up after the fair',
              probability: '30%',
              impact: '80k',
              trigger: 'Fewer than six leads two months running',
              mitigation: 'Two more call blocks until it is back',
            },
          },
        ],
      },
      { entries: {} },
    ],
    months: [
      {
        effort: 1.02,
        yield: 1,
        said: [
          { day: 9, words: 'won Brightline 26k new' },
          { day: 16, words: 'won Harbor Foods 22k new' },
          { day: 22, words: 'won Sable Foods 19k new' },
          { day: 24, words: 'won Acme Robotics 84k renewal' },
          { day: 24, words: 'pipeline 262k new 96k expansion 165k renewals' },
        ],
        leads: [
          [2, 1],
          [1, 1],
          [2, 1],
          [1, 1],
        ],
        whys: [
          {
            causes: ['content'],
            words: 'Two buyers asked for a comparison with Velora, and there is none I can send.',
            proposal: 'A one-page comparison, from the notes of the Brightline deal',
          },
        ],
      },
      {
        effort: 0.98,
        yield: 0.55,
        said: [
          { day: 12, words: 'won Kestrel Logistics 21k new' },
          { day: 20, words: 'won Globex 18k expansion' },
          { day: 24, words: 'pipeline 171k new 78k expansion 165k renewals' },
        ],
        leads: [
          [1, 0],
          [0, 1],
          [1, 0],
          [0, 1],
        ],
        whys: [
          {
            causes: ['lead_supply'],
            words: 'Inbound brought 2 of the 6 leads we agreed. The fair’s list is worked through.',
            proposal: 'Call the webinar list again with Aisha',
          },
          {
            causes: ['lead_supply', 'content'],
            words: 'Fewer leads, so fewer first meetings: the calls were made.',
            proposal: 'Half a day on accounts that we lost last year',
          },
        ],
      },
    ],
  },
  {
    // Over plan in both.
    name: 'tom',
    plan: ({ start, end, dayIn }) => [
      { entries: { 'period.start': start, 'period.end': end, 'goal.income': '210k' } },
      { entries: { baseSalary: '100k', earns: '10%', quota: '1m', lines: '100% 1.5x\n130% 2x' } },
      { entries: { winRate: '30%', xFactor: '3.5x', 'opening.newBusiness': '260k' } },
      {
        entries: {},
        pasted: {
          list: 'renewals',
          lines: `Northgate Bank, 120k, ${dayIn(1, 20)}, 90%\nPetrel Air, 75k, ${dayIn(6, 30)}, 80%`,
        },
      },
      { entries: {}, pasted: { list: 'expansion', lines: 'Northgate Bank, Treasury, 90k' } },
      {
        entries: {
          averageDealSize: '30k',
          salesCycleDays: '45',
          'self.leadIdentification': 'Every bank and insurer with a new head of operations',
        },
      },
      { entries: {}, rows: [BLOCK] },
      { entries: {} },
      { entries: {} },
    ],
    months: [
      {
        effort: 1.06,
        yield: 1.1,
        said: [
          { day: 7, words: 'won Corvus Insurance 44k new' },
          { day: 15, words: 'won Tallis 31k new' },
          { day: 23, words: 'won Marlow & Sons 36k new' },
          { day: 24, words: 'pipeline 420k new 120k expansion 195k renewals' },
        ],
        leads: [],
        whys: [
          {
            causes: ['tools_and_data'],
            words: 'Half of the numbers in the new list were wrong, so the blocks gave less.',
            proposal: 'Check twenty numbers before a list is handed out',
          },
        ],
      },
      {
        effort: 1.03,
        yield: 1.15,
        said: [
          { day: 5, words: 'won Osprey Capital 52k new' },
          { day: 14, words: 'won Northgate Bank 120k renewal' },
          { day: 19, words: 'won Fenwick 33k new' },
          { day: 24, words: 'won Northgate Bank 40k expansion' },
          { day: 24, words: 'pipeline 455k new 95k expansion 75k renewals' },
        ],
        leads: [],
        whys: [
          {
            causes: ['content'],
            words: 'Treasury asks for a case from another bank, and ours is four years old.',
            proposal: 'Write up Osprey with their permission',
          },
        ],
      },
    ],
  },
  {
    // Falls behind on calls in the second month.
    name: 'june',
    plan: ({ start, end, dayIn }) => [
      { entries: { 'period.start': start, 'period.end': end, 'goal.income': '150k' } },
      { entries: { baseSalary: '80k', earns: '9%', quota: '750k', lines: '100% 1.4x' } },
      { entries: { winRate: '25%', xFactor: '4x', 'opening.newBusiness': '190k' } },
      {
        entries: {},
        pasted: {
          list: 'renewals',
          lines: `Larkspur Schools, 38k, ${dayIn(2, 31)}, 80%\nBeacon Media, 44k, ${dayIn(7, 31)}, 70%`,
        },
      },
      { entries: {}, pasted: { list: 'expansion', lines: 'Beacon Media, Studio, 30k' } },
      {
        entries: {
          averageDealSize: '20k',
          salesCycleDays: '30',
          'sdr.inboundPerMonth': '4',
          'sdr.outboundPerMonth': '0',
          'self.leadIdentification': 'School districts with a bond measure passed this year',
        },
      },
      { entries: {}, rows: [BLOCK] },
      { entries: {} },
      { entries: {} },
    ],
    months: [
      {
        effort: 0.97,
        yield: 0.95,
        said: [
          { day: 13, words: 'won Alder County 19k new' },
          { day: 21, words: 'won Ridgeway District 23k new' },
          { day: 17, words: 'won Cedar Hill 21k new' },
          { day: 24, words: 'pipeline 230k new 30k expansion 82k renewals' },
        ],
        leads: [
          [1, 0],
          [1, 0],
          [1, 0],
          [1, 0],
        ],
        whys: [
          {
            causes: ['pricing'],
            words: 'Two districts stopped at the yearly minimum: they buy by the school.',
            proposal: 'A price for five schools and more, agreed with finance',
          },
        ],
      },
      {
        effort: 0.66,
        yield: 0.8,
        said: [
          { day: 18, words: 'won Pinecrest 8k new' },
          { day: 24, words: 'pipeline 158k new 30k expansion 82k renewals' },
        ],
        leads: [
          [1, 0],
          [0, 0],
          [1, 0],
          [0, 0],
        ],
        whys: [
          {
            causes: ['lead_supply'],
            words: 'Two of four leads came, and both were smaller than our minimum.',
            proposal: 'Agree with marketing what a viable district is',
          },
          {
            causes: ['tools_and_data'],
            words: 'The dialler was down for four afternoons, and I did not move the blocks.',
            proposal: 'Blocks at eight instead of nine until the backlog is gone',
          },
        ],
      },
    ],
  },
];

/** What Max and a rep agree on in the 1:1 about a month: the rep's own proposal, and what Max adds. */
export const managersItems: Record<StoryRep['name'], string> = {
  dana: 'Ask marketing for the webinar’s list of guests',
  tom: 'Let Tom show the team how he opens with banks',
  june: 'Listen to two of June’s blocks a week',
};
