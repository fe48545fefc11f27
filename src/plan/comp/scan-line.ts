/** Cuts a line of a comp plan into what it is made of: numbers with their units, and words that mean something. */
import { tidy } from '../../input/read.ts';
import { numberFormat } from '../../slack/locale.ts';
import { truncate } from '../../slack/truncate.ts';

/** What a word of a letter says of the number beside it, or of the line. */
export type Mark =
  | 'from'
  | 'at'
  | 'below'
  | 'upTo'
  | 'between'
  | 'to'
  | 'and'
  | 'andUp'
  | 'quota'
  | 'all'
  | 'everything'
  | 'above'
  | 'nothing'
  | 'double'
  | 'triple'
  | 'more'
  | 'total'
  | 'instead'
  | 'bonus'
  | 'plus'
  | 'noise';

export type FigureUnit = 'percent' | 'factor' | 'amount' | 'bare';

export type LineToken =
  | { kind: 'number'; unit: FigureUnit; text: string }
  | { kind: 'mark'; mark: Exclude<Mark, 'noise'> }
  | { kind: 'dash' };

export type Scanned = { ok: true; tokens: LineToken[] } | { ok: false; problem: string };

/** As letters put it, in the languages that they come in; the longest phrase counts. */
const PHRASES: Record<Mark, string> = {
  from: `from|starting at|starting from|above|over|everything above|everything over|on everything above
    |on everything over|all above|on all above|on all bookings above|on all sales above|on all over|anything above
    |anything over|on anything above|on anything over|on every deal above|on bookings above|on bookings over
    |on sales above|on what is above the|auf alles über|alles über|auf alles oberhalb von|sur tout ce qui dépasse|beyond|past|after|exceeding|exceeds|more than|greater than
    |in excess of|at or above|on and above|as of|>=|≥|>|ab|von|über|ueber|oberhalb|oberhalb von|mehr als
    |à partir de|a partir de|à partir du|dès|au-delà de|au delà de|au-dessus de|plus de|desde|más de
    |por encima de|oltre|vanaf|boven`,
  at: 'at|upon|reaching|on reaching|upon reaching|when reaching|hitting|for|bei|bei erreichen von|à|al',
  below: `below|under|less than|lower than|unter|unterhalb|unterhalb von|weniger als|sous|moins de
    |en dessous de|au-dessous de|debajo de|menos de|<`,
  upTo: `up to|upto|until|till|bis zu|jusqu'à|hasta|<=|≤`,
  between: 'between|zwischen|entre',
  to: 'to|through|thru|bis',
  and: 'and|und|et|y',
  andUp: `and above|and over|and up|and more|and higher|or more|or above|or higher|upwards|und mehr|und darüber
    |oder mehr|et plus|ou plus|et au-delà|y más|o más`,
  quota: 'quota|target|goal|plan|quote|ziel|objectif|objetivo|cuota',
  all: `retroactive|retroactively|retro|from the first dollar|from the first dollar on|from dollar one|from dollar 1
    |from first dollar|from the 1st dollar|back to dollar one|back to the first dollar|back to first dollar|to first dollar
    |from the first euro|from euro one|from the first pound|from the first deal|from the first deal on
    |rückwirkend|ab dem ersten euro|ab dem 1. euro|ab dem ersten abschluss|rétroactif|rétroactivement
    |dès le premier euro|à partir du premier euro|retroactivo|desde el primer euro`,
  everything: `on everything|of everything|on all of it|on all|on all bookings|on all sales|on everything you book
    |auf alles|auf den gesamten umsatz|sur tout|sur la totalité|sobre todo`,
  above: `on what lies above|on what lies above it|on what is above|on what's above|on the excess|on the rest|only above
    |above only|on the part above|marginal|marginally|incremental|incrementally|non-retroactive|not retroactive
    |auf das darüber|auf den mehrbetrag|nur darüber|nicht rückwirkend|sur l'excédent|sur le surplus
    |non rétroactif|sobre el exceso|no retroactivo`,
  nothing: `nothing|nothing more|no commission|no pay|no payout|not paid|none|nil|zero|nichts|keine provision
    |rien|aucune commission|nada|sin comisión`,
  double: 'double|double rate|twice|doppelt|doppelte|doble',
  triple: 'triple|triple rate|dreifach|dreifache',
  more: `more|additional|an additional|extra|an extra|another|on top|further|zusätzlich|weitere|de plus|en plus
    |supplémentaire|supplémentaires|adicional|más`,
  total: 'in all|in total|total|altogether|insgesamt|au total|en total',
  instead: 'instead of|instead of the|statt|anstatt|au lieu de|en lugar de',
  bonus: `bonus|bonuses|flat|flat bonus|lump sum|one-off|spiff|spif|kicker|once|prämie|einmalig|pauschal|prime|bono`,
  plus: 'plus',
  noise: `of|of the|the|a|an|your|you|get|gets|earn|earns|pay|pays|paid|is|are|be|rate|rates|commission|commission rate
    |times the rate|the rate|multiplier|multiple|accelerator|accelerated|decelerator|tier|band|attainment|achievement
    |of quota attainment|bookings|booked|sales|revenue|deals|then|in|with|on|quota attainment|of quota|of target
    |of the quota|of plan|your quota|a year|a quarter|a month|a half-year|once a year|once a quarter|once a month
    |once a half-year|per year|per quarter|per month|each quarter|each month|yearly|quarterly|monthly|base rate
    |der|die|das|den|dem|des|im|auf|mit|provision|provisionssatz|satz|der quote|zielerreichung|umsatz|pro quartal
    |pro monat|pro jahr|im quartal|im monat|im jahr|le|la|les|du|de|taux|du quota|de l'objectif|d'atteinte|par trimestre
    |par mois|par an|el|los|las|tasa|comisión|de la cuota|al trimestre|al mes|al año`,
};

