import type { Chart } from './chart.ts';
import { drawnLocale, fitText } from './drawn-text.ts';
import { shareText, shortCount } from './figures.ts';
import { type FunnelChartInput, type StageFigures, stageFigures } from './funnel-stages.ts';
import {
  conversionText,
  funnelAlt,
  funnelHeadline,
  funnelSubline,
  funnelTitle,
} from './funnel-words.ts';
import { heading } from './heading.ts';
import {
  arrowheads,
  boxes,
  canvas,
  type Layer,
  MARGIN,
  type PlacedText,
  pixelOf,
  type Scale,
  TEXT,
  texts,
  WIDTH,
} from './layers.ts';
import { PALETTE } from './palette.ts';

const TOP = 148;
const ROW = 92;
const BAR = 48;
/** How thick the bar of what was done is within that of the plan. */
const DONE = 32;
const TIP = 24;
const NAMES = 140;
const FIGURES = 172;
const FIGURE_SIZE = 28;
const GAP = 14;
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
  const height = TOP + Math.max(1, stages.length) * ROW - (ROW - BAR) + MARGIN;
  return {
    spec: canvas(height, [
      ...heading(funnelHeadline(stages, drawn), funnelSubline(drawn)),
      ...plotted(stages, drawn.locale),
    ]),
    alt: funnelAlt(stages, input),
    title: funnelTitle(input),
    width: WIDTH,
    height,
  };
}

function plotted(stages: readonly StageFigures[], locale: string): Layer[] {
  const most = Math.max(0, ...stages.map(({ share }) => share ?? 0));
  const x: Scale = {
    domain: [0, Math.min(Math.max(most, LEAST), CAP)],
    range: [MARGIN + NAMES + GAP, WIDTH - MARGIN - FIGURES - GAP],
  };
  const rows = stages.map((stage, index) => ({ ...stage, middle: TOP + index * ROW + BAR / 2 }));
  return [...bars(rows, x), ...planLines(rows, x), ...words(rows, x, locale)];
}

type Row = StageFigures & { middle: number };

function bars(rows: readonly Row[], x: Scale): Layer[] {
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
  }));
  const tracks = planned.map(({ middle }) => ({
    left: pixelOf(0, x),
    right: pixelOf(1, x),
    top: middle - BAR / 2,
    bottom: middle + BAR / 2,
  }));
  return [
    boxes(tracks, PALETTE.track),
    boxes(
      lengths.filter(({ left, right }) => right > left),
      PALETTE.done,
    ),
    arrowheads(
      planned.filter(({ isCut }) => isCut).map(({ middle }) => ({ x: end, y: middle })),
      TIP,
      PALETTE.done,
    ),
  ];
}

/** Where each stage's plan ends, told by its form. */
function planLines(rows: readonly Row[], x: Scale): Layer[] {
  const planned = rows.filter(({ share }) => share !== null);
  const first = planned[0];
  if (!first) return [];
  const at = pixelOf(1, x);
  const line = (half: number, reach: number) =>
    planned.map(({ middle }) => ({
      left: at - half,
      right: at + half,
      top: middle - BAR / 2 - reach,
      bottom: middle + BAR / 2 + reach,
    }));
  const label = { x: at, y: first.middle - BAR / 2 - 14, text: 'plan' };
  return [
    boxes(line(5.5, 5), PALETTE.background),
    boxes(line(2.5, 5), PALETTE.ink),
    texts([label], { align: 'center', color: PALETTE.muted }),
  ];
}

function words(rows: readonly Row[], x: Scale, locale: string): Layer[] {
  const left = WIDTH - MARGIN - FIGURES;
  const figures = rows.map(({ share, planned, done, middle }) => {
    const did = shortCount(done, locale);
    return {
      middle,
      large: share === null ? did : shareText(share, locale),
      small: share === null ? 'none planned' : `${did} of ${shortCount(planned, locale)}`,
    };
  });
  const placed = (
    those: readonly (readonly [number, string])[],
    at: number,
    room: number,
    size = TEXT,
  ): PlacedText[] => those.map(([y, text]) => ({ x: at, y, text: fitText(text, size, room) }));
  const rates = rows.flatMap(({ conversion, middle }) => {
    const text = conversionText(conversion, locale);
    return text === null ? [] : [[middle - ROW / 2, text] as const];
  });
  return [
    texts(
      placed(
        rows.map(({ middle, name }) => [middle, name]),
        MARGIN,
        NAMES,
      ),
      { baseline: 'middle' },
    ),
    texts(
      placed(
        figures.map(({ middle, large }) => [middle - 3, large]),
        left,
        FIGURES,
        FIGURE_SIZE,
      ),
      { size: FIGURE_SIZE, bold: true },
    ),
    texts(
      placed(
        figures.map(({ middle, small }) => [middle + 23, small]),
        left,
        FIGURES,
      ),
    ),
    texts(placed(rates, pixelOf(0, x), WIDTH - MARGIN - pixelOf(0, x)), {
      baseline: 'middle',
      color: PALETTE.muted,
    }),
  ];
}
