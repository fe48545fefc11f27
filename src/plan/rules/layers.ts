/** A figure for each of the three layers that bookings come from. */
export interface Layers<T> {
  renewal: T;
  expansion: T;
  newBusiness: T;
}

export function mapLayers<T, U>(layers: Layers<T>, map: (value: T) => U): Layers<U> {
  return {
    renewal: map(layers.renewal),
    expansion: map(layers.expansion),
    newBusiness: map(layers.newBusiness),
  };
}
