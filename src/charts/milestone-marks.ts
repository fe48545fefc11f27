/** The marks of a milestone chart: months from left to right, money upwards. */

import {
  along,
  BOLD,
  type Box,
  boxMarks,
  COLOR,
  type MarkLayer,
  pixelOf,
  type Scale,
  texts,
} from './layers.ts';
import { CHART_LAYERS, LAYER_LETTERS, type LayerName, type MonthFigures } from './milestones.ts';
import { ON_LAYER, PALETTE } from './palette.ts';
import { monthLabels } from './words.ts';

export interface Plot {
  months: readonly MonthFigures[];
  /** The index of the judged month; -1 where there is none. */
  judged: number;
  /** Months from 0. */
  x: Scale;
  /** Minor units. */
  y: Scale;
  /** How wide a bar is, in months. */
  bar: number;
}

const STAIR = 5;
const HALO = 2;
const LETTER = 26;

/** What stands out behind the judged month. */
export function spotlight({ judged, x, y }: Plot): MarkLayer[] {
  if (judged < 0) return [];
  const [bottom, top] = y.range;
  const [left, right] = [pixelOf(judged, x), pixelOf(judged + 1, x)];
  return [boxMarks([{ left, right, top, bottom, color: PALETTE.spotlight }])];
}

export function grid(values: readonly number[], { x, y }: Plot): MarkLayer {
  return {
    data: { values: values.map((value) => ({ value })) },
    mark: { type: 'rule', color: PALETTE.grid, strokeWidth: 2 },
    encoding: {
      y: along('value', y),
      x: { value: x.range[0] },
      x2: { value: x.range[1] },
    },
  };
}

/** A part of a bar, in months and minor units. */
interface Segment {
  part: LayerName | 'done';
  left: number;
  right: number;
  from: number;
  to: number;
}

function segmentsOf({ months, bar }: Plot): Segment[] {
  return months.flatMap(({ actual, layers }, index): Segment[] => {
    const sides = { left: index + (1 - bar) / 2, right: index + (1 + bar) / 2 };
    if (actual === null) return [];
    if (!layers) return [{ part: 'done', ...sides, from: 0, to: actual }];
    let from = 0;
    return CHART_LAYERS.map((part) => {
      const segment = { part, ...sides, from, to: from + layers[part] };
      from = segment.to;
      return segment;
    });
  });
}

/** What was booked; a line of background parts the layers. */
export function bars(plot: Plot): MarkLayer {
  const segments = segmentsOf(plot).filter(({ from, to }) => to > from);
  return {
    data: { values: segments.map((segment) => ({ ...segment, color: PALETTE[segment.part] })) },
    mark: { type: 'rect', stroke: PALETTE.background, strokeWidth: 2 },
    encoding: {
      x: along('left', plot.x),
      x2: { field: 'right' },
      y: along('from', plot.y),
      y2: { field: 'to' },
      fill: COLOR,
    },
  };
}

const GAP = 3;
const EVERY = 10;

/**
 * What tells a layer from the others without its colour, as gaps in it: renewals are columns, so that no dark
 * bar looks like the line, new business rows; expansion is whole.
 */
export function textureOf(
  part: LayerName,
  { left, right, top, bottom }: Omit<Box, 'color'>,
): Box[] {
  const steps = (from: number, to: number) =>
    Array.from({ length: Math.max(0, Math.ceil((to - from - GAP) / EVERY) - 1) }, (_, index) => {
      return from + (index + 1) * EVERY - GAP / 2;
    });
  const color = PALETTE.background;
  if (part === 'renewal') {
    return steps(left, right).map((at) => ({ left: at, right: at + GAP, top, bottom, color }));
  }
  if (part === 'newBusiness') {
    return steps(top, bottom).map((at) => ({ left, right, top: at, bottom: at + GAP, color }));
  }
  return [];
}

/** The textures of the bars. */
export function textures(plot: Plot): MarkLayer {
  return boxMarks(
    segmentsOf(plot).flatMap(({ part, left, right, from, to }) =>
      part === 'done'
        ? []
        : textureOf(part, {
            left: pixelOf(left, plot.x),
            right: pixelOf(right, plot.x),
            top: pixelOf(to, plot.y),
            bottom: pixelOf(from, plot.y),
          }),
    ),
  );
}

