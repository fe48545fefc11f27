/**
 * The colours of charts, on an opaque background of their own, so that they read the same in light
 * and in dark mode. Hues after Okabe and Ito, moved apart in lightness: layers, which touch, have a
 * contrast (WCAG 2) of about two, also to colour-blind eyes and in greyscale.
 */
export const PALETTE = {
  background: '#FFFFFF',
  /** Shows where the picture ends, on white as on black. */
  border: '#83888F',
  ink: '#04131F',
  /** Words that can wait, and what is yet to come. */
  muted: '#5A6169',
  grid: '#D9DDE2',
  /** Behind the month that is judged. */
  spotlight: '#EAEEF3',
  /** What there is to fill: the plan of a stage. */
  track: '#E4E8ED',
  done: '#0067A8',
  renewal: '#071A2C',
  expansion: '#C97A1E',
  newBusiness: '#00508C',
} as const;

/** What is written on a layer's colour. */
export const ON_LAYER = {
  renewal: PALETTE.background,
  expansion: PALETTE.ink,
  newBusiness: PALETTE.background,
} as const;
