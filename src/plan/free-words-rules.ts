/**
 * The free words in a plan's terms, about accounts and about what gets in the way: encrypted apart from the terms,
 * in which nothing, or `HIDDEN` where there has to be something, stands in their place.
 */
import type { DraftTerms } from './draft.ts';

/** Words by their place, such as `renewals.acme.nextActivities`. */
export type FreeWords = Record<string, string>;

/** What no plan may lack, such as a risk's name, is stored as this. */
const HIDDEN = '…';

type Change = (place: string, text: string, filler: '' | typeof HIDDEN) => string;

function mapWords(terms: DraftTerms, change: Change): DraftTerms {
  const { calendar, newBusiness } = terms;
  return {
    ...terms,
    calendar: {
      ...calendar,
      timeOff: calendar.timeOff.map((row, at) => ({
        ...row,
        label: change(`timeOff.${at}.${row.from}`, row.label, ''),
      })),
    },
    renewals: terms.renewals.map((row) => ({
      ...row,
      internalRisks: change(`renewals.${row.id}.internalRisks`, row.internalRisks, ''),
      externalRisks: change(`renewals.${row.id}.externalRisks`, row.externalRisks, ''),
      nextActivities: change(`renewals.${row.id}.nextActivities`, row.nextActivities, ''),
    })),
    newBusiness: newBusiness && {
      ...newBusiness,
      selfSourcing: {
        leadIdentification: change(
          'selfSourcing.leadIdentification',
          newBusiness.selfSourcing.leadIdentification,
          '',
        ),
        prospecting: change('selfSourcing.prospecting', newBusiness.selfSourcing.prospecting, ''),
      },
    },
    overrides: terms.overrides.map((row) => ({
      ...row,
      reason: change(`overrides.${row.id}.reason`, row.reason, HIDDEN),
    })),
    risks: terms.risks.map((row) => ({
      ...row,
      label: change(`risks.${row.id}.label`, row.label, HIDDEN),
      trigger: change(`risks.${row.id}.trigger`, row.trigger, ''),
      mitigation: change(`risks.${row.id}.mitigation`, row.mitigation, ''),
    })),
  };
}

/** The terms without their free words, and these. */
export function takeWords(whole: DraftTerms): { terms: DraftTerms; words: FreeWords } {
  const words: FreeWords = {};
  const terms = mapWords(whole, (place, text, filler) => {
    if (text === '') return text;
    words[place] = text;
    return filler;
  });
  return { terms, words };
}

/** The terms with their words put back. What stands plain in them was written since, by a former version. */
export function putWords(terms: DraftTerms, words: FreeWords): DraftTerms {
  return mapWords(terms, (place, text, filler) =>
    text === filler ? (words[place] ?? text) : text,
  );
}

/** As jsonpath: what holds words that aren't encrypted yet. */
export const PLAIN_WORDS: readonly string[] = [
  '$.calendar.timeOff[*].label ? (@ != "")',
  '$.renewals[*].internalRisks ? (@ != "")',
  '$.renewals[*].externalRisks ? (@ != "")',
  '$.renewals[*].nextActivities ? (@ != "")',
  '$.newBusiness.selfSourcing.leadIdentification ? (@ != "")',
  '$.newBusiness.selfSourcing.prospecting ? (@ != "")',
  `$.overrides[*].reason ? (@ != "${HIDDEN}")`,
  `$.risks[*].label ? (@ != "${HIDDEN}")`,
  '$.risks[*].trigger ? (@ != "")',
  '$.risks[*].mitigation ? (@ != "")',
];
