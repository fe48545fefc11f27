/** The marks of a milestone chart: months from left to right, money upwards. */
import { along, boxes, type Layer, type PlacedText, pixelOf, type Scale, texts } from './layers.ts';
import { LAYER_LETTERS, LAYERS, type LayerName, type MonthFigures } from './milestones.ts';
import { monthLabels } from './months.ts';
import { ON_LAYER, PALETTE } from './palette.ts';

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
const LETTER = 26;

/** What stands out behind the judged month. */
export function spotlight({ judged, x, y }: Plot): Layer[] {
  if (judged < 0) return [];
  const [bottom, top] = y.range;
  const box = { left: pixelOf(judged, x), right: pixelOf(judged + 1, x), top, bottom };
  return [boxes([box], PALETTE.spotlight)];
}

export function grid(values: readonly number[], { x, y }: Plot): Layer {
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
    return LAYERS.map((part) => {
      const segment = { part, ...sides, from, to: from + layers[part] };
      from = segment.to;
      return segment;
    });
  });
}

const COLORS: Record<Segment['part'], string> = {
  done: PALETTE.done,
  renewal: PALETTE.renewal,
  expansion: PALETTE.expansion,
  newBusiness: PALETTE.newBusiness,
};

/** What was booked; a line of background parts the layers. */
export function bars(plot: Plot): Layer {
  const parts = Object.keys(COLORS);
  return {
    data: { values: segmentsOf(plot).filter(({ from, to }) => to > from) },
    mark: { type: 'rect', stroke: PALETTE.background, strokeWidth: 2 },
    encoding: {
      x: along('left', plot.x),
      x2: { field: 'right' },
      y: along('from', plot.y),
      y2: { field: 'to' },
      fill: {
        field: 'part',
        type: 'nominal',
        scale: { domain: parts, range: Object.values(COLORS) },
        legend: null,
      },
    },
  };
}

/** The letters of the layers in the judged bar, where they are tall enough. */
export function letters(plot: Plot): Layer[] {
  const roomy = plot.bar * (pixelOf(1, plot.x) - pixelOf(0, plot.x)) >= LETTER;
  return segmentsOf(plot).flatMap(({ part, left, from, to }) => {
    const [bottom, top] = [pixelOf(from, plot.y), pixelOf(to, plot.y)];
    const isJudged = Math.floor(left) === plot.judged;
    if (part === 'done' || !isJudged || !roomy || bottom - top < LETTER) return [];
    const x = pixelOf(plot.judged + 0.5, plot.x);
    return texts([{ x, y: (top + bottom) / 2, text: LAYER_LETTERS[part] }], {
      align: 'center',
      baseline: 'middle',
      bold: true,
      color: ON_LAYER[part],
    });
  });
}

/** The targets as stairs: whole up to the judged month, dashed and paler from there. */
export function stairs(plot: Plot): Layer[] {
  const steps = plot.months.flatMap(({ target }, index) => [
    { at: index, target },
    { at: index + 1, target },
  ]);
  const ordered = steps.map((step, order) => ({ ...step, order }));
  const split = 2 * (plot.judged + 1);
  const ahead = ordered.slice(Math.max(0, split - 1));
  return [
    stair(ordered, plot, { color: PALETTE.background, strokeWidth: STAIR + 6 }),
    stair(ahead, plot, { color: PALETTE.muted, strokeWidth: STAIR - 1, strokeDash: [9, 6] }),
    stair(ordered.slice(0, split), plot, { color: PALETTE.ink, strokeWidth: STAIR }),
  ];
}

function stair(
  steps: readonly { at: number; target: number; order: number }[],
  { x, y }: Plot,
  style: { color: string; strokeWidth: number; strokeDash?: number[] },
): Layer {
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
export function monthTexts({ months, judged, x }: Plot, locale: string, baseline: number): Layer[] {
  const slot = pixelOf(1, x) - pixelOf(0, x);
  const labels = monthLabels(
    months.map(({ month }) => month),
    locale,
    slot - 4,
  );
  const placed = labels.map((text, index) => ({ x: pixelOf(index + 0.5, x), y: baseline, text }));
  const write = (those: readonly PlacedText[], color: string, bold = false) =>
    texts(those, { align: 'center', color, bold });
  const spot = placed[judged];
  const half = Math.min(slot, 60) / 2 - 3;
  return [
    write(placed.slice(0, Math.max(0, judged)), PALETTE.ink),
    write(placed.slice(judged + 1), PALETTE.muted),
    ...(spot
      ? [
          write([spot], PALETTE.ink, true),
          boxes(
            [
              {
                left: spot.x - half,
                right: spot.x + half,
                top: baseline + 8,
                bottom: baseline + 13,
              },
            ],
            PALETTE.ink,
          ),
        ]
      : []),
  ];
}
