import type { KnownBlock } from '@slack/types';
import { Conversations } from './conversations.ts';
import { Files, type KeptFile } from './files.ts';
import { type SlackPerson, slackPerson } from './people.ts';
import { type OpenView, Views } from './views.ts';

/** Which workspace it is, and which app is installed in it. */
export interface Identity {
  team: { id: string; name: string; domain: string };
  app: { id: string; userId: string; botId: string; name: string };
}

export interface WorkspaceOptions extends Identity {
  /** The id of a person's DM with the app. */
  dmId(user: string): string;
  /** Sees each view that was opened or got other blocks. */
  viewChanged?(view: OpenView): void;
  /** The time that triggers live by, in ms; the machine's where left out. */
  triggerTime?(): number;
}

/** All that one Slack workspace holds, in memory. */
export class SlackWorkspace {
  readonly team: Identity['team'];
  readonly app: Identity['app'];
  readonly people = new Map<string, SlackPerson>();
  readonly conversations: Conversations;
  readonly views: Views;
  readonly files = new Files();
  readonly #dmId: (user: string) => string;

  constructor(options: WorkspaceOptions) {
    const { team, app, dmId, viewChanged = () => {}, triggerTime = () => Date.now() } = options;
    this.team = team;
    this.app = app;
    this.#dmId = dmId;
    this.conversations = new Conversations(app.userId);
    this.views = new Views(viewChanged, triggerTime);
  }

  /** Adds a person and their DM with the app, or changes what is known of them. */
  addPerson(id: string, facts: Partial<SlackPerson> = {}): SlackPerson {
    const added = slackPerson(id, facts);
    this.people.set(id, added);
    this.dm(id);
    return added;
  }

  /** A person's DM with the app, made where there is none yet. */
  dm(user: string): string {
    const { conversations } = this;
    const made = () =>
      conversations.add(this.#dmId(user), {
        isIm: true,
        isPrivate: true,
        members: [user, this.app.userId],
      }).id;
    return conversations.dmWith(user) ?? made();
  }

  /**
   * What outlives a restart, as plain data: no open modals, and no people.
   *
   * @param withContent of which files the content is wanted; of all where left out
   */
  snapshot(withContent: (fileId: string) => boolean = () => true): WorkspaceSnapshot {
    const homes = this.views.homes();
    return { ...this.conversations.snapshot(), homes, files: this.files.snapshot(withContent) };
  }

  restore(snapshot: WorkspaceSnapshot): void {
    this.conversations.restore(snapshot);
    this.views.restoreHomes(snapshot.homes);
    this.files.restore(snapshot.files);
  }
}

export type WorkspaceSnapshot = ReturnType<Conversations['snapshot']> & {
  homes: OpenView[];
  files: KeptFile[];
};

/** Block Kit as a view or a message holds it. */
export function blocksOf({ view }: Pick<OpenView, 'view'>): KnownBlock[] {
  return view.blocks as KnownBlock[];
}
