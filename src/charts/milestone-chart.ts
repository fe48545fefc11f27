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
  textureOf,
  textures,
} from './milestone-marks.ts';
import {
  CHART_LAYERS,
  judgedIndex,
  LAYER_LABELS,
  LAYER_LETTERS,
  type LayerName,
  type MilestoneChartInput,
  type MilestoneWords,
  type MonthFigures,
  milestoneAlt,
  milestoneFootline,
  milestoneHeadline,
  milestoneSubline,
  milestoneTitle,
  monthFigures,
  shownMonths,
} from './milestones.ts';
import { ON_LAYER, PALETTE } from './palette.ts';

const HEIGHT = 572;
const EMPTY_HEIGHT = 116;
const LEGEND_AT = 156;
const TOP = 196;
const BOTTOM = 508;
const LABELS_AT = 539;
const WIDEST_BAR = 110;
/** Of a month's share of the width. */
const BAR = 0.74;
const TICK_GAP = 12;

/**
 * Milestones against actuals, both added up from the period's start up to the next milestone, so that the
 * bars use the height: the targets as stairs, dashed where they lie ahead, and a bar for each month that has
 * an actual.
 */
export function milestoneChart(input: MilestoneChartInput): Chart {
  const months = input.months.map(monthFigures);
  const drawn: MilestoneWords = { ...input, locale: drawnLocale(input.locale) };
  const words = heading(
    milestoneHeadline(months, drawn),
    milestoneSubline(months, drawn),
    milestoneFootline(months, drawn),
  );
  const height = months.length === 0 ? EMPTY_HEIGHT : HEIGHT;
  return {
    spec: canvas(
      height,
      months.length === 0 ? words : [...words, ...plotted(shownMonths(months), drawn)],
    ),
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
    textures(plot),
    ...stairs(plot),
    ...letters(plot),
    ...monthTexts(plot, drawn.locale, LABELS_AT),
  ];
}

const CHIP = { width: 44, height: 30 };
/** Behind a letter, where gaps would run through it. */
const BACKING = 22;
const SAMPLE = 30;
const LINE = 5;
const GAP = 16;
const BASE = 8;

interface Chip {
  part: LayerName | 'done';
  letter: string;
  name: string;
  color: string;
  letterColor: string;
}

/** What the line and the bars are, in one row whose middle is at `y`. */
function milestoneLegend(quotaLabel: string, byLayer: boolean, y: number): MarkLayer[] {
  const chips: Chip[] = byLayer
    ? CHART_LAYERS.map((layer) => ({
        part: layer,
        letter: LAYER_LETTERS[layer],
        name: LAYER_LABELS[layer],
        color: PALETTE[layer],
        letterColor: ON_LAYER[layer],
      }))
    : [
        {
          part: 'done',
          letter: '',
          name: 'booked',
          color: PALETTE.done,
          letterColor: PALETTE.background,
        },
      ];
  const chipsWidth = chips.reduce((sum, chip) => sum + widthOf(chip) + GAP, 0);
  const room = WIDTH - 2 * MARGIN - chipsWidth - SAMPLE - BASE;
  const label = fitText(quotaLabel, TEXT, room);

  const half = { line: LINE / 2, chip: CHIP.height / 2 };
  const shapes: Box[] = [
    {
      left: MARGIN,
      right: MARGIN + SAMPLE,
      top: y - half.line,
      bottom: y + half.line,
      color: PALETTE.ink,
    },
  ];
  const gaps: Box[] = [];
  const backings: Box[] = [];
  const letters: PlacedText[] = [];
  const names: PlacedText[] = [{ x: MARGIN + SAMPLE + BASE, y, text: label }];
  let x = MARGIN + SAMPLE + BASE + textWidth(label, TEXT) + GAP;
  for (const chip of chips) {
    const { color, letter, letterColor, name } = chip;
    const box = { left: x, right: x + CHIP.width, top: y - half.chip, bottom: y + half.chip };
    shapes.push({ ...box, color });
    const middle = x + CHIP.width / 2;
    if (chip.part !== 'done') gaps.push(...textureOf(chip.part, box));
    const behind = { left: middle - BACKING / 2, right: middle + BACKING / 2 };
    backings.push({ ...box, ...behind, color });
    letters.push({ x: middle, y, text: letter, color: letterColor });
    names.push({ x: x + CHIP.width + BASE, y, text: name });
    x += widthOf(chip) + GAP;
  }
  return [
    boxMarks(shapes),
    boxMarks(gaps),
    boxMarks(backings),
    texts(letters, { align: 'center', baseline: 'middle', font: BOLD }),
    texts(names, { baseline: 'middle' }),
  ];
}

function widthOf({ name }: Chip): number {
  return CHIP.width + BASE + textWidth(name, TEXT);
}
