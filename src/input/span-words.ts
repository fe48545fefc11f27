/** The words around days: until, from, back, rest of the week, in English and in the person's own language. */

import { languageOf } from './locale-day.ts';

/** Regular expressions' sources, in small letters. */
interface SpanWords {
  /** Before the days, and of no matter for them. */
  about: string;
  /** About today alone, where nothing else is said. */
  sick: string;
  /** With its day in. */
  until: string;
  from: string;
  /** Between the ends of a span. */
  to: string;
  between: string;
  and: string;
  /** The first day on which they work again. */
  back: string;
  /** Before a day. */
  on: string;
  /** Before and after `3 days`. */
  lasting: string;
  days: string;
  workingDays: string;
  weeks: string;
  /** One, as `a week` has it. */
  one: string;
  restOfWeek: string;
  thisWeek: string;
  nextWeek: string;
  half: string;
  noon: string;
}

const ENGLISH: SpanWords = {
  about:
    "i'm|i am|i'll be|i will be|we're|away|off|out(?: of(?: the)? office)?|ooo|on|vacation|holidays?|leave|pto|sick|ill|stop|pause|not (?:working|in|there)|time off",
  sick: '(?:sick|ill|unwell|ooo|out sick)(?: leave)?',
  until: '(?:from (?:now|today) )?(?:on )?(?:until|till|til|through|thru|up to)',
  from: 'from|starting(?: on)?|as of|beginning',
  to: 'to|until|till|til|through|thru',
  between: 'between',
  and: 'and|plus|&',
  back: "(?:and )?(?:i'll be |i'm |i am |will be )?(?:back|returning|return)(?: at work| in the office)?(?: on| in)?",
  on: 'on|the|on the',
  lasting: '(?:for|the|next|another)',
  days: 'days?',
  workingDays: '(?:working|business|work|week)[ -]?days?',
  weeks: 'weeks?',
  one: 'an?|one',
  restOfWeek: '(?:for )?(?:the |all )?(?:rest|remainder) of (?:the|this) week',
  thisWeek: '(?:all |the whole |all of )?this week',
  nextWeek: '(?:all |the whole |all of )?next week',
  half: '(?:for )?half(?: of)?(?: an?| the)?[ -]day(?: off)?|half of|half',
  noon: 'noon|midday|12 noon',
};

