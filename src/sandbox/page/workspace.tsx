import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { PersonState, SendOutcome, WorkspaceState } from '../protocol.ts';
import { type Doings, doingsOf, fetchState } from './api.ts';
import type { Place } from './place.ts';

export interface PageWorkspace extends WorkspaceState {
  place: Place;
  go(change: Partial<Place>): void;
  does: Doings;
  /** Shows a passing notice where something did not work. */
  report(outcome: SendOutcome): void;
  person(id: string): PersonState | undefined;
}

const Context = createContext<PageWorkspace | undefined>(undefined);
export const WorkspaceProvider = Context.Provider;

/** The workspace as the current person sees it. */
export function useWorkspace(): PageWorkspace {
  const workspace = useContext(Context);
  if (!workspace) throw new Error('There is no workspace around this.');
  return workspace;
}

/** Follows the workspace's state for one person; undefined until it first arrived. */
export function useLiveWorkspace(
  place: Place,
  go: PageWorkspace['go'],
  report: PageWorkspace['report'],
): PageWorkspace | undefined {
  const { as } = place;
  const [state, setState] = useState<WorkspaceState>();
  const asked = useRef(0);

  const latest = useRef<Promise<void>>(undefined);

  // Over when what it asked for, or something newer, is shown.
  const refresh = useCallback(() => {
    const turn = ++asked.current;
    const shown = fetchState(as).then(
      (next) => (turn === asked.current ? setState(next) : latest.current),
      () => undefined,
    );
    latest.current = shown;
    return shown;
  }, [as]);

  useEffect(() => followWhileVisible(refresh), [refresh]);

  const does = useMemo(() => doingsOf(as, refresh), [as, refresh]);
  return useMemo(() => {
    if (state?.me.name !== as) return undefined;
    const person = (id: string) => state.people.find((one) => one.id === id);
    return { ...state, place, go, does, report, person };
  }, [state, place, go, does, report, as]);
}

/**
 * Calls back now and at each change, as long as the tab is looked at: browsers keep only six
 * connections to one address, and everyone's tab would hold one. Returns how to stop.
 */
function followWhileVisible(onChange: () => void): () => void {
  let source: EventSource | undefined;
  const follow = () => {
    source?.close();
    source = undefined;
    if (document.hidden) return;
    source = new EventSource('/sandbox/changes');
    source.onmessage = onChange;
    source.onopen = onChange;
  };
  follow();
  document.addEventListener('visibilitychange', follow);
  return () => {
    source?.close();
    document.removeEventListener('visibilitychange', follow);
  };
}
