/** Everything that Bigplan holds about somebody, in their own words for it. */
import type { Context } from '../context.ts';
import type { PersonRef } from '../db/store.ts';
import { findPeople, type Person } from '../people/store.ts';
import type { PlanDraft } from '../plan/draft.ts';
import { currencyDigits } from '../plan/model/currencies.ts';
import { layersOf } from '../plan/model/layers.ts';
import { LAYERS } from '../plan/schemas.ts';
import { findVersions } from '../plan/store.ts';
import { mapMoney } from '../plan/values.ts';
import { Scorecard } from '../review/schemas.ts';
import { wallTimeIn } from '../time/zone.ts';
import {
  columnTitle,
  moneyText,
  PERSONAL_TABLES,
  type PersonalTable,
} from './personal-data-rules.ts';
import { countNamed, ownRows, type PersonalRow } from './store.ts';

type Deps = Pick<Context, 'db' | 'encryption' | 'clock'>;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;
const USER_ID = /\b[UW][A-Z0-9]{4,}\b/g;

/** By what it is: text for people, money in major units with its currency, instants by the person's own clock. */
export async function gatherFor(deps: Deps, person: Person): Promise<Record<string, unknown>> {
  const { workspaceId, userId, timeZone } = person;
  const drafts = await draftsOf(deps, person);
  const held: Record<string, unknown> = {};
  const named: Record<string, number> = {};
  for (const one of PERSONAL_TABLES) {
    const rows = await ownRows(deps, person, one);
    if (rows.length > 0)
      held[one.title] = rows.map((row) => readable(row, one, { timeZone, drafts }));
    for (const [column, what] of Object.entries(one.named)) {
      const count = await countNamed(deps.db, person, one, column);
      if (count > 0) named[what] = (named[what] ?? 0) + count;
    }
  }
  const ids = [...new Set(JSON.stringify(held).match(USER_ID) ?? [])];
  const people = await findPeople(deps.db, workspaceId, ids);
  return {
    'What this is': 'Everything that Bigplan holds about you.',
    'Whose it is': { name: person.name, 'Slack id': userId },
    Made: instantText(deps.clock.now(), timeZone),
    'Times are those of': timeZone,
    ...held,
    'Where you are named in what is somebody else’s, and how often': named,
    'Who is who': Object.fromEntries(people.map((one) => [one.userId, one.name])),
  };
}

interface Drafts {
  byVersion: ReadonlyMap<string, PlanDraft>;
  /** By plan: its newest version's. */
  currencyOf: ReadonlyMap<string, string>;
}

async function draftsOf(deps: Deps, who: PersonRef): Promise<Drafts> {
  const table = PERSONAL_TABLES.find((one) => one.table === 'plan_version');
  const rows = table ? await ownRows(deps, who, table) : [];
  const versions = await findVersions(
    deps,
    rows.map(({ id }) => String(id)),
  );
  return {
    byVersion: new Map(versions.map(({ id, draft }) => [id, draft])),
    currencyOf: new Map(versions.map(({ planId, draft }) => [planId, draft.currency])),
  };
}

const inMajor = (draft: PlanDraft): PlanDraft => {
  const digits = currencyDigits(draft.currency);
  return mapMoney(draft, (minor) => minor / 10 ** digits);
};

function readable(
  row: PersonalRow,
  { table, money, only }: PersonalTable,
  { timeZone, drafts }: { timeZone: string; drafts: Drafts },
): Record<string, unknown> {
  const told: Record<string, unknown> = {};
  const draft = table === 'plan_version' ? drafts.byVersion.get(String(row.id)) : undefined;
  if (draft) told.plan = inMajor(draft);
  const currency = drafts.currencyOf.get(String(row.plan_id));
  for (const [column, value] of Object.entries(row)) {
    const title = columnTitle(column);
    if (title === null || value === null || (only && !only.includes(column))) continue;
    if (draft && ['terms', 'words', 'personal'].includes(column)) continue;
    if (money.includes(column)) {
      told[title] = currency ? moneyText(Number(value), currency, currencyDigits(currency)) : value;
    } else told[title] = opened(table, column, value, timeZone);
  }
  return told;
}

function opened(table: string, column: string, value: unknown, timeZone: string): unknown {
  if (typeof value !== 'string') return value;
  if (INSTANT.test(value)) return instantText(new Date(`${value}Z`), timeZone);
  const json = parsed(value);
  if (json === null) return value;
  if (table === 'plan_event' && column === 'draft') return inMajor(json as PlanDraft);
  return table === 'review' ? reviewInMajor(json) : json;
}

/** An object or a list in a text; null: it is a text. */
function parsed(text: string): object | null {
  if (!/^[[{]/.test(text)) return null;
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' ? read : null;
  } catch {
    return null;
  }
}

function instantText(at: Date, timeZone: string): string {
  const { date, time } = wallTimeIn(timeZone, at);
  return `${date} ${time}`;
}

const BOOKED: readonly string[] = ['bookings', ...LAYERS];

/** What a rep was asked of a month, or the card of it: money is for people. */
function reviewInMajor(json: object): unknown {
  if ('card' in json) return { ...json, card: reviewInMajor(json.card as object) };
  const { success, data: card } = Scorecard.safeParse(json);
  if (!success) return json;
  const scale = 10 ** currencyDigits(card.currency);
  const major = <Amount extends number | null>(minor: Amount) => minor && minor / scale;
  const both = <Pair extends { actual: number | null; target: number }>(pair: Pair) => ({
    ...pair,
    actual: major(pair.actual),
    target: major(pair.target),
  });
  return {
    ...card,
    bookings: both(card.bookings),
    lines: card.lines.map((line) =>
      BOOKED.includes(line.kpi)
        ? { ...line, actual: major(line.actual), target: major(line.target), cut: major(line.cut) }
        : line,
    ),
    pipeline: {
      ...card.pipeline,
      layers: layersOf((layer) => both(card.pipeline.layers[layer])),
    },
    catchUp: card.catchUp.map((line) =>
      line.kind === 'deals' ? { ...line, short: major(line.short) } : line,
    ),
    months: card.months.map(({ month, target, actual }) => ({
      month,
      target: major(target),
      actual: actual && layersOf((layer) => major(actual[layer])),
    })),
  };
}
