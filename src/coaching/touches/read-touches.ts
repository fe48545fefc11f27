/**
 * What people type after `/bigplan touch`: `Acme call pricing, Globex email case study`, a line each or with commas
 * between; `called Acme about pricing`. Whatever could be meant otherwise is asked back.
 */
import { nameOf, readWords, type Word } from '../../actuals/said-words.ts';
import { readNamedDay } from '../../input/day.ts';
import { nearestOf } from '../../input/nearest.ts';
import { addDays, daysBetween, isLocalDate, weekdayOf } from '../../time/local-date.ts';
import { nameKeyOf } from './rules.ts';
import { MOST_IN_A_PROSPECT, MOST_IN_A_SUBJECT, type TouchKind } from './schemas.ts';

export interface SaidTouch {
  name: string;
  kind: TouchKind;
  subject: string | null;
  /** Local date. */
  date: string;
}

export type TouchLine =
  | { ok: true; touch: SaidTouch }
  /** What is wrong in plain words, and what a form can begin with. */
  | {
      ok: false;
      written: string;
      problem: string;
      understood: {
        name: string | null;
        kind: TouchKind | null;
        subject: string | null;
        date: string;
      };
    };

interface Context {
  locale: string;
  /** The rep's local date. */
  today: string;
  /** Names of prospects. */
  known: readonly string[];
}

/** As much as a button carries. */
export const MOST_SAID = 1_200;

const KIND_WORDS: Record<TouchKind, string> = {
  call: 'call called phone phoned rang voicemail anruf angerufen telefonat appel appelé llamada llamé',
  email: 'email e-mail emailed e-mailed mail mailed mailing correo gemailt',
  social: 'social linkedin inmail xing whatsapp sms dm message messaged',
  content: 'content sent read downloaded whitepaper brochure gesendet geschickt envoyé enviado',
  event: 'event webinar conference attended fair messe tradeshow roundtable',
  visit: 'visit visited onsite on-site besuch besucht visite visita',
  meeting: 'meeting met meet lunch coffee treffen getroffen réunion reunión',
  demo: 'demo demoed pitch pitched presentation presented',
  proposal: 'proposal offer quote quoted angebot propuesta',
  contract: 'contract vertrag contrat contrato',
  other: 'other touch touched',
};

const KINDS = new Map(
  Object.entries(KIND_WORDS).flatMap(([kind, words]) =>
    words.split(' ').map((word) => [word, kind as TouchKind] as const),
  ),
);

/** Those that say more than their kind: they stay in the subject. */
const TELLING = new Set(
  'voicemail linkedin inmail xing whatsapp sms whitepaper brochure webinar conference fair messe tradeshow roundtable lunch coffee'.split(
    ' ',
  ),
);

/** Long enough that a slip of the finger can be told from another word. */
const LEAST_LETTERS = 4;
const ABOUT = /^(?:about|re|regarding|on|über|wegen|sur|sobre|:|-|–|—)$/iu;
const WITH = /^(?:with|to|at|mit|an|avec|con|à|the)$/iu;

const kindOfWord = ({ text, quoted }: Word): TouchKind | null =>
  quoted ? null : (KINDS.get(text.toLowerCase()) ?? null);

/** The kind that a few words say, such as `Email opened`; null where none does. */
export function kindIn(words: string): TouchKind | null {
  const said = words.toLowerCase().split(/[^\p{L}-]+/u);
  return said.map((word) => KINDS.get(word)).find((kind) => kind !== undefined) ?? null;
}

