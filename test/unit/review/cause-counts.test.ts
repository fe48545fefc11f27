/** Who named what, how often: never a rep more than once, and never so that somebody is known by it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAUSES, type Cause } from '../../../src/activity/schemas.ts';
import {
  type CauseRow,
  causesToTell,
  countCauses,
  countOf,
  countTeam,
  type Named,
  type Quote,
  quotesOf,
  removerOf,
  STRUCTURAL,
  teamsToTell,
  wordsWouldName,
} from '../../../src/review/causes/rules.ts';
import { runs } from '../../support/property-runs.ts';

const MARCH = '2027-03';

/** `team: 'a'` and the causes of each rep; the reps of a team are `a1`, `a2`, … */
function answers(teams: Record<string, Cause[][]>, month = MARCH): Named[] {
  return Object.entries(teams).flatMap(([teamId, reps]) =>
    reps.map((causes, n) => ({
      repId: `${teamId}${n + 1}`,
      month,
      teamId,
      answered: true,
      causes,
    })),
  );
}

const members = (sizes: Record<string, number>) =>
  new Map(
    Object.entries(sizes).map(([id, size]) => [
      id,
      Array.from({ length: size }, (_, n) => `${id}${n + 1}`),
    ]),
  );

const supply: Cause[] = ['lead_supply'];

describe('what a leader hears of', () => {
  it.each<[string, Record<string, Cause[][]>, Record<string, number>, Cause[]]>([
    ['three of two teams', { a: [supply, supply], b: [supply] }, { a: 9, b: 9 }, supply],
    ['two of two teams', { a: [supply], b: [supply] }, { a: 9, b: 9 }, []],
    ['two of six', { a: [supply, supply] }, { a: 6 }, supply],
    ['two of seven', { a: [supply, supply] }, { a: 7 }, []],
    ['both of two', { a: [supply, supply] }, { a: 2 }, supply],
    ['one of three', { a: [supply] }, { a: 3 }, []],
    ['one of one', { a: [supply] }, { a: 1 }, []],
    ['own execution of all', { a: Array(6).fill(['own_execution']) }, { a: 6 }, []],
    ['time away of all', { a: Array(6).fill(['time_away']) }, { a: 6 }, []],
    ['both of a team that nobody is in now', { none: [supply, supply] }, {}, supply],
    [
      'each cause for itself',
      { a: [['content', 'lead_supply'], ['content'], ['content'], []] },
      { a: 12 },
      ['content'],
    ],
  ])('%s', (_, teams, sizes, told) => {
    expect(causesToTell(answers(teams), members(sizes))).toEqual(told);
  });

  it('two without a team are no team', () => {
    const named = answers({ x: [supply, supply] }).map((one) => ({ ...one, teamId: null }));
    expect(causesToTell(named, new Map())).toEqual([]);
  });

  it('whoever answered and left the team since counts into its size', () => {
    const named = answers({ a: [supply, supply, [], [], [], [], []] });
    expect(causesToTell(named, members({ a: 3 }))).toEqual([]);
  });
});

const cause = fc.constantFrom(...CAUSES);
const review = fc.record({
  repId: fc.integer({ min: 1, max: 12 }).map((n) => `r${n}`),
  month: fc.constantFrom('2027-01', '2027-02', MARCH),
  causes: fc.uniqueArray(cause, { maxLength: 4 }),
  answered: fc.boolean(),
});
/** A rep is in one team: who is where follows from the number. */
function arbitrary(
  reviews: fc.Arbitrary<Omit<Named, 'teamId'>[]>,
  team: fc.Arbitrary<string | null>,
): fc.Arbitrary<{ named: Named[]; teams: Map<string, string[]> }> {
  const teamOf = fc.array(team, { minLength: 13, maxLength: 13 });
  return fc.record({ reviews, teamOf }).map(({ reviews: all, teamOf: places }) => {
    const placeOf = (repId: string) => places[Number(repId.slice(1))] ?? null;
    const named: Named[] = all.map((one) => ({
      ...one,
      teamId: one.answered ? placeOf(one.repId) : null,
      causes: one.answered ? one.causes : [],
    }));
    const teams = new Map<string, string[]>();
    for (let n = 1; n <= 12; n++) {
      const id = placeOf(`r${n}`);
      if (id !== null) teams.set(id, [...(teams.get(id) ?? []), `r${n}`]);
    }
    return { named, teams };
  });
}
const year = arbitrary(
  fc.array(review, { maxLength: 40 }),
  fc.constantFrom('a', 'b', 'c', 'd', null),
);
/** One month in which most say the same. */
const march = arbitrary(
  fc
    .array(
      fc.boolean().map((names) => (names ? supply : [])),
      { minLength: 12, maxLength: 12 },
    )
    .map((all) =>
      all.map((causes, n) => ({ repId: `r${n + 1}`, month: MARCH, causes, answered: true })),
    ),
  fc.constantFrom('a', 'a', 'b', 'b', null),
);
const MONTHS = [MARCH, '2027-02', '2027-01'];
const repsNaming = (named: readonly Named[], one: Cause) =>
  new Set(named.filter(({ causes }) => causes.includes(one)).map(({ repId }) => repId));