const escaped = (phrase: string) =>
  phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', ' +');

const MARKS = new Map(
  Object.entries(PHRASES).flatMap(([mark, phrases]) =>
    phrases.split('|').map((phrase) => [phrase.trim(), mark as Mark] as const),
  ),
);
const LONGEST_FIRST = [...MARKS.keys()].sort((a, b) => b.length - a.length);
const PHRASE = new RegExp(
  `(?:${LONGEST_FIRST.map((phrase) => escaped(phrase) + (/\p{L}$/u.test(phrase) ? '(?![\\p{L}\\d])' : '')).join('|')})`,
  'iuy',
);

const DIGITS = String.raw`(?:\d{1,3}(?: \d{3})+(?!\d)(?:[.,٫]\d+)?|[.,٫]?\d(?:[\d.,٫٬']*\d)?)`;
/** The words in any case, where nothing else in a pattern may be: `EUR` is a currency, `eur` may not be. */
const anyCase = (words: string) =>
  words.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
const POWER = `(?: ?(?:${anyCase('k|tsd|lakh|lac|m|mn|mio|million|cr|crore|b|bn|billion|mrd')})(?![\\p{L}\\d])\\.?)`;
const PERCENT = `(?: ?%| ?(?:${anyCase('percent|per cent|prozent|pour cent|por ciento')})(?!\\p{L}))`;
const FACTOR = `(?: ?[xX×](?![\\p{L}\\d])| ?-?(?:${anyCase('times|mal|fach|fold|fois|veces')})(?!\\p{L}))`;

/** How people write the currency: its code in either case, and its signs. */
function currencySigns({ locale, currency }: CurrencyStyle): string[] {
  const signs = [locale, 'en-US'].flatMap((tag) =>
    (['symbol', 'narrowSymbol'] as const).map((currencyDisplay) => {
      const format = numberFormat(tag, { style: 'currency', currency, currencyDisplay });
      return tidy(format.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? '');
    }),
  );
  return [currency, currency.toLowerCase(), ...signs]
    .filter((sign) => sign !== '')
    .sort((a, b) => b.length - a.length);
}