/** Null: it can't be read as words at all; else what is wrong. */
export function readTouches(
  text: string,
  context: Context,
): { ok: true; lines: TouchLine[] } | { ok: false; problem: string } {
  if (text.length > MOST_SAID) {
    return { ok: false, problem: 'That is long for one go: a few touches at a time, please.' };
  }
  const pieces: Word[][] = [];
  for (const piece of piecesOf(text)) {
    const said = readWords(piece);
    if (!said.ok) return { ok: false, problem: said.problem };
    if (said.words.length > 0) pieces.push(said.words);
  }
  const names = [...context.known];
  const lines: TouchLine[] = [];
  for (const words of joined(pieces, names)) {
    const line = readLine(words, { ...context, known: names });
    if (line.ok) names.push(line.touch.name);
    lines.push(line);
  }
  return { ok: true, lines };
}

/** Cut at line breaks, semicolons and commas that stand outside of quotes and numbers. */
function piecesOf(text: string): string[] {
  return text
    .split(/\n|[;,](?!\d)(?=(?:[^"“”„‟«»]*["“”„‟«»][^"“”„‟«»]*["“”„‟«»])*[^"“”„‟«»]*$)/u)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
}

/** A piece that says no kind goes on with what stands before it, unless it names somebody known or nearly a kind. */
function joined(pieces: readonly Word[][], known: readonly string[]): Word[][] {
  const lines: Word[][] = [];
  let isOpen = false;
  for (const words of pieces) {
    const before = lines.at(-1);
    const saysKind = words.some((word) => kindOfWord(word) !== null);
    const standsAlone =
      saysKind ||
      knownAtStart(words, known) > 0 ||
      words.some((word, at) => at > 0 && isNearKind(word));
    if (before && (isOpen || !standsAlone)) {
      const last = before.at(-1);
      if (last)
        before[before.length - 1] = { ...last, text: `${last.text},`, written: `${last.text},` };
      before.push(...words);
    } else {
      lines.push([...words]);
    }
    // `Acme, Inc. call`: a name that goes on.
    isOpen = isOpen ? !saysKind : lines.length === 1 && !standsAlone;
  }
  return lines;
}

const isNearKind = ({ text, quoted }: Word) => nearKind(text, quoted) !== null;

function nearKind(text: string, quoted = false): TouchKind | null {
  if (quoted || text.length < LEAST_LETTERS) return null;
  const long = [...KINDS.keys()].filter((word) => word.length >= LEAST_LETTERS);
  const word = text.toLowerCase();
  const near = nearestOf(word, long);
  return near !== null && Math.abs(near.length - word.length) <= 1
    ? (KINDS.get(near) ?? null)
    : null;
}

/** How many words at the start are a known name: the longest. */
function knownAtStart(words: readonly Word[], known: readonly string[]): number {
  const keys = new Set(known.map(nameKeyOf));
  for (let length = words.length; length > 0; length -= 1) {
    if (keys.has(nameKeyOf(nameOf(words.slice(0, length))))) return length;
  }
  return 0;
}

function readLine(all: readonly Word[], { locale, today, known }: Context): TouchLine {
  const { words, date } = dayAtEnd(all, { locale, today });
  const written = nameOf(all);
  const wrong = (
    problem: string,
    understood: { name?: readonly Word[]; kind?: TouchKind | null; subject?: readonly Word[] } = {},
  ): TouchLine => ({
    ok: false,
    written,
    problem,
    understood: {
      name: nameOf(understood.name ?? []) || null,
      kind: understood.kind ?? null,
      subject: subjectIn(understood.subject ?? []),
      date,
    },
  });
  const named = knownAtStart(words, known);
  const at = words.findIndex((word, place) => place >= Math.max(named, 1) && kindOfWord(word));
  const [first] = words;
  const verb = first && named === 0 ? kindOfWord(first) : null;
  if (first && verb && verb !== 'other') {
    const rest = words.slice(1);
    const who = rest.findIndex((word) => !WITH.test(word.text));
    const after = rest.slice(Math.max(who, 0));
    const about = after.findIndex(
      (word, place) => place > 0 && !word.quoted && ABOUT.test(word.text),
    );
    const length = about > 0 ? about : knownAtStart(after, known) || (after.length === 1 ? 1 : 0);
    if (length === 0) {
      return wrong(after.length === 0 ? 'Who was it?' : 'Where does the name end?', {
        kind: verb,
        name: after.slice(0, 1),
        subject: after.slice(1),
      });
    }
    return touch(
      after.slice(0, length),
      verb,
      after.slice(length),
      TELLING.has(first.text.toLowerCase()) ? first : null,
    );
  }
  const said = words[at];
  const kind = said ? kindOfWord(said) : null;
  if (!said || kind === null) {
    const slip = words.findIndex((word, place) => place > 0 && isNearKind(word));
    const name = words.slice(0, slip > 0 ? slip : named || words.length);
    const subject = words.slice(slip > 0 ? slip + 1 : name.length);
    const near = slip > 0 ? nearKind(words[slip]?.text ?? '') : null;
    return wrong(
      near === null
        ? 'What was it: a call, an email, a visit…?'
        : `“${words[slip]?.text}”: was that ${near}?`,
      { name, kind: near, subject },
    );
  }
  return touch(
    words.slice(0, at),
    kind,
    words.slice(at + 1),
    TELLING.has(said.text.toLowerCase()) ? said : null,
  );

  function touch(
    nameWords: readonly Word[],
    kindSaid: TouchKind,
    rest: readonly Word[],
    telling: Word | null,
  ): TouchLine {
    const name = nameOf(nameWords);
    const subject = subjectIn(telling ? [telling, ...rest] : rest);
    if (nameKeyOf(name) === '') return wrong('Who was it?', { kind: kindSaid, subject: rest });
    if (name.length > MOST_IN_A_PROSPECT) return wrong('That name is too long to keep.');
    if ((subject?.length ?? 0) > MOST_IN_A_SUBJECT) {
      return wrong(`What it was about has to fit into ${MOST_IN_A_SUBJECT} characters.`, {
        name: nameWords,
        kind: kindSaid,
      });
    }
    return { ok: true, touch: { name, kind: kindSaid, subject, date } };
  }
}

function subjectIn(words: readonly Word[]): string | null {
  const from = words.findIndex(({ text }) => !ABOUT.test(text));
  return from < 0 ? null : nameOf(words.slice(from)) || null;
}

const MOST_DAY_WORDS = 4;

/** A day at the end of a line, such as `yesterday` or `on Monday`: the last one so called. */
function dayAtEnd(
  words: readonly Word[],
  { locale, today }: { locale: string; today: string },
): { words: readonly Word[]; date: string } {
  for (let count = Math.min(MOST_DAY_WORDS, words.length - 1); count > 0; count -= 1) {
    const tail = words.slice(-count);
    const text = nameOf(tail).toLowerCase();
    const isSaid = /^on /.test(text) || count === 1 || text === 'day before yesterday';
    const named =
      isSaid && !tail.some(({ quoted }) => quoted) ? readNamedDay(text, { locale, today }) : null;
    if (named?.kind === 'date' && (count > 1 || isPast(named.date, today))) {
      return { words: words.slice(0, -count), date: named.date };
    }
    if (count > 1 && named?.kind === 'weekday') {
      const back = datesBack(today).find((day) => weekdayOf(day) === named.weekday);
      if (back) return { words: words.slice(0, -count), date: back };
    }
    if (count > 1 && named?.kind === 'month_day') {
      const year = Number(today.slice(0, 4));
      const date = [year, year - 1]
        .map((one) => `${one}-${named.monthDay}`)
        .find((day) => isLocalDate(day) && day <= today);
      if (date) return { words: words.slice(0, -count), date };
    }
  }
  return { words, date: today };
}

/** `yesterday` and the like, and no figure that may be a price. */
const isPast = (date: string, today: string) => date <= today && daysBetween(date, today) <= 2;

const datesBack = (today: string) => Array.from({ length: 7 }, (_, back) => addDays(today, -back));
