import { useEffect } from 'react';
import { BlockList } from './blocks/block-list.tsx';
import { useBlockValues } from './blocks/block-values.ts';
import { addressOf } from './place.ts';
import { useWorkspace } from './workspace.tsx';

/** The app's two tabs, and what the Home tab shows. */
export function AppHome() {
  const { app, place, go, does, home } = useWorkspace();
  const tab = place.at === 'home' ? 'home' : 'messages';

  useEffect(() => {
    void does.openHome(tab);
  }, [does, tab]);

  const link = (at: string, label: string) => (
    <a
      href={addressOf({ ...place, at, thread: undefined })}
      aria-current={place.at === at ? 'page' : undefined}
      onClick={(event) => {
        event.preventDefault();
        go({ at });
      }}
    >
      {label}
    </a>
  );
  return (
    <>
      <header className="conversation-head">
        <h2>{app.name}</h2>
        <nav className="tabs" aria-label={`${app.name}’s tabs`}>
          {link('home', 'Home')}
          {link(app.channel, 'Messages')}
        </nav>
      </header>
      {tab === 'home' && (
        <section className="home" aria-label={`${app.name} Home`}>
          {home ? (
            <HomeBlocks key={home.id} />
          ) : (
            <p className="empty">
              {app.name} shows your plan here once there is one. Type <code>/bigplan</code> in any
              conversation to begin.
            </p>
          )}
        </section>
      )}
    </>
  );
}

function HomeBlocks() {
  const { home } = useWorkspace();
  const blocks = home?.blocks ?? [];
  const [values, setValue] = useBlockValues(blocks, home?.hash ?? '');
  return (
    <BlockList
      blocks={blocks}
      source={{ kind: 'view', view_id: home?.id ?? '' }}
      values={values}
      setValue={setValue}
    />
  );
}
