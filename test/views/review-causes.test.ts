/** What a leader gets and opens about causes, at its longest, and as it reads. */
import { describe, expect, it } from 'vitest';
import { CAUSES } from '../../src/activity/schemas.ts';
import type { CauseTable, ToldCause } from '../../src/review/causes/causes.ts';
import { causeMessage, causesView, teamCausesView } from '../../src/review/causes/view.ts';
import { checkMessage, checkView, fitMessage, fitView } from '../../src/slack/limits.ts';
import { readBlocks } from '../support/read-blocks.ts';

const locale = 'en-GB';
const TOLD: ToldCause = {
  cause: 'lead_supply',
  month: '2027-03',
  reps: 5,
  answered: 14,
  waiting: 2,
  before: { month: '2027-02', reps: 2 },
  teams: [{ managerId: 'U0MAX', reps: 3 }],
  isHeldBack: false,
  quotes: [
    { words: 'Inbound brought 3 of the 6 leads we agreed.\nSince January.', by: 'U0DANA' },
    { words: 'Nothing came from the *webinar* <!channel>.', by: null },
  ],
};

const read = ({ blocks }: { blocks: readonly object[] }) => readBlocks(blocks);

describe('the message to a leader', () => {
  it('reads as it should', () => {
    const message = causeMessage(TOLD, locale);
    expect(message.text).toBe(
      '*“Too few leads”* was named by 5 of 14 reps in March (2 in February).',
    );
    expect(read(message)).toBe(
      [
        '*“Too few leads”* was named by 5 of 14 reps in March (2 in February).',
        '3 of them are in <@U0MAX>’s team.',
        'In their words:',
        '>Inbound brought 3 of the 6 leads we agreed.',
        '>Since January. — <@U0DANA>',
        '>Nothing came from the ∗webinar∗ &lt;!channel&gt;.',
        'Names stand only with those who agreed to it. 2 more were asked and have not answered yet: this message counts along.',
        '[Answer…]',
        '[All causes]',
      ].join('\n'),
    );
  });

  it.each([
    [{ before: null }, '*“Too few leads”* was named by 5 of 14 reps in March.'],
    [
      { before: { month: '2027-02', reps: 0 }, cause: 'tools_and_data' },
      '*“Tools and data”* was named by 5 of 14 reps in March (nobody in February).',
    ],
  ] as const)('%o', (changes, text) => {
    expect(causeMessage({ ...TOLD, ...changes }, locale).text).toBe(text);
  });

  it('is in one language, whatever its reader’s', () => {
    for (const one of ['de-DE', 'fr-FR', 'ja-JP', 'ar-EG'])
      expect(causeMessage(TOLD, one).text).toMatch(/reps in March \(.+ in February\)\.$/u);
  });

  it('says that words are held back where they would name somebody', () => {
    const few = { ...TOLD, reps: 2, answered: 2, quotes: [], isHeldBack: true };
    expect(read(causeMessage(few, locale))).toContain('would say whose they are');
    expect(read(causeMessage(TOLD, locale))).not.toContain('would say whose they are');
  });

  it('leaves out what there is nothing of', () => {
    const bare = read(causeMessage({ ...TOLD, teams: [], quotes: [], waiting: 0 }, locale));
    expect(bare).not.toMatch(/In their words|team|asked/);
    expect(bare).toContain('Names stand only');
  });

  it.each(['x'.repeat(1_000), '&'.repeat(1_000), 'a\n'.repeat(500), '<@U1> *Ünïcode* '.repeat(60)])(
    'holds as many quotes as fit and counts the rest: %.8s',
    (words) => {
      const quotes = Array.from({ length: 400 }, (_, n) => ({
        words: `${n} ${words}`,
        by: n % 2 === 0 ? null : 'U0DANA',
      }));
      const teams = Array.from({ length: 12 }, (_, n) => ({ managerId: `U0MGR${n}`, reps: 30 }));
      const message = causeMessage({ ...TOLD, quotes, teams }, locale);
      expect(checkMessage(message)).toEqual([]);
      expect(fitMessage(message)).toEqual(message);
      const text = read(message);
      const shown = text.split('\n').filter((line) => /^>\d/.test(line)).length;
      expect(shown).toBeGreaterThan(2);
      expect(text).toContain(`${400 - shown} more said why in their words.`);
    },
  );

  it('holds a great many short ones too', () => {
    const quotes = Array.from({ length: 300 }, (_, n) => ({ words: `${n}`, by: null }));
    const message = causeMessage({ ...TOLD, quotes }, locale);
    expect(checkMessage(message)).toEqual([]);
    expect(read(message)).toContain('280 more said why in their words.');
  });

  it('neither scolds nor shouts', () => {
    expect(read(causeMessage(TOLD, locale))).not.toMatch(/!(?!channel)|failed|must|should have/i);
  });
});

