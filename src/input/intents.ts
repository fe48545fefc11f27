/** What somebody wants who writes in plain words and reports nothing: in English, and the obvious German, French
 * and Spanish. */
import { tidy } from './read.ts';
import { stripMarkup } from './strip-markup.ts';

export const INTENTS = [
  'greeting',
  'thanks',
  'okay',
  'help',
  'stop',
  'pause',
  'skip',
  'away',
  'status',
  'target',
  'won',
  'lost',
  'touch',
] as const;
export type Intent = (typeof INTENTS)[number];

export interface ReadIntent {
  intent: Intent;
  /** What it is about, as it was written: the account of a deal, the days of an absence; empty: not said. */
  about: string;
}

/** An apostrophe or none, as people type it. */
const A = "'?";
const ME = `(?:i${A}m |i am |im |ich bin |je suis |estoy |soy )?`;
const WHO = `(?:(?:i|we|i${A}ve|we${A}ve|i have|we have|just|finally|ich|wir|habe|haben|ich habe|wir haben|j${A}ai|on a|nous avons|he|hemos) )*`;

/** Whole phrases; a group, where there is one, is what it is about. The first that fits is meant. */
const PHRASES: readonly (readonly [Intent, RegExp])[] = (
  [
    [
      'greeting',
      `(?:hi|hello|hey|hiya|yo|howdy|morning|good (?:morning|afternoon|evening|day)|moin|hallo|servus|gr(?:ü|ue)(?:ezi|(?:ß|ss) (?:gott|dich))|guten (?:morgen|tag|abend)|bonjour|bonsoir|salut|coucou|hola|buen(?:os|as)? (?:d[ií]as?|tardes|noches))(?: (?:there|again|bigplan|all|team|zusammen))?`,
    ],
    [
      'thanks',
      `(?:many |ok(?:ay)? |great |vielen |herzlichen |muchas |mille |merci )*(?:thanks?|thank you|thx|ty|cheers|danke|dank|merci|gracias)(?: (?:you|a lot|so much|very much|sch(?:ö|oe)n|sehr|dir|beaucoup|bien|bigplan|again|for .+|für .+|pour .+|por .+))*`,
    ],
    [
      'okay',
      `(?:ok|okay|k|yes|yep|yeah|no|nope|sure|got it|great|nice|cool|perfect|done|alright|all right|fine|good|understood|will do|ja|nein|gut|super|genau|passt|alles klar|oui|non|d${A}accord|parfait|s[ií]|vale|claro|bien)`,
    ],
    [
      'help',
      `\\?+|help(?: me)?|i need help|(?:i am |i${A}m )(?:lost|confused|stuck)|confused|hilfe|aide|aidez-moi|ayuda|commands?|menu|what can (?:you|i) (?:do|say|ask|write)|what do you do|how does (?:this|it) work|was kannst du|wie geht das|que peux-tu faire|qu[eé] puedes hacer`,
    ],
    // `stop until 20 March` says how long.
    [
      'pause',
      `(?:stop|pause|mute|pausieren|pausa|quiet|snooze)(?: (?:me|it|all|everything|nudges|messages|notifications))?(?: ((?:until|till|til|for|bis|für|jusqu${A}(?:à|au)|hasta|por) .+))`,
    ],
    [
      'pause',
      `(?:please )?(?:pause|mute|snooze|pausieren|pausiere|pausa|faire une pause)(?: (?:me|it|all|everything|nudges|messages|notifications))?`,
    ],
    [
      'stop',
      `(?:please )?(?:stop|unsubscribe|quiet|be quiet|shut up|leave me alone|go away|enough|stopp|aufh(?:ö|oe)ren|h(?:ö|oe)r auf|ruhe|arr[êe]te[zr]?|silence|basta|para|silencio)(?: (?:it|this|that|all|everything|asking|messaging|nudging|bugging|pinging|me|please|now|the (?:messages|nudges|check-?ins|reminders)))*|(?:no more|turn off|switch off)(?: (?:the|my|all))?(?: (?:messages?|nudges?|check-?ins?|notifications?|reminders?))?`,
    ],
    [
      'skip',
      `(?:skip|pass|überspringen|auslassen|passer|sauter|saltar)(?: (?:it|this|that|one|today|the day|yesterday|me|heute))*|not today|not now|later|heute nicht|sp(?:ä|ae)ter|plus tard|pas aujourd${A}hui|hoy no|más tarde|no time(?: today)?`,
    ],
    [
      'away',
      `${ME}(?:feeling |home |out |calling in |off )?(?:sick|ill|unwell|krank|malade|enferm[oa])(?: (.+))?`,
    ],
    [
      'away',
      `${ME}(?:off|away|ooo|out of office|out of the office|out|abwesend|urlaub|im urlaub|frei|absente?|en congés?|en vacances|de vacaciones|ausente|(?:on )?(?:holidays?|vacation|annual leave|leave|pto|parental leave))(?: (.+))?`,
    ],
    ['away', `(?:i${A}m |i am |i${A}ll be |i will be )?(back (?:on|in|at) .+)`],
    ['away', `${ME}(?:taking|take|having|have|need) (.+) off`],
    ['away', `(?:day|tomorrow|morning|afternoon) off(?: (.+))?`],
    [
      'status',
      `(?:so |and )?(?:how am i (?:doing|looking|standing)|how do i (?:stand|do|look)|where (?:do|am) i(?: stand| at)?|how(?:${A}s| is| are) (?:it|things|we)(?: (?:going|looking|doing))?|how(?:${A}s| is) my (?:day|week|month|quarter|year|plan|pipeline|coverage)(?: (?:doing|going|looking))?|am i (?:on track|on plan|behind|ahead)|status|progress|stats|my (?:numbers|stats|status|progress)|wie stehe ich(?: da)?|wo stehe ich|wie l(?:ä|ae)uft(?:${A}s| es)|bin ich im plan|o[uù] en suis[- ]je|o[uù] j${A}en suis|c[oó]mo (?:voy|estoy|va))(?: (?:so far|this (?:week|month|quarter|year)|today|now|right now))*`,
    ],
    [
      'target',
      `(?:today|for today|heute|aujourd${A}hui|hoy)|(?:so )?(?:what(?:${A}s| is| are|) )?(?:my|the|today${A}s|our|todays)? ?(?:daily |weekly |monthly |current |call |sales )?(?:targets?|goals?|quota|plan|to-?dos?)(?: (?:for )?(?:today|this week|this month|the day|now))?|(?:how many|how much) .{0,40}(?:do i|should i|must i|to go|left|need).{0,40}|what (?:should|do|must) i (?:do|have to do|need to do)(?: today)?|(?:was|wie) ist mein (?:ziel|plan)(?: heute)?|mein ziel|ziel|wie viele .{0,40}|quels? (?:est|sont) (?:mon|mes) objectifs?|mon objectif|objectif|combien d.{0,40}|cu[aá]l es mi (?:objetivo|meta|cuota)|mi (?:objetivo|meta)`,
    ],
    ['lost', `${WHO}(?:lost|lose|verloren|perdu|perd[ií]|perdimos|perdido)(?: (.+))?`],
    [
      'lost',
      `${WHO}(.+?) (?:is |was |are |we |has |have )?(?:lost|churned|gone|dead|verloren|perdue?)`,
    ],
    [
      'won',
      `${WHO}(?:won|signed|closed|landed|booked|sold|inked|secured|gewonnen|abgeschlossen|gagn[eé]|sign[eé]|gan[eé]|ganamos|firmamos|cerr[eé]|cerramos)(?: (.+))?`,
    ],
    [
      'won',
      `${WHO}(.+?) (?:is |has |just |was )*(?:signed|won|closed|gewonnen|unterschrieben|abgeschlossen|signé|firmado|ganado)`,
    ],
    // `called Acme about pricing`, with the word that says what it was.
    [
      'touch',
      `(?:i |we |just |ich |wir |habe |haben )*((?:called|phoned|emailed|e-mailed|mailed|visited|met|messaged|demoed|touch|touched|pitched) .+)`,
    ],
  ] as const
).map(([intent, phrase]) => [intent, new RegExp(`^(?:${phrase})$`, 'iu')]);

