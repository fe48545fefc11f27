/**
 * The workspaces in which Bigplan is used: that of SLACK_BOT_TOKEN, and those that have installed it through Slack.
 * Nothing that comes from anywhere else is heard, and nothing is sent there.
 */
import type { AuthorizeResult } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Db } from '../../db/client.ts';
import { acrossWorkspaces, EVERY_WORKSPACE } from '../../db/scope.ts';
import type { Store } from '../../db/store.ts';
import type { Log } from '../../log.ts';
import { createRecent } from '../recent.ts';
import { type Acting, acting, isFromElsewhere } from './acting.ts';
import { createOwnToken } from './own-token.ts';
import { findInstalled, type Installed, joinOrg, removeInstalled, saveInstalled } from './store.ts';
import { createRenewals, isExpiring, notInstalled, type OAuthApp } from './tokens.ts';

/** Why somebody is not heard: a word for the log, and one for them. */
export interface Unwelcome {
  code: 'no_workspace' | 'not_installed' | 'not_known_yet' | 'stranger';
  text: string;
}

/** As the Web API takes them. */
export interface Credentials {
  token: string;
  team_id?: string;
}

export interface Workspaces {
  /** Null: who acts is welcome. */
  unwelcome(who: Acting): Promise<Unwelcome | null>;
  /**
   * What a call in a workspace needs, by Slack's team id; that of SLACK_BOT_TOKEN where none is in scope.
   *
   * @throws an answer as Slack gives it, where there is none.
   */
  credentialsOf(workspaceId: string | null): Promise<Credentials>;
  /** What Bolt's listeners get. */
  authorize(body: unknown): Promise<AuthorizeResult>;
  /** Bigplan is no longer welcome in a workspace, or an organisation, since `at`. */
  removed(id: string, at: Date): Promise<void>;
  /** Keeps what Slack has given to whoever installed Bigplan. */
  installed(by: Installed & { token: string }): Promise<void>;
  /** Asks Slack about SLACK_BOT_TOKEN. Never throws. */
  confirm(): Promise<void>;
  /** One line where the database belongs to another workspace than SLACK_BOT_TOKEN; else null. */
  wrongDatabase(): string | null;
  /** The codes with which Slack refuses SLACK_BOT_TOKEN, where it was asked. */
  refused(): string[];
  /** Saves what Slack has given and the database doesn't have yet. */
  stop(): Promise<void>;
}

const TEXTS: Record<Unwelcome['code'], string> = {
  no_workspace: 'Bigplan works inside one workspace only.',
  not_installed: 'Bigplan isn’t installed in this workspace. Whoever runs it can install it here.',
  not_known_yet:
    'Bigplan is just starting, and Slack hasn’t answered it yet. Once more in a moment?',
  stranger:
    'Bigplan is for the people of this workspace. You are here from another one: it works in your own, once it is installed there.',
};

/** Of what another process does, such as an uninstallation, this one hears so late at most. */
const KNOWN = { keepMs: 30_000, max: 10_000 };

export interface WorkspacesParts extends Store<Db> {
  /** One that takes the token with each call. */
  client: WebClient;
  log: Log;
  /** Null: only SLACK_BOT_TOKEN's workspace. */
  botToken: string | null;
  /** Null: it can't be installed through Slack. */
  oauth: OAuthApp | null;
}