/** The letters of the layers in their bars, where there is room between a layer's ends and the stairs. */
export function letters(plot: Plot): MarkLayer[] {
  const roomy = plot.bar * (pixelOf(1, plot.x) - pixelOf(0, plot.x)) >= LETTER;
  const placed = segmentsOf(plot).flatMap(({ part, left, right, from, to }) => {
    const stair = pixelOf(plot.months[Math.floor(left)]?.target ?? 0, plot.y);
    const [bottom, top] = [pixelOf(from, plot.y), pixelOf(to, plot.y)];
    const y = (top + bottom) / 2;
    const isFree = bottom - top >= LETTER && Math.abs(stair - y) >= (LETTER + STAIR) / 2;
    if (part === 'done' || !roomy || !isFree) return [];
    const x = pixelOf((left + right) / 2, plot.x);
    return [{ x, y, text: LAYER_LETTERS[part], color: ON_LAYER[part], behind: PALETTE[part] }];
  });
  const half = LETTER / 2 - 1;
  return [
    boxMarks(
      placed.map(({ x, y, behind }) => {
        const box = { left: x - half, right: x + half, top: y - half, bottom: y + half };
        return { ...box, color: behind };
      }),
    ),
    texts(
      placed.map(({ behind: _, ...text }) => text),
      { align: 'center', baseline: 'middle', font: BOLD },
    ),
  ];
}

/** The targets as stairs: whole up to the judged month, dashed and paler from there. */
export function stairs(plot: Plot): MarkLayer[] {
  const steps = plot.months.flatMap(({ target }, index) => [
    { at: index, target },
    { at: index + 1, target },
  ]);
  const ordered = steps.map((step, order) => ({ ...step, order }));
  const split = 2 * (plot.judged + 1);
  const passed = ordered.slice(0, split);
  const ahead = ordered.slice(Math.max(0, split - 1));
  return [
    stair(passed, plot, { color: PALETTE.background, strokeWidth: STAIR + 2 * HALO }),
    stair(ahead, plot, { color: PALETTE.muted, strokeWidth: STAIR - 1, strokeDash: [9, 6] }),
    stair(passed, plot, { color: PALETTE.ink, strokeWidth: STAIR }),
  ];
}

function stair(
  steps: readonly { at: number; target: number; order: number }[],
  { x, y }: Plot,
  style: { color: string; strokeWidth: number; strokeDash?: number[] },
): MarkLayer {
  return {
    data: { values: [...steps] },
    mark: { type: 'line', strokeJoin: 'miter', ...style },
    encoding: {
      x: along('at', x),
      y: along('target', y),
      order: { field: 'order', type: 'quantitative' },
    },
  };
}

/** Under the months that have passed, the judged one underlined, and those to come. */
export function monthTexts(
  { months, judged, x }: Plot,
  locale: string,
  baseline: number,
): MarkLayer[] {
  const slot = pixelOf(1, x) - pixelOf(0, x);
  const labels = monthLabels(
    months.map(({ month }) => month),
    locale,
    slot - 4,
  );
  const placed = labels.map((text, index) => ({
    x: pixelOf(index + 0.5, x),
    y: baseline,
    text,
    color: index <= judged ? PALETTE.ink : PALETTE.muted,
  }));
  const spot = placed[judged];
  const others = texts(
    placed.filter((label) => label !== spot),
    { align: 'center' },
  );
  if (!spot) return [others];
  const half = Math.min(slot, 60) / 2 - 3;
  const line = {
    left: spot.x - half,
    right: spot.x + half,
    top: baseline + 8,
    bottom: baseline + 13,
  };
  return [
    others,
    texts([spot], { align: 'center', font: BOLD }),
    boxMarks([{ ...line, color: PALETTE.ink }]),
  ];
}

/**
 * Round values from 0 to at least `most`, in at most `intervals` steps of 1, 2, 2.5 or 5 times a power
 * of ten; a step is a multiple of `least`, itself a power of ten.
 */
export function niceTicks(most: number, least: number, intervals = 4): number[] {
  const rough = Math.max(most / intervals, least);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factors = power > least ? [1, 2, 2.5, 5, 10] : [1, 2, 5, 10];
  const step = power * (factors.find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10);
  const count = Math.max(1, Math.ceil(most / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}
