/** What a funnel chart is given, and the figures that are drawn and said. */
import { altText, chartShare, shortCount, spokenWords, wholeAmount } from './words.ts';

export interface FunnelStage {
  /** `Calls` */
  name: string;
  planned: number;
  done: number;
}

/** From one stage to the next, as fractions; null where there is none. */
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
  /** Rates over a window of their own. */
  rolling?: { window: string; rates: readonly RollingRate[] } | undefined;
}

export interface RollingRate extends Conversion {
  /** The stages' names. */
  from: string;
  to: string;
}

export interface StageFigures {
  name: string;
  planned: number;
  done: number;
  /** done ÷ planned; null where nothing was planned. */
  share: number | null;
  /** From the stage before, of the same counts; nulls at the first. */
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
  return stages.map(({ name }, index) => {
    const { planned, done } = counts[index] ?? { planned: 0, done: 0 };
    const before = counts[index - 1];
    return {
      name,
      planned,
      done,
      share: ratio(done, planned),
      conversion: {
        done: before ? ratio(done, before.done) : null,
        planned: before ? ratio(planned, before.planned) : null,
      },
    };
  });
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

/** Those that are known. */
export function rollingRates({ rolling }: Pick<FunnelChartInput, 'rolling'>): RollingRate[] {
  const known = (rate: number | null) =>
    rate !== null && Number.isFinite(rate) && rate >= 0 ? rate : null;
  return (rolling?.rates ?? []).flatMap((one) => {
    const done = known(one.done);
    return done === null ? [] : [{ ...one, done, planned: known(one.planned) }];
  });
}

/** `Calls → Visits 5.4% (plan 5%)` */
export function rollingText({ from, to, done, planned }: RollingRate, locale: string): string {
  const against = planned === null ? '' : ` (plan ${chartShare(planned, locale)})`;
  return `${spokenWords(from, 20)} → ${spokenWords(to, 20)} ${chartShare(done ?? 0, locale)}${against}`;
}

type Said = Pick<FunnelChartInput, 'locale' | 'period' | 'rolling'>;

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
  const apart = rollingRates(said).map((one) => rollingText(one, locale));
  if (apart[0]) apart[0] = `${spokenWords(said.rolling?.window ?? '')}: ${apart[0]}`;
  return altText([
    `Bar chart of the funnel against plan${when}`,
    ...inSentence(counts),
    ...inSentence(rates),
    ...inSentence(apart),
  ]);
}

const inSentence = (parts: readonly string[]) => (parts.length > 0 ? [parts.join('; ')] : []);
