import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { ConversationState, PersonState, SendOutcome, WorkspaceState } from '../protocol.ts';
import { type Doings, doingsOf, fetchState } from './api.ts';
import { mergeState } from './merge-state.ts';
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

/** What messages and forms need of the workspace. It stays the same while messages come and go. */
export interface Surroundings
  extends Pick<PageWorkspace, 'me' | 'app' | 'people' | 'go' | 'does' | 'report' | 'person'> {
  /** Without what is said in them. */
  channels: Pick<ConversationState, 'id' | 'kind' | 'name' | 'members'>[];
}

const SurroundingsContext = createContext<Surroundings | undefined>(undefined);
export const SurroundingsProvider = SurroundingsContext.Provider;

/** What a message's surroundings are: nothing that changes with every message. */
export function useSurroundings(): Surroundings {
  const surroundings = useContext(SurroundingsContext);
  if (!surroundings) throw new Error('There is no workspace around this.');
  return surroundings;
}

/** The surroundings in a workspace; the same object as long as they say the same. */
export function useStableSurroundings(
  workspace: PageWorkspace | undefined,
): Surroundings | undefined {
  const held = useRef<{ said: string; surroundings: Surroundings }>(undefined);
  if (!workspace) return undefined;
  const { me, app, people, conversations, go, does, report, person } = workspace;
  const channels = conversations.map(({ id, kind, name, members }) => ({
    id,
    kind,
    name,
    members,
  }));
  const said = JSON.stringify([me, app, people, channels]);
  const before = held.current;
  if (before?.said === said && before.surroundings.does === does) return before.surroundings;
  const surroundings = { me, app, people, channels, go, does, report, person };
  held.current = { said, surroundings };
  return surroundings;
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
  const held = useRef<WorkspaceState>(undefined);

  // Over when what it asked for, or something newer, is shown.
  const refresh = useCallback(() => {
    const turn = ++asked.current;
    const known = held.current?.me.name === as ? held.current : undefined;
    const take = (next: WorkspaceState): Promise<void> | undefined => {
      if (turn !== asked.current) return latest.current;
      const merged = mergeState(held.current, next);
      if (merged === null) return fetchState(as).then(take);
      held.current = merged;
      setState(merged);
      return undefined;
    };
    const shown = fetchState(as, known?.stamp).then(take, () => undefined);
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
