/** The coaching hours that Max holds, and what is heard in them. */
import type { StoryRep } from './cast.ts';

export interface StoryObjection {
  about: string;
  handled: 'yes' | 'no';
  words: string;
  answer?: string;
}

export interface CoachedHour {
  rep: StoryRep['name'];
  /** Before the story's last week. */
  weeksLeft: number;
  reviewed: string;
  which: string;
  heard: string;
  tweak: string;
  /** What will show it, two weeks later. */
  metric: string;
  /** What the rep says of it; null: nothing yet. */
  useful: 'yes' | 'no' | null;
  objection?: StoryObjection;
}

export const coachedHours: readonly CoachedHour[] = [
  {
    rep: 'dana',
    weeksLeft: 7,
    reviewed: 'first_meeting',
    which: 'Brightline',
    heard: 'Three minutes about us before the first question. They warmed up at the night shift.',
    tweak: 'Open with their shift plan instead of our slides',
    metric: 'visitToDemo',
    useful: 'yes',
  },
  {
    rep: 'tom',
    weeksLeft: 7,
    reviewed: 'cold_call',
    which: 'Corvus Insurance',
    heard: 'Opens with the date of the next audit, and has them talking within a minute.',
    tweak: 'Ask who else has that date in their calendar',
    metric: 'callToVisit',
    useful: 'yes',
  },
  {
    rep: 'june',
    weeksLeft: 6,
    reviewed: 'demo',
    which: 'Alder County',
    heard: 'Every module was shown. The superintendent had asked about one of them.',
    tweak: 'Ask which module matters first, and show that one alone',
    metric: 'demoToProposal',
    useful: 'yes',
  },
  {
    rep: 'dana',
    weeksLeft: 5,
    reviewed: 'cold_call',
    which: 'Kestrel Logistics',
    heard: 'Two good talks that end with “send me something”.',
    tweak: 'End each call with a date, also where it is next quarter',
    metric: 'callToVisit',
    useful: 'no',
  },
  {
    rep: 'tom',
    weeksLeft: 4,
    reviewed: 'proposal',
    which: 'Osprey Capital',
    heard: 'The price comes on page two, what it saves on page nine.',
    tweak: 'What it saves first, in their figures',
    metric: 'proposalToContract',
    useful: 'yes',
  },
  {
    rep: 'june',
    weeksLeft: 3,
    reviewed: 'cold_call',
    which: 'Thursday’s block',
    heard: 'She lets go at the yearly minimum, though three of them had asked for the price.',
    tweak: 'Say what five schools cost before they ask for the minimum',
    metric: 'callToVisit',
    useful: 'yes',
    objection: { about: 'price', handled: 'no', words: 'The yearly minimum is over our budget.' },
  },
  {
    rep: 'dana',
    weeksLeft: 2,
    reviewed: 'demo',
    which: 'Vantor Tools',
    heard: 'Velora came up twice, and both times we talked about Velora.',
    tweak: 'Name Velora first, then the two things that they ask us for',
    metric: 'demoToProposal',
    useful: 'yes',
  },
  {
    rep: 'june',
    weeksLeft: 1,
    reviewed: 'negotiation',
    which: 'Larkspur Schools',
    heard: 'A discount was offered before anybody had asked for one.',
    tweak: 'Answer the first word about the price with a question',
    metric: 'proposalToContract',
    useful: 'yes',
    objection: { about: 'price', handled: 'no', words: 'Too expensive for a district of four.' },
  },
  {
    rep: 'dana',
    weeksLeft: 0,
    reviewed: 'role_play',
    which: 'Velora, with Tom as the buyer',
    heard: 'The second time it took forty seconds, and the question after it was theirs.',
    tweak: 'Stop after the two things, and wait',
    metric: 'visitToDemo',
    useful: null,
  },
  {
    rep: 'tom',
    weeksLeft: 0,
    reviewed: 'first_meeting',
    which: 'Fenwick',
    heard: 'Treasury asked for a case from another bank, and got one from an insurer.',
    tweak: 'Ask Osprey whether we may name them',
    metric: 'visitToDemo',
    useful: null,
  },
];