describe('whatever was answered', () => {
  it('nothing is told that fewer than two named, or two outside of a team of at most six', () => {
    fc.assert(
      fc.property(year, ({ named, teams }) => {
        const within = named.filter(({ month }) => month === MARCH);
        for (const one of causesToTell(within, teams)) {
          expect(STRUCTURAL).toContain(one);
          const reps = repsNaming(within, one);
          if (reps.size >= 3) continue;
          expect(reps.size).toBe(2);
          const [team] = [...teams.values()].filter((ids) =>
            [...reps].every((id) => ids.includes(id)),
          );
          expect(team?.length).toBeLessThanOrEqual(6);
        }
      }),
    );
  });

  it('everything is told that three named', () => {
    fc.assert(
      fc.property(year, ({ named, teams }) => {
        const within = named.filter(({ month }) => month === MARCH);
        const told = causesToTell(within, teams);
        for (const one of STRUCTURAL) {
          if (repsNaming(within, one).size >= 3) expect(told).toContain(one);
        }
      }),
    );
  });

  it('naming it once more, in another order or under other ids changes nothing', () => {
    fc.assert(
      fc.property(year, fc.infiniteStream(fc.nat()), ({ named, teams }, dice) => {
        const again = [...named, ...named.filter((_, n) => n % 2 === 0)]
          .map((one) => ({ one, at: dice.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        // The first in the alphabet becomes the last.
        const other = (id: string) => `x${String(99 - Number(id.slice(1))).padStart(3, '0')}`;
        const renamed = again.map((one) => ({ ...one, repId: other(one.repId) }));
        const renamedTeams = new Map([...teams].map(([id, ids]) => [id, ids.map(other)]));
        const told = causesToTell(named, teams);
        expect(causesToTell(again, teams)).toEqual(told);
        expect(causesToTell(renamed, renamedTeams)).toEqual(told);
        const counts = countCauses(named, MONTHS, teams);
        expect(countCauses(again, MONTHS, teams)).toEqual(counts);
        expect(countCauses(renamed, MONTHS, renamedTeams)).toEqual(counts);
        for (const one of STRUCTURAL) {
          const beside = teamsToTell(named, one, teams);
          expect(teamsToTell(renamed, one, renamedTeams)).toEqual(beside);
        }
      }),
    );
  });

  it('no team is told of by which it is known who named the cause', () => {
    fc.assert(
      fc.property(march, ({ named, teams }) => {
        const one = 'lead_supply';
        const told = teamsToTell(named, one, teams);
        const all = repsNaming(named, one);
        const inTold = new Set<string>();
        const people = new Set<string>();
        for (const { teamId, reps } of told) {
          const group = repsNaming(
            named.filter((row) => row.teamId === teamId),
            one,
          );
          expect(group.size).toBe(reps);
          expect(reps).toBeGreaterThanOrEqual(3);
          expect(teams.get(teamId)?.length).toBeGreaterThan(reps);
          for (const id of group) inTold.add(id);
          for (const id of teams.get(teamId) ?? []) people.add(id);
        }
        if (told.length === 0) return;
        const left = all.size - inTold.size;
        const others = new Set(
          [...[...teams.values()].flat(), ...named.map(({ repId }) => repId)].filter(
            (id) => !people.has(id),
          ),
        );
        if (left > 0) {
          expect(left).toBeGreaterThanOrEqual(3);
          expect(others.size).toBeGreaterThan(left);
        }
      }),
    );
  });

  it('no count that leaders see, nor what is left of a total, is about one rep or two', () => {
    fc.assert(
      fc.property(year, ({ named, teams }) => {
        const table = countCauses(named, MONTHS, teams);
        for (const [at, month] of MONTHS.entries()) {
          const answered = named.filter((one) => one.month === month && one.answered);
          const size = (rows: readonly Named[]) => new Set(rows.map(({ repId }) => repId)).size;
          const shownRows = (rows: CauseRow[]) => rows.filter(({ reps }) => reps[at] !== null);
          if (size(answered) < 3) {
            // But for what a leader reads in a message.
            const within = named.filter((one) => one.month === month);
            const told = causesToTell(within, teams);
            const shown = shownRows([...table.structural, ...table.personal]);
            expect(shown.filter(({ cause }) => !told.includes(cause))).toEqual([]);
          }
          const beside = table.teams.filter(({ rows }) => shownRows(rows).length > 0);
          for (const { teamId, rows } of beside) {
            expect(size(answered.filter((one) => one.teamId === teamId))).toBeGreaterThanOrEqual(3);
            expect(teams.get(teamId)?.length).toBeGreaterThanOrEqual(3);
            expect(rows.every((row) => STRUCTURAL.includes(row.cause))).toBe(true);
          }
          const shown = new Set(beside.map(({ teamId }) => teamId));
          const left = size(answered.filter(({ teamId }) => !shown.has(teamId ?? '')));
          if (shown.size > 0) expect(left === 0 || left >= 3).toBe(true);
        }
      }),
      { numRuns: runs(300) },
    );
  });

  it('a team is told of where that is so', () => {
    const sizes = { a: 8, b: 2, c: 8 };
    const told = (teams: Record<string, Cause[][]>, inAll: Record<string, number> = sizes) =>
      teamsToTell(answers(teams), 'lead_supply', members(inAll));
    const three = [supply, supply, supply];
    expect(told({ a: three })).toEqual([{ teamId: 'a', reps: 3 }]);
    expect(told({ a: three, b: [supply] })).toEqual([]);
    expect(told({ a: three, c: [...three, supply] })).toEqual([
      { teamId: 'c', reps: 4 },
      { teamId: 'a', reps: 3 },
    ]);
    expect(told({ a: [supply, supply] })).toEqual([]);
    expect(told({ a: three }, { a: 3 })).toEqual([]);
    // Those who are left are all of one mind.
    const left = { a: three, b: [supply, supply], x: [supply] };
    expect(told(left, { a: 8, b: 2 })).toEqual([]);
    expect(told({ ...left, x: [supply, []] }, { a: 8, b: 2 })).toEqual([{ teamId: 'a', reps: 3 }]);
  });

  it('the counts add up', () => {
    fc.assert(
      fc.property(year, ({ named, teams }) => {
        const { months, structural, personal } = countCauses(named, MONTHS, teams);
        for (const { cause: one, reps } of [...structural, ...personal]) {
          for (const [at, month] of MONTHS.entries()) {
            const within = named.filter((row) => row.month === month);
            if (reps[at] !== null) expect(reps[at]).toBe(repsNaming(within, one).size);
          }
        }
        for (const { asked, answered } of months) expect(answered).toBeLessThanOrEqual(asked);
      }),
    );
  });
});

describe('the table', () => {
  const named = [
    ...answers({ a: [['content'], ['content'], supply, ['own_execution']], b: [supply] }),
    ...answers({ a: [['content'], [], []] }, '2027-02'),
    ...answers({ a: [supply, supply] }, '2027-01'),
  ];
  const teams = members({ a: 4, b: 1 });

  it('has what is named most now in front, and leaves blank what two answered, but what is told', () => {
    const { structural, personal, months } = countCauses(named, MONTHS, teams);
    expect(structural).toEqual([
      { cause: 'content', reps: [2, 1, null] },
      { cause: 'lead_supply', reps: [2, 0, 2] },
    ]);
    expect(personal).toEqual([{ cause: 'own_execution', reps: [1, 0, null] }]);
    expect(months.map(({ answered }) => answered)).toEqual([5, 3, 2]);
  });

  it('shows no team where another one would be left alone', () => {
    const { teams: shown } = countCauses(named, MONTHS, teams);
    expect(shown).toEqual([{ teamId: 'a', rows: [{ cause: 'content', reps: [null, 1, null] }] }]);
  });

  it('shows no team that has fewer than three by now', () => {
    const many = answers({ a: [supply, supply, []], b: [[], [], []] });
    expect(countCauses(many, [MARCH], members({ a: 3, b: 3 })).teams).toHaveLength(2);
    expect(countCauses(many, [MARCH], members({ a: 2, b: 3 })).teams).toEqual([
      { teamId: 'b', rows: [] },
    ]);
  });

  it('shows a manager everything of their own team', () => {
    const own = named.filter(({ teamId }) => teamId === 'b');
    expect(countTeam(own, [MARCH]).structural).toEqual([{ cause: 'lead_supply', reps: [1] }]);
    expect(countOf(own, 'lead_supply')).toBe(1);
  });
});

it('words would name somebody where fewer than three are left who may have written them', () => {
  const three = answers({ a: [supply, supply, []] });
  const two = answers({ a: [supply, supply] });
  const nobody = new Set<string>();
  expect(wordsWouldName(two, nobody)).toBe(true);
  expect(
    wordsWouldName([...two, { ...two[0], repId: 'a3', answered: false } as Named], nobody),
  ).toBe(true);
  expect(wordsWouldName(three, nobody)).toBe(false);
  expect(wordsWouldName(three, new Set(['a1']))).toBe(true);
});

describe('quotes', () => {
  const DANA = { userId: 'U0DANA', name: 'Dana Ångström' };
  const MARK = { userId: 'U0MARK', name: 'Mark de Vries' };
  const AL = { userId: 'U0AL', name: 'Al (EMEA)' };

  it.each([
    ['Dana and I had no leads', '[somebody] and I had no leads'],
    ['ask dana ångström, or U0DANA', 'ask [somebody], or [somebody]'],
    ['<@u0dana> knows', '<@[somebody]> knows'],
    ['Ångströms come and Vries goes', 'Ångströms come and [somebody] goes'],
    ['mark my words: de facto Danaher left', 'mark my words: de facto Danaher left'],
    ['Mark’s and Mark-up', '[somebody]’s and [somebody]-up'],
    ['Al (EMEA) all of it in EMEA', '[somebody] all of it in [somebody]'],
    ['dana and DANA: vries too', '[somebody] and [somebody]: [somebody] too'],
    ['我和李小明说的', '我和[somebody]说的'],
    ['0 of 6 leads, $12.50', '0 of 6 leads, $12.50'],
  ])('%s', (words, left) => {
    expect(removerOf([DANA, MARK, AL, { userId: 'U0LI', name: '李小明' }])(words)).toBe(left);
  });

  it('of two names that begin alike the longer one is left out whole', () => {
    const people = [{ userId: 'U0AL2', name: 'Al' }, AL];
    expect(removerOf(people)('Al (EMEA), and Al')).toBe('[somebody], and [somebody]');
  });

  it('whoever has no name is nobody', () => {
    expect(removerOf([{ userId: '', name: ' ' }])('as it is')).toBe('as it is');
    expect(removerOf([])('as it is')).toBe('as it is');
  });

  it('stand in the order of their words, each once, with a name only where one was given', () => {
    const said = [
      { words: 'No leads.', by: null },
      { words: 'Inbound brought 3 of 6.', by: 'U0MAX' },
      { words: ' No leads. ', by: null },
      { words: '  ', by: null },
    ];
    expect(quotesOf(said, [])).toEqual([
      { words: 'Inbound brought 3 of 6.', by: 'U0MAX' },
      { words: 'No leads.', by: null },
    ]);
  });

  const said = fc.record({
    words: fc.string({ unit: 'grapheme', maxLength: 20 }),
    by: fc.option(fc.constantFrom('U0MAX', 'U0LEE')),
  });
  const names = fc.array(
    fc.record({
      userId: fc.stringMatching(/^U[A-Z0-9]{3,6}$/),
      name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
    }),
    { maxLength: 4 },
  );

  it('are the same in whatever order the reps come, and nobody’s name moves to another’s', () => {
    fc.assert(
      fc.property(fc.array(said), fc.infiniteStream(fc.nat()), (all, dice) => {
        const mixed = all
          .map((one) => ({ one, at: dice.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        const quotes = quotesOf(all, []);
        expect(quotesOf(mixed, [])).toEqual(quotes);
        const has = (one: Quote) =>
          all.some(({ words, by }) => words.trim() === one.words && by === one.by);
        expect(quotes.every(has)).toBe(true);
      }),
    );
  });

  it('never hold an id or a name, whatever signs a name has', () => {
    fc.assert(
      fc.property(names, fc.array(fc.string({ maxLength: 8 })), (people, words) => {
        const text = people
          .flatMap(({ userId, name }, n) => [words[n] ?? '', userId, name])
          .join(' ');
        const left = removerOf(people)(text).replaceAll('[somebody]', ' ');
        for (const { userId, name } of people) {
          expect(left).not.toContain(userId);
          for (const part of name.split(/[^\p{L}\p{M}\p{N}]+/u)) {
            const whole = new RegExp(`(?<![\\p{L}\\p{N}])${part}(?![\\p{L}\\p{N}])`, 'u');
            if (part.length >= 3) expect(whole.test(left), `${part} in ${left}`).toBe(false);
          }
        }
      }),
    );
  });
});