export function createWorkspaces(parts: WorkspacesParts): Workspaces {
  const { client, log, botToken, oauth, db, encryption } = parts;
  const store = { db, encryption };
  const own = botToken === null ? null : createOwnToken({ client, db, log }, botToken);
  const renewals = oauth && createRenewals({ ...store, client, app: oauth, log });
  const known = createRecent<Installed>(KNOWN);

  async function ownOf(workspaceId: string): Promise<Installed | null> {
    const mine = await own?.whose();
    return mine?.id === workspaceId ? mine : null;
  }

  async function find(workspaceId: string): Promise<Installed | null> {
    const before = known.get(workspaceId);
    if (before !== undefined && !isExpiring(before, new Date())) return before;
    let found = (await ownOf(workspaceId)) ?? (await findByOAuth(workspaceId));
    if (found !== null && renewals !== null && isExpiring(found, new Date())) {
      found = await renewals.renew(found.id);
    }
    if (found !== null) known.set(workspaceId, found);
    return found;
  }

  /** Rows of SLACK_BOT_TOKEN's own have no token: they are no installation without it. */
  async function findByOAuth(workspaceId: string): Promise<Installed | null> {
    const found = oauth === null ? null : await findInstalled(store, workspaceId);
    return found?.token ? found : null;
  }

  async function findOrJoin(who: Acting & { workspaceId: string }): Promise<Installed | null> {
    const { workspaceId, enterpriseId, isOrgInstall } = who;
    const found = await find(workspaceId);
    if (found !== null || enterpriseId === null || !isOrgInstall) return found;
    if ((await findByOAuth(enterpriseId)) === null) return null;
    await joinOrg(db, workspaceId, enterpriseId, new Date());
    return find(workspaceId);
  }

  async function reasonAgainst(who: Acting): Promise<Unwelcome['code'] | null> {
    const { workspaceId } = who;
    if (workspaceId === null) return 'no_workspace';
    if ((await findOrJoin({ ...who, workspaceId })) === null) {
      const isUnknown = own !== null && oauth === null && (await own.whose()) === null;
      return isUnknown && own.wrongDatabase() === null ? 'not_known_yet' : 'not_installed';
    }
    return isFromElsewhere(who) ? 'stranger' : null;
  }

  async function credentialsOf(workspaceId: string | null): Promise<Credentials> {
    const isAnywhere = workspaceId === null || workspaceId === EVERY_WORKSPACE;
    if (isAnywhere && own !== null) return { token: own.token };
    const found = isAnywhere ? null : await find(workspaceId);
    if (found !== null && workspaceId !== null) {
      const token = found.token ?? own?.token ?? '';
      // An organisation's token speaks in all of its workspaces.
      return found.id === workspaceId ? { token } : { token, team_id: workspaceId };
    }
    // What is sent can wait for Slack to answer; where it doesn't, that is Slack's trouble.
    await own?.confirm();
    if ((await ownOf(workspaceId ?? '')) !== null) return credentialsOf(workspaceId);
    const isUnknown = own !== null && own.wrongDatabase() === null && (await own.whose()) === null;
    throw (isUnknown && own.problem()) || notInstalled();
  }

  async function authorize(body: unknown): Promise<AuthorizeResult> {
    const { workspaceId, enterpriseId } = acting(body);
    const found =
      (workspaceId && (await find(workspaceId))) ||
      (enterpriseId && (await findByOAuth(enterpriseId)));
    if (!found) throw notInstalled();
    const { botId, botUserId } = found;
    return {
      botToken: found.token ?? own?.token ?? '',
      ...(workspaceId && { teamId: workspaceId }),
      ...(enterpriseId && { enterpriseId }),
      ...(botId && { botId }),
      ...(botUserId && { botUserId }),
    };
  }

  // Tokens are no workspace's own to read.
  return {
    credentialsOf: (workspaceId) => acrossWorkspaces(() => credentialsOf(workspaceId)),
    unwelcome: (who) =>
      acrossWorkspaces(async () => {
        const code = await reasonAgainst(who);
        return code && { code, text: TEXTS[code] };
      }),
    authorize: (body) => acrossWorkspaces(() => authorize(body)),
    installed: (by) =>
      acrossWorkspaces(async () => {
        await saveInstalled(store, by, new Date());
        known.clear();
      }),
    removed: (id, at) =>
      acrossWorkspaces(async () => {
        // Slack tells in whole seconds.
        await removeInstalled(db, id, new Date(at.getTime() + 999));
        known.clear();
      }),
    confirm: () => acrossWorkspaces(async () => own?.confirm()),
    wrongDatabase: () => own?.wrongDatabase() ?? null,
    refused() {
      void acrossWorkspaces(async () => own?.confirm());
      return own?.refused() ?? [];
    },
    stop: async () => renewals?.stop(),
  };
}