const TABLE: CauseTable = {
  months: [
    { month: '2027-03', asked: 16, answered: 14 },
    { month: '2027-02', asked: 12, answered: 12 },
    { month: '2027-01', asked: 2, answered: 2 },
  ],
  structural: [
    { cause: 'lead_supply', reps: [5, 2, null] },
    { cause: 'content', reps: [0, 1, null] },
  ],
  personal: [{ cause: 'own_execution', reps: [3, 0, null] }],
  teams: [
    {
      teamId: 'a',
      managerId: 'U0MAX',
      members: 9,
      rows: [{ cause: 'lead_supply', reps: [3, null, null] }],
    },
    { teamId: 'b', managerId: 'U0MIA', members: 6, rows: [] },
  ],
  teamsInAll: 3,
};

describe('the table', () => {
  it('reads as it should', () => {
    expect(read(causesView(TABLE, locale))).toBe(
      [
        '*March:* 14 of 16 reps have answered · Feb 12 of 12 · Jan 2 of 2',
        '*What the system owes*',
        'Too few leads: *5* in Mar · Feb 2 · Jan –',
        'Content is missing: *0* in Mar · Feb 1 · Jan –',
        '*Apart from that*, never anybody’s score',
        'Own execution: *3* in Mar · Feb 0 · Jan –',
        'By team',
        '*<@U0MAX>’s team* · 9 reps',
        'Too few leads: *3* in Mar · Feb – · Jan –',
        '*<@U0MIA>’s team* · 6 reps',
        'Nothing structural was named.',
        'One team is in the totals only: with fewer than three answers a count would be about a person.',
        'A rep counts once a cause and month. A cause that three reps name in a month, or a third of a team, comes to the workspace’s leaders as a message.',
      ].join('\n'),
    );
  });

  it('has no teams beside each other where there is one', () => {
    expect(read(causesView({ ...TABLE, teamsInAll: 1 }, locale))).not.toContain('team*');
  });

  it('says what will stand there', () => {
    const empty = { months: [], structural: [], personal: [], teams: [], teamsInAll: 0 };
    expect(read(causesView(empty, locale))).toContain('will stand here');
    expect(read(teamCausesView(empty, locale))).toContain('will stand here');
    const few = { ...empty, months: [{ month: '2027-03', asked: 3, answered: 2 }] };
    expect(read(causesView(few, locale))).toMatch(/2 of 3 reps[\s\S]*No cause has been named/);
  });

  it('shows a manager the same of their team, without the others', () => {
    const text = read(teamCausesView(TABLE, locale));
    expect(text).toContain('*March:* 14 reps have answered · Feb 12 · Jan 2');
    expect(text).toContain('Own execution: *3* in Mar');
    expect(text).toContain('review threads');
    expect(text).not.toContain('U0MAX');
  });

  it('fits with every cause, six months and fifty teams, page by page', () => {
    const months = ['09', '08', '07', '06', '05', '04'].map((month) => ({
      month: `2027-${month}`,
      asked: 10_000,
      answered: 9_999,
    }));
    const rows = CAUSES.map((cause) => ({ cause, reps: months.map(() => 9_999) }));
    const teams = Array.from({ length: 50 }, (_, n) => ({
      teamId: `${n}`,
      managerId: `U0MGR${n}`,
      members: 9_999,
      rows,
    }));
    const full = { months, structural: rows, personal: rows, teams, teamsInAll: 60 };
    const pages = [0, 1, 2, 3].map((page) => causesView(full, 'de-DE', page));
    for (const view of [...pages, teamCausesView(full, 'de-DE')]) {
      expect(checkView(view)).toEqual([]);
      expect(fitView(view)).toEqual(view);
    }
    const told = pages.map(read).join('\n');
    for (const { managerId } of teams) expect(told).toContain(`<@${managerId}>`);
    expect(read(causesView(full, 'de-DE', 99))).toContain('U0MGR49');
    expect(read(causesView(full, 'de-DE', Number.NaN))).toContain('U0MGR0>');
  });
});
