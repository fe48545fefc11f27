import { formatMoneyShort } from '../slack/format.ts';
import type { Chart } from './chart.ts';
import { drawnLocale, textWidth } from './drawn-text.ts';
import { heading } from './heading.ts';
import { canvas, type Layer, MARGIN, pixelOf, type Scale, TEXT, texts, WIDTH } from './layers.ts';
import { milestoneLegend } from './milestone-legend.ts';
import {
  bars,
  grid,
  letters,
  monthTexts,
  type Plot,
  spotlight,
  stairs,
} from './milestone-marks.ts';
import {
  milestoneAlt,
  milestoneHeadline,
  milestoneSubline,
  milestoneTitle,
  type Said,
} from './milestone-words.ts';
import {
  judgedIndex,
  type MilestoneChartInput,
  type MonthFigures,
  monthFigures,
} from './milestones.ts';
import { PALETTE } from './palette.ts';
import { niceTicks } from './ticks.ts';

const HEIGHT = 540;
const EMPTY_HEIGHT = 116;
const LEGEND_AT = 124;
const TOP = 164;
const BOTTOM = 476;
const LABELS_AT = 507;
const WIDEST_BAR = 110;
/** Of a month's share of the width. */
const BAR = 0.74;
const TICK_GAP = 12;

/**
 * Milestones against actuals, both added up from the period's start: the targets as stairs, dashed
 * where they lie ahead, and a bar for each month that has an actual.
 */
export function milestoneChart(input: MilestoneChartInput): Chart {
  const months = input.months.map(monthFigures);
  const drawn: Said = { ...input, locale: drawnLocale(input.locale) };
  const words = heading(milestoneHeadline(months, drawn), milestoneSubline(months, drawn));
  const height = months.length === 0 ? EMPTY_HEIGHT : HEIGHT;
  return {
    spec: canvas(height, months.length === 0 ? words : [...words, ...plotted(months, drawn)]),
    alt: milestoneAlt(months, input),
    title: milestoneTitle(months, input),
    width: WIDTH,
    height,
  };
}

function plotted(months: readonly MonthFigures[], drawn: Said): Layer[] {
  const most = Math.max(...months.map(({ target, actual }) => Math.max(target, actual ?? 0)));
  const values = niceTicks(most, 10 ** drawn.digits);
  const ticks = values.map((value) => ({
    value,
    text: formatMoneyShort(value, { locale: drawn.locale, digits: drawn.digits }),
  }));
  const left = MARGIN + Math.max(...ticks.map(({ text }) => textWidth(text, TEXT))) + TICK_GAP;
  const x: Scale = { domain: [0, months.length], range: [left, WIDTH - MARGIN] };
  const y: Scale = { domain: [0, values.at(-1) ?? 1], range: [BOTTOM, TOP] };
  const slot = pixelOf(1, x) - left;
  const plot: Plot = {
    months,
    judged: judgedIndex(months),
    x,
    y,
    bar: Math.min(BAR, WIDEST_BAR / slot),
  };
  const byLayer = months.some(({ layers }) => layers !== null);
  return [
    ...milestoneLegend(drawn.quotaLabel, byLayer, LEGEND_AT),
    ...spotlight(plot),
    grid(values, plot),
    texts(
      ticks.map(({ value, text }) => ({
        x: left - TICK_GAP,
        y: pixelOf(value, y),
        text,
        color: PALETTE.muted,
      })),
      { align: 'right', baseline: 'middle' },
    ),
    bars(plot),
    letters(plot),
    ...stairs(plot),
    ...monthTexts(plot, drawn.locale, LABELS_AT),
  ];
}
