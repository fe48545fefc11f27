import { type Codec, nothing } from './codec.ts';

/** What can be pressed or chosen: its id, and what it carries. Declared once, for views and listeners. */
export interface Action<T> {
  id: string;
  codec: Codec<T>;
  /** For a button: `button('Edit', { ...dealEdit.with(deal.id), spoken: 'Edit the deal' })`. */
  with(value: T): { actionId: string; value: string };
  /** As `with`, where two elements of one block do the same thing: `by` tells them apart. */
  numbered(by: string | number, value: T): { actionId: string; value: string };
  /** What one choice of a menu carries. */
  write(value: T): string;
}

/** An action that carries nothing, or what `codec` writes and reads. */
export function action(id: string): Action<void>;
export function action<T>(id: string, codec: Codec<T>): Action<T>;
export function action<T>(id: string, codec?: Codec<T>): Action<T> {
  const carried = codec ?? (nothing as Codec<unknown> as Codec<T>);
  const write = (value: T) => carried.write(value);
  return {
    id,
    codec: carried,
    write,
    with: (value) => ({ actionId: id, value: write(value) }),
    numbered: (by, value) => ({ actionId: `${id}.${by}`, value: write(value) }),
  };
}
