import { useCallback, useEffect, useState } from 'react';
import type { SendOutcome } from '../protocol.ts';
import { AppHome } from './app-home.tsx';
import { Conversation } from './conversation.tsx';
import { ModalStack } from './modal-stack.tsx';
import { usePlace } from './place.ts';
import { Sidebar } from './sidebar.tsx';
import { ThreadPanel } from './thread.tsx';
import { Topbar } from './topbar.tsx';
import {
  SurroundingsProvider,
  useLiveWorkspace,
  useStableSurroundings,
  useWorkspace,
  WorkspaceProvider,
} from './workspace.tsx';

/** The whole page. */
export function App() {
  const [place, go] = usePlace();
  const [notice, report] = useNotice();
  const [menuOpen, setMenuOpen] = useState(false);
  const workspace = useLiveWorkspace(place, go, report);
  const surroundings = useStableSurroundings(workspace);
  const unread = workspace?.conversations.reduce((sum, one) => sum + one.unread, 0) ?? 0;

  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}Bigplan sandbox`;
  }, [unread]);

  if (!workspace || !surroundings) return <p className="loading">Opening the sandbox…</p>;
  const conversation = workspace.conversations.find((one) => one.id === place.at);
  const isApp = conversation === undefined || conversation.kind === 'app';

  return (
    <WorkspaceProvider value={workspace}>
      <SurroundingsProvider value={surroundings}>
        <a className="skip" href="#main">
          Skip to the conversation
        </a>
        <Topbar menuOpen={menuOpen} onMenu={() => setMenuOpen(!menuOpen)} />
        <div className="columns">
          <Sidebar open={menuOpen} onLeave={() => setMenuOpen(false)} />
          <main id="main" tabIndex={-1} className="main">
            <Intro />
            {isApp && <AppHome />}
            {conversation && <Conversation key={conversation.id} conversation={conversation} />}
          </main>
          {conversation && place.thread && (
            <ThreadPanel key={place.thread} conversation={conversation} ts={place.thread} />
          )}
        </div>
        <ModalStack />
        <div className="notice" role="alert">
          {notice}
        </div>
      </SurroundingsProvider>
    </WorkspaceProvider>
  );
}

/** A notice that goes away by itself. */
function useNotice(): [string, (outcome: SendOutcome) => void] {
  const [notice, setNotice] = useState('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: each notice gets its own time
  useEffect(() => {
    const timer = setTimeout(() => setNotice(''), 6000);
    return () => clearTimeout(timer);
  }, [notice]);
  const report = useCallback((outcome: SendOutcome) => {
    if (outcome.outcome === 'trouble') setNotice(outcome.message);
  }, []);
  return [notice, report];
}

const dismissed = 'bigplan-sandbox-intro-dismissed';

/** One line for a newcomer, with the one thing to do. */
function Intro() {
  const { app, place, does, report } = useWorkspace();
  const [shown, setShown] = useState(() => sessionStorage.getItem(dismissed) === null);
  if (!shown) return null;
  const begin = async () => {
    const channel = place.at === 'home' ? app.channel : place.at;
    report(await does.command(channel, '/bigplan'));
  };
  return (
    <section className="intro" aria-label="About this sandbox">
      <p>
        <strong>This is a sandbox:</strong> a made-up team, the real app. Type <code>/bigplan</code>{' '}
        to begin, move the clock to go on.
      </p>
      <button type="button" className="button primary" onClick={begin}>
        Run /bigplan
      </button>
      <button
        type="button"
        className="plain-button"
        aria-label="Dismiss"
        onClick={() => {
          sessionStorage.setItem(dismissed, 'yes');
          setShown(false);
        }}
      >
        ×
      </button>
    </section>
  );
}
