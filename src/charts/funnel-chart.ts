import type { Chart } from './chart.ts';
import { drawnLocale, type Font, fitText } from './drawn-text.ts';
import {
  conversionText,
  type FunnelChartInput,
  funnelAlt,
  funnelHeadline,
  funnelSubline,
  funnelTitle,
  type RollingRate,
  rollingRates,
  rollingText,
  type StageFigures,
  stageFigures,
} from './funnel.ts';
import {
  arrowheads,
  boxMarks,
  canvas,
  heading,
  MARGIN,
  type MarkLayer,
  type PlacedText,
  pixelOf,
  type Scale,
  TEXT,
  texts,
  WIDTH,
} from './layers.ts';
import { PALETTE } from './palette.ts';
import { chartShare, shortCount } from './words.ts';

const TOP = 148;
const EMPTY_HEIGHT = 116;
const ROW = 92;
const BAR = 48;
/** How thick the bar of what was done is within that of the plan. */
const DONE = 32;
const TIP = 24;
/** Of the line at the plan's end, and what parts it from a bar that goes on. */
const LINE = 5;
const HALO = 3;
const REACH = 5;
const NAMES = 128;
const FIGURES = 190;
const FIGURE: Font = { size: 28, bold: true };
const GAP = 14;
/** What stands below, apart. */
const ROLLING_TOP = 58;
const ROLLING_ROW = 32;
/** Where a bar ends that would go on, as a share of plan. */
const CAP = 1.5;
/** So much of plan at least is in sight. */
const LEAST = 1.1;

/**
 * The funnel against plan: a bar for each stage, as a share of its plan, whose full length is a line
 * through all of them; the counts beside it, and under it what became of the stage before.
 */
export function funnelChart(input: FunnelChartInput): Chart {
  const stages = stageFigures(input.stages);
  const drawn = { ...input, locale: drawnLocale(input.locale) };
  const rows = stages.length * ROW - (ROW - BAR);
  const apart = stages.length === 0 ? [] : rollingRates(input);
  const end = TOP + rows + MARGIN;
  const below = apart.length === 0 ? 0 : ROLLING_TOP + apart.length * ROLLING_ROW;
  const height = stages.length === 0 ? EMPTY_HEIGHT : end + below;
  return {
    spec: canvas(height, [
      ...heading(funnelHeadline(stages, drawn), funnelSubline(drawn)),
      ...plotted(stages, drawn.locale),
      ...rollingWords(apart, drawn, end),
    ]),
    alt: funnelAlt(stages, input),
    title: funnelTitle(input),
    width: WIDTH,
    height,
  };
}

/** Rates of a window of their own, under a line of their own: no count above is one of theirs. */
function rollingWords(
  rates: readonly RollingRate[],
  { rolling, locale }: FunnelChartInput,
  top: number,
): MarkLayer[] {
  if (rates.length === 0) return [];
  const shown = (text: string) => fitText(text, TEXT, WIDTH - 2 * MARGIN);
  const line = { left: MARGIN, right: WIDTH - MARGIN, top, bottom: top + 2, color: PALETTE.grid };
  return [
    boxMarks([line]),
    texts([{ x: MARGIN, y: top + 34, text: shown(rolling?.window ?? ''), color: PALETTE.muted }]),
    texts(
      rates.map((one, index) => ({
        x: MARGIN,
        y: top + 34 + (index + 1) * ROLLING_ROW,
        text: shown(rollingText(one, locale)),
      })),
    ),
  ];
}

function plotted(stages: readonly StageFigures[], locale: string): MarkLayer[] {
  const most = Math.max(0, ...stages.map(({ share }) => share ?? 0));
  const x: Scale = {
    domain: [0, Math.min(Math.max(most, LEAST), CAP)],
    range: [MARGIN + NAMES + GAP, WIDTH - MARGIN - FIGURES - GAP],
  };
  const rows = stages.map((stage, index) => ({ ...stage, middle: TOP + index * ROW + BAR / 2 }));
  return [...bars(rows, x), ...planLines(rows, x), ...words(rows, x, locale)];
}

type Row = StageFigures & { middle: number };

function bars(rows: readonly Row[], x: Scale): MarkLayer[] {
  const [, cap] = x.domain;
  const planned = rows.flatMap(({ share, middle }) =>
    share === null ? [] : [{ share: Math.min(share, cap), isCut: share > cap, middle }],
  );
  const end = pixelOf(cap, x) - TIP;
  const lengths = planned.map(({ share, isCut, middle }) => ({
    left: pixelOf(0, x),
    right: isCut ? end : pixelOf(share, x),
    top: middle - DONE / 2,
    bottom: middle + DONE / 2,
    color: PALETTE.done,
  }));
  const tracks = planned.map(({ middle }) => ({
    left: pixelOf(0, x),
    right: pixelOf(1, x),
    top: middle - BAR / 2,
    bottom: middle + BAR / 2,
    color: PALETTE.track,
  }));
  return [
    boxMarks(tracks, PALETTE.border),
    boxMarks(lengths.filter(({ left, right }) => right > left)),
    arrowheads(
      planned.filter(({ isCut }) => isCut).map(({ middle }) => ({ x: end, y: middle })),
      TIP,
      PALETTE.done,
    ),
  ];
}

/** Where each stage's plan ends, told by its form. */
function planLines(rows: readonly Row[], x: Scale): MarkLayer[] {
  const planned = rows.filter(({ share }) => share !== null);
  if (planned.length === 0) return [];
  const at = pixelOf(1, x);
  const parted = LINE / 2 + HALO;
  const over = planned.filter(({ share }) => pixelOf(share ?? 0, x) > at + parted);
  const line = (those: readonly Row[], half: number, color: string) =>
    those.map(({ middle }) => ({
      left: at - half,
      right: at + half,
      top: middle - BAR / 2 - REACH,
      bottom: middle + BAR / 2 + REACH,
      color,
    }));
  const label = { x: at, y: TOP - 14, text: 'plan', color: PALETTE.muted };
  return [
    boxMarks(line(over, parted, PALETTE.background)),
    boxMarks(line(planned, LINE / 2, PALETTE.ink)),
    texts([label], { align: 'center' }),
  ];
}

function words(rows: readonly Row[], x: Scale, locale: string): MarkLayer[] {
  const figures = rows.map(({ share, planned, done, middle }) => {
    const did = shortCount(done, locale);
    return {
      middle,
      large: share === null ? did : chartShare(share, locale),
      small: share === null ? 'none planned' : `${did} of ${shortCount(planned, locale)}`,
    };
  });
  const left = WIDTH - MARGIN - FIGURES;
  const beside = (y: number, text: string, font = TEXT): PlacedText => ({
    x: left,
    y,
    text: fitText(text, font, FIGURES),
  });
  const start = pixelOf(0, x);
  const rates = rows.flatMap(({ conversion, middle }): PlacedText[] => {
    const text = conversionText(conversion, locale);
    if (text === null) return [];
    const y = middle - ROW / 2;
    return [{ x: start, y, text: fitText(text, TEXT, left - start), color: PALETTE.muted }];
  });
  const names = rows.map(({ name, middle }) => ({
    x: MARGIN,
    y: middle,
    text: fitText(name, TEXT, NAMES),
  }));
  return [
    texts([...names, ...rates], { baseline: 'middle' }),
    texts(
      figures.map(({ middle, large }) => beside(middle - 3, large, FIGURE)),
      { font: FIGURE },
    ),
    texts(figures.map(({ middle, small }) => beside(middle + 23, small))),
  ];
}
