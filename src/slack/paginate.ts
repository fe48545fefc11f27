export interface Page<T> {
  items: T[];
  /** From 0. */
  page: number;
  pages: number;
  /** The position of the first item in the whole list, from 0. */
  offset: number;
  total: number;
  /** The page before and after, `null` at an end. */
  previous: number | null;
  next: number | null;
}

/** One page of a list. A page that no longer exists (rows were removed) gives the nearest that does. */
export function paginate<T>(all: readonly T[], page: number, perPage: number): Page<T> {
  const pages = Math.max(1, Math.ceil(all.length / perPage));
  const at = Math.min(Math.max(0, Math.trunc(page) || 0), pages - 1);
  const offset = at * perPage;
  return {
    items: all.slice(offset, offset + perPage),
    page: at,
    pages,
    offset,
    total: all.length,
    previous: at > 0 ? at - 1 : null,
    next: at < pages - 1 ? at + 1 : null,
  };
}