/** A number with what belongs to it: `$1.2M`, `1 200,50 €`, `USD 10k`, `15 %`, `1,5 x`, `x1.5`. */
function numberPattern(style: CurrencyStyle): RegExp {
  const own = currencySigns(style)
    .map((sign) => escaped(sign) + (/\p{L}$/u.test(sign) ? '(?!\\p{L})' : ''))
    .join('|');
  const money = String.raw`(?:${own}|\p{Lu}{0,3}\p{Sc}\p{Lu}{0,3}|[A-Z]{3}(?![\p{L}\d]))`;
  return new RegExp(
    `(?<before>${money} ?)?(?<times>[xX×] ?)?(?<digits>${DIGITS})(?:(?<percent>${PERCENT})|(?<factor>${FACTOR})|(?<power>${POWER})?(?<after> ?${money}(?!\\d))?)`,
    'uy',
  );
}

const patterns = new Map<string, RegExp>();

const IGNORED = /[\s:;,→=|·•*().!]/uy;
const WORD = /[^\s]+/uy;
const NEGATIVE = /-[\d\p{Sc}.]/uy;

interface CurrencyStyle {
  locale: string;
  currency: string;
}

/** What stands at a place of the line, and how much room it takes. */
type Found = { length: number; token: LineToken | null } | { problem: string };

/** The line's tokens in order; or what in it means nothing here. */
export function scanLine(line: string, style: CurrencyStyle): Scanned {
  const text = tidy(line);
  const tokens: LineToken[] = [];
  for (let at = 0; at < text.length; ) {
    const found = phraseAt(text, at) ?? numberAt(text, at, style) ?? signAt(text, at);
    if ('problem' in found) return { ok: false, problem: found.problem };
    if (found.token) tokens.push(found.token);
    at += found.length;
  }
  return { ok: true, tokens };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function phraseAt(text: string, at: number): Found | null {
  const [phrase = ''] = matchAt(PHRASE, text, at) ?? [];
  const mark = MARKS.get(phrase.toLowerCase().replace(/ +/g, ' '));
  if (mark === undefined) return null;
  return { length: phrase.length, token: mark === 'noise' ? null : { kind: 'mark', mark } };
}

function numberAt(text: string, at: number, style: CurrencyStyle): Found | null {
  const key = `${style.locale} ${style.currency}`;
  const pattern = patterns.get(key) ?? numberPattern(style);
  patterns.set(key, pattern);
  const { 0: whole = '', groups } = matchAt(pattern, text, at) ?? {};
  if (!groups) return null;
  const { times, digits = '', percent, factor, power, before, after = '' } = groups;
  // `$1,000 $10`: the sign belongs to what follows it.
  const isNext = before && after && /^ ?\d/.test(text.slice(at + whole.length));
  const own = isNext ? whole.slice(0, -after.length) : whole;
  const token = (unit: FigureUnit, said: string): Found => ({
    length: own.length,
    token: { kind: 'number', unit, text: said },
  });
  if (percent) return token('percent', `${digits}%`);
  if (factor || times) return token('factor', `${digits}x`);
  return token(power || before || after ? 'amount' : 'bare', own.trim());
}

/** A sign between numbers and words; or the first word that means nothing here. */
function signAt(text: string, at: number): Found {
  const sign = text[at];
  const isBehind = at > 0 && /\S/.test(text[at - 1] ?? ' ');
  if (sign === '+') {
    const isAndUp = isBehind && !/[\d\p{Sc}]/u.test(text[at + 1] ?? ' ');
    return { length: 1, token: { kind: 'mark', mark: isAndUp ? 'andUp' : 'plus' } };
  }
  if (!isBehind && matchAt(NEGATIVE, text, at)) {
    return { problem: 'Nothing in it can be below zero: write a line like “100% 1.5x”.' };
  }
  if (sign === '-') return { length: 1, token: { kind: 'dash' } };
  if (matchAt(IGNORED, text, at)) return { length: 1, token: null };
  const [word = ''] = matchAt(WORD, text, at) ?? [];
  return { problem: `“${truncate(word, 30)}” means nothing here: write a line like “100% 1.5x”.` };
}
