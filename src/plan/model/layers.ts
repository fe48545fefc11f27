import { LAYERS, type Layer } from '../schemas.ts';
import { type Exact, ZERO } from './exact.ts';

/** A figure for each of the three layers that bookings come from. */
export type Layers<T> = Record<Layer, T>;

/** `of(layer)` for each. */
export function layersOf<T>(of: (layer: Layer) => T): Layers<T> {
  return { renewal: of('renewal'), expansion: of('expansion'), newBusiness: of('newBusiness') };
}

export function mapLayers<T, U>(layers: Layers<T>, map: (value: T) => U): Layers<U> {
  return layersOf((layer) => map(layers[layer]));
}

/** The three together, or those of them that are named. */
export function sumOfLayers(layers: Layers<Exact>, named: readonly Layer[] = LAYERS): Exact {
  return named.reduce((sum, layer) => sum.add(layers[layer]), ZERO);
}

export const NO_BOOKINGS: Layers<Exact> = layersOf(() => ZERO);

/** Each layer added to the other's. */
export function addLayers(one: Layers<Exact>, other: Layers<Exact>): Layers<Exact> {
  return layersOf((layer) => one[layer].add(other[layer]));
}