const OTHERS = new Map<string, SpanWords>(
  Object.entries({
    de: {
      about: 'ich|bin|urlaub|krank|frei|weg|abwesend|nicht da|im|auf',
      sick: 'krank|krankgemeldet',
      until: '(?:ab (?:heute|jetzt) )?bis(?: zum| einschließlich| einschl\\.?| inkl\\.?)?',
      from: 'ab(?: dem)?|vom?|seit',
      to: 'bis(?: zum)?',
      between: 'zwischen(?: dem)?',
      and: 'und(?: dem)?',
      back: '(?:bin )?(?:wieder (?:da|zurück|im büro)|zurück|wieder)(?: am)?',
      on: 'am|den|dem|der',
      lasting: '(?:für|die nächsten)',
      days: 'tagen?|tage?',
      workingDays: '(?:arbeits|werk)tagen?|(?:arbeits|werk)tage?',
      weeks: 'wochen?',
      one: 'einen?|einer?',
      restOfWeek: '(?:den |für den )?rest der woche',
      thisWeek: '(?:die ganze )?diese woche',
      nextWeek: '(?:die ganze )?(?:nächste|kommende) woche',
      half: 'halbe[nr]? tag|halbtags',
      noon: 'mittags?|12 uhr mittags',
    },
    fr: {
      about: 'je suis|absente?|en|congés?|vacances|malade|arrêt',
      sick: 'malade|en arrêt(?: maladie)?',
      until: "jusqu'(?:à|au)",
      from: 'à partir (?:de|du)|dès(?: le)?|du|de|depuis(?: le)?',
      to: "au|à|jusqu'(?:à|au)",
      between: 'entre(?: le)?',
      and: 'et(?: le)?',
      back: '(?:je suis )?(?:de )?retour(?: le)?',
      on: 'le|la|ce',
      lasting: '(?:pendant|pour|les)',
      days: '(?:prochains )?jours?',
      workingDays: 'jours? (?:ouvrés?|ouvrables?)',
      weeks: 'semaines?',
      one: 'une?',
      restOfWeek: '(?:le )?reste de la semaine',
      thisWeek: '(?:toute )?cette semaine',
      nextWeek: '(?:toute )?la semaine prochaine',
      half: "(?:une )?demi-journée(?: d'absence)?",
      noon: 'midi',
    },
    es: {
      about: 'estoy|estaré|fuera|de|vacaciones|enferm[oa]|baja|ausente|libre',
      sick: 'enferm[oa]|de baja',
      until: 'hasta(?: el)?',
      from: 'desde(?: el)?|a partir del?|del?',
      to: 'al?|hasta(?: el)?',
      between: 'entre(?: el)?',
      and: '[ye](?: el)?',
      back: '(?:vuelvo|de vuelta|regreso)(?: el)?',
      on: 'el|la',
      lasting: '(?:por|durante|los)',
      days: '(?:próximos )?días?',
      workingDays: 'días? (?:laborables?|hábiles?)',
      weeks: 'semanas?',
      one: 'una?',
      restOfWeek: '(?:el )?resto de la semana',
      thisWeek: '(?:toda )?esta semana',
      nextWeek: '(?:toda )?la (?:próxima semana|semana (?:próxima|que viene))',
      half: 'medio día|media jornada',
      noon: 'mediodía',
    },
    it: {
      about: 'sono|sarò|fuori|in|ferie|malat[oa]|malattia|assente|vacanza',
      sick: 'malat[oa]|in malattia',
      until: 'fino (?:a|al|alla)',
      from: 'dal?|a partire dal?',
      to: 'al?|fino al?',
      between: '(?:tra|fra)(?: il)?',
      and: 'ed?(?: il)?',
      back: '(?:torno|di ritorno|rientro)(?: il)?',
      on: 'il|la',
      lasting: '(?:per|i)',
      days: '(?:prossimi )?giorn[oi]',
      workingDays: 'giorn[oi] lavorativ[oi]',
      weeks: 'settiman[ae]',
      one: 'un[ao]?',
      restOfWeek: '(?:il )?resto della settimana',
      thisWeek: '(?:tutta )?questa settimana',
      nextWeek: '(?:tutta )?(?:la )?(?:prossima settimana|settimana prossima)',
      half: 'mezza giornata',
      noon: 'mezzogiorno',
    },
    nl: {
      about: 'ik ben|weg|vrij|ziek|met|op|vakantie|verlof|afwezig',
      sick: 'ziek',
      until: 't/m|tot(?: en met)?',
      from: 'vanaf|van',
      to: 't/m|tot(?: en met)?',
      between: 'tussen',
      and: 'en',
      back: '(?:ben )?(?:weer )?(?:terug|er weer)(?: op)?',
      on: 'op|de',
      lasting: '(?:voor|de)',
      days: '(?:komende )?dag(?:en)?',
      workingDays: 'werkdag(?:en)?',
      weeks: 'we(?:ek|ken)',
      one: 'een|één',
      restOfWeek: '(?:de )?rest van de week',
      thisWeek: '(?:de hele )?deze week',
      nextWeek: '(?:de hele )?volgende week',
      half: '(?:een )?halve dag',
      noon: 'twaalf uur|de middag',
    },
    pt: {
      about: 'estou|estarei|fora|de|férias|doente|ausente|folga',
      sick: 'doente|de baixa',
      until: 'até(?: [ao])?',
      from: 'a partir de|desde|d[eoa]',
      to: 'ao?|até(?: [ao])?',
      between: 'entre',
      and: 'e',
      back: '(?:volto|de volta|regresso)(?: em| na| no| a)?',
      on: 'na|no|em|o|a|dia',
      lasting: '(?:por|durante|os)',
      days: '(?:próximos )?dias?',
      workingDays: 'dias? úte?is',
      weeks: 'semanas?',
      one: 'uma?',
      restOfWeek: '(?:o )?resto da semana',
      thisWeek: '(?:toda )?esta semana',
      nextWeek: '(?:a )?(?:próxima semana|semana que vem)',
      half: 'meio dia|meio período',
      noon: 'meio-dia',
    },
  }),
);

const known = new Map<string, SpanWords>();

/** Those of the locale's language beside the English ones, longer ones first. */
export function spanWords(locale: string): SpanWords {
  const language = languageOf(locale);
  const found = known.get(language);
  if (found) return found;
  const own = OTHERS.get(language);
  const keys = Object.keys(ENGLISH) as (keyof SpanWords)[];
  const words = { ...ENGLISH };
  for (const key of keys)
    words[key] = own ? `(?:${own[key]}|${ENGLISH[key]})` : `(?:${ENGLISH[key]})`;
  known.set(language, words);
  return words;
}

export type { SpanWords };
