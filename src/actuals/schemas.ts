import type { Layers } from '../plan/rules/layers.ts';

/** Where bookings come from, in the order in which they are shown. */
export const LAYERS = [
  'renewal',
  'expansion',
  'newBusiness',
] as const satisfies (keyof Layers<0>)[];
export type Layer = (typeof LAYERS)[number];

export const OUTCOMES = ['won', 'lost'] as const;
export type Outcome = (typeof OUTCOMES)[number];
