import { useCallback, useEffect, useState } from 'react';

/** Where in the workspace one is, and as whom; kept in the page's address. */
export interface Place {
  /** A person's short name. */
  as: string;
  /** A conversation's id, or `home` for the app's Home tab. */
  at: string;
  /** The ts of the message whose thread is open. */
  thread: string | undefined;
}

function read(): Place {
  const query = new URLSearchParams(location.search);
  return {
    as: query.get('as') ?? 'dana',
    at: query.get('at') ?? 'home',
    thread: query.get('thread') ?? undefined,
  };
}

/** The address that shows a place. */
export function addressOf({ as, at, thread }: Place): string {
  return `?${new URLSearchParams({ as, at, ...(thread ? { thread } : {}) })}`;
}

/** The current place and how to go elsewhere; the browser's own back button works too. */
export function usePlace(): [Place, (change: Partial<Place>) => void] {
  const [place, setPlace] = useState(read);
  useEffect(() => {
    const follow = () => setPlace(read());
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  const go = useCallback((change: Partial<Place>) => {
    const next = { ...read(), thread: undefined, ...change };
    history.pushState(null, '', addressOf(next));
    setPlace(next);
  }, []);
  return [place, go];
}
