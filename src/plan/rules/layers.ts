/** A figure for each of the three layers that bookings come from. */
export interface Layers<T> {
  renewal: T;
  expansion: T;
  newBusiness: T;
}

/** `of(layer)` for each. */
export function layersOf<T>(of: (layer: keyof Layers<unknown>) => T): Layers<T> {
  return { renewal: of('renewal'), expansion: of('expansion'), newBusiness: of('newBusiness') };
}

export function mapLayers<T, U>(layers: Layers<T>, map: (value: T) => U): Layers<U> {
  return layersOf((layer) => map(layers[layer]));
}
