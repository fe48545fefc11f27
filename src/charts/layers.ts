/** The marks that charts are made of, as Vega-Lite layers over a canvas of logical pixels. */
import type { TopLevelSpec } from 'vega-lite';
import { drawable, type Font, fitText, textWidth } from './drawn-text.ts';
import { PALETTE } from './palette.ts';

type LayeredSpec = Extract<TopLevelSpec, { layer: unknown }>;
export type MarkLayer = LayeredSpec['layer'][number];

/** Where a scale's values lie on the canvas; `reverse` ranges run upwards. */
export interface Scale {
  domain: [number, number];
  range: [number, number];
}

/** Eleven pixels on a phone of 360; nothing is smaller. */
export const TEXT: Font = { size: 22 };
export const BOLD: Font = { ...TEXT, bold: true };
export const WIDTH = 720;
export const MARGIN = 24;
const BORDER = 3;

export interface PlacedText {
  x: number;
  y: number;
  text: string;
  color?: string;
}

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
  color: string;
}

interface TextStyle {
  font?: Font;
  align?: 'left' | 'center' | 'right';
  /** `middle`: y is the middle of its small letters; else its baseline. */
  baseline?: 'alphabetic' | 'middle';
}

/** Each datum's own. */
export const COLOR = { field: 'color', type: 'nominal', scale: null } as const;

/** Words at pixels, in ink unless they say otherwise. */
export function texts(placed: readonly PlacedText[], style: TextStyle = {}): MarkLayer {
  const { size, bold } = style.font ?? TEXT;
  return {
    data: { values: placed.map((text) => ({ color: PALETTE.ink, ...text })) },
    mark: {
      type: 'text',
      align: style.align ?? 'left',
      baseline: style.baseline ?? 'alphabetic',
      fontSize: size,
      fontWeight: bold ? 'bold' : 'normal',
    },
    encoding: {
      x: { field: 'x', type: 'quantitative', scale: null, axis: null },
      y: { field: 'y', type: 'quantitative', scale: null, axis: null },
      text: { field: 'text', type: 'nominal' },
      color: COLOR,
    },
  };
}

/** An axis in a chart's own values, drawn by itself. */
export function along(field: string, scale: Scale) {
  return {
    field,
    type: 'quantitative' as const,
    axis: null,
    scale: { domain: scale.domain, range: scale.range, zero: false, nice: false },
  };
}

/** A value's pixel. */
export function pixelOf(value: number, { domain, range }: Scale): number {
  const [from, to] = domain;
  return range[0] + ((value - from) / (to - from)) * (range[1] - range[0]);
}

/** Rectangles at pixels, filled, or outlined too. */
export function boxMarks(placed: readonly Box[], outline?: string): MarkLayer {
  return {
    data: { values: [...placed] },
    mark: { type: 'rect', ...(outline && { stroke: outline, strokeWidth: 2 }) },
    encoding: {
      x: { field: 'left', type: 'quantitative', scale: null, axis: null },
      x2: { field: 'right' },
      y: { field: 'top', type: 'quantitative', scale: null, axis: null },
      y2: { field: 'bottom' },
      fill: COLOR,
    },
  };
}

/** Arrowheads to the right, `2 × length` high, from pixels on. */
export function arrowheads(
  placed: readonly { x: number; y: number }[],
  length: number,
  color: string,
): MarkLayer {
  return {
    data: { values: [...placed] },
    mark: {
      type: 'point',
      filled: true,
      shape: 'M0,-1L1,0L0,1Z',
      // Vega draws a shape's unit as half the root of its size.
      size: (2 * length) ** 2,
      color,
      opacity: 1,
    },
    encoding: {
      x: { field: 'x', type: 'quantitative', scale: null, axis: null },
      y: { field: 'y', type: 'quantitative', scale: null, axis: null },
    },
  };
}

/** The picture, framed. */
export function canvas(height: number, layers: readonly MarkLayer[]): TopLevelSpec {
  return {
    width: WIDTH,
    height,
    padding: 0,
    autosize: 'none',
    background: PALETTE.background,
    config: { view: { stroke: null }, font: 'DejaVu Sans Condensed', aria: false },
    resolve: { scale: { x: 'independent', y: 'independent', color: 'independent' } },
    layer: [frame(height), ...layers],
  };
}

function frame(height: number): MarkLayer {
  const inset = BORDER / 2;
  return {
    data: { values: [{}] },
    mark: { type: 'rect', filled: false, stroke: PALETTE.border, strokeWidth: BORDER },
    encoding: {
      x: { value: inset },
      x2: { value: WIDTH - inset },
      y: { value: inset },
      y2: { value: height - inset },
    },
  };
}

const LARGEST = 32;
const ROOM = WIDTH - 2 * MARGIN;

/** The headline as large as its line allows; all cut visibly where even small letters are too wide. */
export function heading(headline: string, subline: string, footline = ''): MarkLayer[] {
  const fitting = Math.floor(ROOM / textWidth(drawable(headline), { size: 1, bold: true }));
  const font: Font = { size: Math.max(TEXT.size, Math.min(LARGEST, fitting)), bold: true };
  return [
    texts([{ x: MARGIN, y: 50, text: fitText(headline, font, ROOM) }], { font }),
    texts([{ x: MARGIN, y: 86, text: fitText(subline, TEXT, ROOM) }]),
    texts([{ x: MARGIN, y: 118, text: fitText(footline, TEXT, ROOM), color: PALETTE.muted }]),
  ];
}
