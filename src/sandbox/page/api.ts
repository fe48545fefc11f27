import type { Leap } from '../clock-moves.ts';
import type {
  ActionSource,
  OptionState,
  SendOutcome,
  StateValues,
  SubmitOutcome,
  UploadedFile,
  WorkspaceState,
} from '../protocol.ts';

const unreachable = 'The sandbox does not answer. Is it still running?';

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(`/sandbox/${path}`, init);
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as T;
}

const post = <T>(path: string, body: unknown) =>
  ask<T>(path, { method: 'POST', body: JSON.stringify(body) });

const send = (path: string, body: unknown): Promise<SendOutcome> =>
  post<SendOutcome>(path, body).catch(() => ({ outcome: 'trouble', message: unreachable }));

/** All that a person sees now; with the stamp of a state, of the messages what is new since. */
export const fetchState = (as: string, since?: string) =>
  ask<WorkspaceState>(`state?${new URLSearchParams({ as, ...(since ? { since } : {}) })}`);

/** What one person does. Each resolves with what became of it; none rejects. */
export interface Doings {
  command(channel: string, text: string): Promise<SendOutcome>;
  say(channel: string, text: string, thread?: string): Promise<SendOutcome>;
  act(source: ActionSource, action: unknown, values: StateValues): Promise<SendOutcome>;
  submit(view: string, values: StateValues): Promise<SubmitOutcome>;
  close(view: string, all: boolean): Promise<SendOutcome>;
  suggest(source: ActionSource, place: SuggestPlace): Promise<OptionState[]>;
  openHome(tab: 'home' | 'messages'): Promise<SendOutcome>;
  markRead(channel: string): Promise<SendOutcome>;
  moveClock(move: ClockMove): Promise<SendOutcome>;
  upload(file: File): Promise<UploadedFile | null>;
}

export interface SuggestPlace {
  block_id: string;
  action_id: string;
  value: string;
}

export type ClockMove = { to: Leap } | { to: 'instant'; date: string; time: string };

/** What a person can do; each thing is over once `refresh` has shown what came of it. */
export function doingsOf(as: string, refresh: () => Promise<void>): Doings {
  const then = async <T>(outcome: Promise<T>): Promise<T> => {
    const result = await outcome;
    await refresh();
    return result;
  };
  return {
    command: (channel, text) => then(send('command', { as, channel, text })),
    say: (channel, text, thread) => then(send('message', { as, channel, text, thread })),
    act: (source, action, values) => then(send('action', { as, source, action, values })),
    submit: (view, values) =>
      then(
        post<SubmitOutcome>('submit', { as, view, values }).catch(() => ({
          outcome: 'trouble',
          message: unreachable,
        })),
      ),
    close: (view, all) => then(send('close', { as, view, all })),
    suggest: (source, place) =>
      post<OptionState[]>('suggest', { as, source, place }).catch(() => []),
    openHome: (tab) => then(send('home', { as, tab })),
    markRead: (channel) => then(send('read', { as, channel })),
    moveClock: (move) => then(send('clock', { as, ...move })),
    upload: (file) =>
      ask<UploadedFile | null>(
        `upload?as=${encodeURIComponent(as)}&name=${encodeURIComponent(file.name)}`,
        { method: 'POST', body: file },
      ).catch(() => null),
  };
}