/** More is a story. */
const MAX_LENGTH = 200;
const GREETING_BEFORE = /^(?:hi|hello|hey|hallo|hola|bonjour|please|bitte|bigplan)[ ,!:]+(?=\S)/iu;
const AROUND = /^[\s.,;:!¡¿…]+|[\s.,;:!…]+$/gu;

/** Null where it is nothing that is known: somebody's report, or a story. */
export function readIntent(text: string): ReadIntent | null {
  if (text.length > 4 * MAX_LENGTH) return null;
  const plain = stripMarkup(text).replace(AROUND, '');
  // An emoji alone, such as a thumb.
  if (plain === '') return /:[a-z+0-9_-]+:|\p{Extended_Pictographic}/iu.test(text) ? OKAY : null;
  if (plain.length > MAX_LENGTH) return null;
  const asked = plain.replace(/(?<=\S)\s*\?+$/u, '');
  for (const words of [asked, asked.replace(GREETING_BEFORE, '')]) {
    for (const [intent, pattern] of PHRASES) {
      const match = pattern.exec(words);
      if (match) return { intent, about: aboutIn(intent, match.slice(1).find(Boolean) ?? '') };
    }
  }
  return null;
}

const OKAY: ReadIntent = { intent: 'okay', about: '' };

/** What stands around an account's name where it is told of: `the Acme deal`. */
const BEFORE_NAME =
  /^(?:(?:the|our|my|an?|das|den|die|der|unseren?|la|le|el|une?|with|mit|avec|con|deal|auftrag|vertrag|kunden?|client|contrat|contrato|cliente) |l')+(?=\S)/iu;
const AFTER_NAME =
  / (?:deal|deals|account|renewal|contract|opportunity|opp|customer|client|kunde|kunden|auftrag|vertrag|contrat|client|contrato|cliente)$/iu;

function aboutIn(intent: Intent, words: string): string {
  const text = tidy(words);
  return intent === 'lost' ? text.replace(BEFORE_NAME, '').replace(AFTER_NAME, '').trim() : text;
}
