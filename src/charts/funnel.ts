/** What a funnel chart is given, and the figures that are drawn and said. */
import { altText, chartShare, shortCount, spokenWords, wholeAmount } from './words.ts';

export interface FunnelStage {
  /** `Calls` */
  name: string;
  planned: number;
  done: number;
  /**
   * The rate from the stage before, as fractions; null where there is none. Left out: the counts of
   * both, divided.
   */
  conversion?: Conversion | undefined;
}

interface Conversion {
  done: number | null;
  planned: number | null;
}

export interface FunnelChartInput {
  /** BCP 47. */
  locale: string;
  /** In order: calls, visits, demos, proposals, contracts. */
  stages: readonly FunnelStage[];
  /** The time it covers, in words: `March 2027`. */
  period?: string | undefined;
}

export interface StageFigures {
  name: string;
  planned: number;
  done: number;
  /** done ÷ planned; null where nothing was planned. */
  share: number | null;
  /** From the stage before; nulls at the first. */
  conversion: Conversion;
}

/**
 * The stages with sane figures: whole counts from 0 up. Who isn't asked to call begins with the first
 * stage that has any.
 */
export function stageFigures(given: readonly FunnelStage[]): StageFigures[] {
  const first = given.findIndex(
    ({ planned, done }) => wholeAmount(planned) + wholeAmount(done) > 0,
  );
  const stages = given.slice(Math.max(0, first));
  const counts = stages.map(({ planned, done }) => ({
    planned: wholeAmount(planned),
    done: wholeAmount(done),
  }));
  return stages.map(({ name, conversion }, index) => {
    const { planned, done } = counts[index] ?? { planned: 0, done: 0 };
    const before = counts[index - 1];
    return {
      name,
      planned,
      done,
      share: ratio(done, planned),
      conversion: {
        done: before ? rate(conversion?.done, ratio(done, before.done)) : null,
        planned: before ? rate(conversion?.planned, ratio(planned, before.planned)) : null,
      },
    };
  });
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

/** A given rate where it is one, else what the counts say. */
function rate(given: number | null | undefined, counted: number | null): number | null {
  if (given === undefined) return counted;
  return given !== null && Number.isFinite(given) && given >= 0 ? given : null;
}

type Said = Pick<FunnelChartInput, 'locale' | 'period'>;

/** `Calls 184 of 270 · Contracts 4 of 4`: where the funnel begins and what comes out. */
export function funnelHeadline(stages: readonly StageFigures[], { locale }: Said): string {
  const [first, last] = [stages[0], stages.at(-1)];
  if (!first || !last) return 'Nothing to show yet';
  const ends = first === last ? [first] : [first, last];
  return ends
    .map((stage) => `${spokenWords(stage.name, 20)} ${countsText(stage, locale)}`)
    .join(' · ');
}

/** `March 2027 · in % of plan` */
export function funnelSubline({ period }: Said): string {
  return period ? `${period} · in % of plan` : 'In % of plan';
}

export function funnelTitle({ period }: Said): string {
  return `Funnel against plan${period ? `, ${spokenWords(period)}` : ''}`;
}

/** `184 of 270`, `3, none planned` */
function countsText({ planned, done }: StageFigures, locale: string): string {
  const did = shortCount(done, locale);
  return planned > 0 ? `${did} of ${shortCount(planned, locale)}` : `${did}, none planned`;
}

/** `↓ 5.4% (plan 5%)`; null where neither is known. */
export function conversionText({ done, planned }: Conversion, locale: string): string | null {
  if (done === null && planned === null) return null;
  const did = done === null ? '–' : chartShare(done, locale);
  return `↓ ${did}${planned === null ? '' : ` (plan ${chartShare(planned, locale)})`}`;
}

export function funnelAlt(stages: readonly StageFigures[], said: Said): string {
  const when = said.period ? `, ${spokenWords(said.period)}` : '';
  if (stages.length === 0)
    return `Bar chart of the funnel against plan${when}: nothing to show yet.`;
  const { locale } = said;
  const counts = stages.map((stage) => {
    const share = stage.share === null ? '' : ` (${chartShare(stage.share, locale)})`;
    return `${spokenWords(stage.name, 20)} ${countsText(stage, locale)}${share}`;
  });
  const rates = stages.slice(1).flatMap(({ name, conversion }, index) => {
    if (conversion.done === null && conversion.planned === null) return [];
    const did = conversion.done === null ? 'unknown' : chartShare(conversion.done, locale);
    const plan =
      conversion.planned === null ? '' : `, plan ${chartShare(conversion.planned, locale)}`;
    return `${spokenWords(stages[index]?.name ?? '', 20)} to ${spokenWords(name, 20)} ${did}${plan}`;
  });
  return altText([
    `Bar chart of the funnel against plan${when}`,
    ...inSentence(counts),
    ...inSentence(rates),
  ]);
}

const inSentence = (parts: readonly string[]) => (parts.length > 0 ? [parts.join('; ')] : []);
