import type { TopLevelSpec } from 'vega-lite';

/** A picture, described: what draws it, and what it says to those who don't see it. */
export interface Chart {
  spec: TopLevelSpec;
  /** What the picture says, in words and figures; at most 500 characters, plain text. */
  alt: string;
  /** What the picture is called; plain text. */
  title: string;
  /** Logical pixels. A phone shows about half as many, the PNG has twice as many. */
  width: number;
  height: number;
}
