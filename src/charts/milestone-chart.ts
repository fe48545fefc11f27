import { formatMoneyShort } from '../slack/format.ts';
import type { Chart } from './chart.ts';
import { drawnLocale, fitText, textWidth } from './drawn-text.ts';
import {
  BOLD,
  type Box,
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
import {
  bars,
  grid,
  letters,
  monthTexts,
  niceTicks,
  type Plot,
  spotlight,
  stairs,
} from './milestone-marks.ts';
import {
  CHART_LAYERS,
  judgedIndex,
  LAYER_LABELS,
  LAYER_LETTERS,
  type MilestoneChartInput,
  type MilestoneWords,
  type MonthFigures,
  milestoneAlt,
  milestoneHeadline,
  milestoneSubline,
  milestoneTitle,
  monthFigures,
} from './milestones.ts';
import { ON_LAYER, PALETTE } from './palette.ts';

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
  const drawn: MilestoneWords = { ...input, locale: drawnLocale(input.locale) };
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

function plotted(months: readonly MonthFigures[], drawn: MilestoneWords): MarkLayer[] {
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

const CHIP = 26;
const SAMPLE = 40;
const LINE = 5;
const GAP = 22;
const BASE = 8;

interface Chip {
  letter: string;
  name: string;
  color: string;
  letterColor: string;
}

/** What the line and the bars are, in one row whose middle is at `y`. */
function milestoneLegend(quotaLabel: string, byLayer: boolean, y: number): MarkLayer[] {
  const chips: Chip[] = byLayer
    ? CHART_LAYERS.map((layer) => ({
        letter: LAYER_LETTERS[layer],
        name: LAYER_LABELS[layer],
        color: PALETTE[layer],
        letterColor: ON_LAYER[layer],
      }))
    : [{ letter: '', name: 'booked', color: PALETTE.done, letterColor: PALETTE.background }];
  const chipsWidth = chips.reduce((sum, chip) => sum + widthOf(chip) + GAP, 0);
  const room = WIDTH - 2 * MARGIN - chipsWidth - SAMPLE - BASE;
  const label = fitText(quotaLabel, TEXT, room);

  const half = { line: LINE / 2, chip: CHIP / 2 };
  const shapes: Box[] = [
    {
      left: MARGIN,
      right: MARGIN + SAMPLE,
      top: y - half.line,
      bottom: y + half.line,
      color: PALETTE.ink,
    },
  ];
  const letters: PlacedText[] = [];
  const names: PlacedText[] = [{ x: MARGIN + SAMPLE + BASE, y, text: label }];
  let x = MARGIN + SAMPLE + BASE + textWidth(label, TEXT) + GAP;
  for (const chip of chips) {
    const { color, letter, letterColor, name } = chip;
    shapes.push({ left: x, right: x + CHIP, top: y - half.chip, bottom: y + half.chip, color });
    letters.push({ x: x + half.chip, y, text: letter, color: letterColor });
    names.push({ x: x + CHIP + BASE, y, text: name });
    x += widthOf(chip) + GAP;
  }
  return [
    boxMarks(shapes),
    texts(letters, { align: 'center', baseline: 'middle', font: BOLD }),
    texts(names, { baseline: 'middle' }),
  ];
}

function widthOf({ name }: Chip): number {
  return CHIP + BASE + textWidth(name, TEXT);
}
