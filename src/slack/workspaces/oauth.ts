/**
 * Installing through Slack: `/slack/install` leads to Slack's own page, which leads back with a code for a token. That
 * it comes back to the browser that began, Slack's library sees to, by a cookie and a signed state.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Installation, InstallProvider, type OrgInstallation } from '@slack/oauth';
import type { Logger, WebClientOptions } from '@slack/web-api';
import type { Log } from '../../log.ts';
import type { Handler } from '../http-server.ts';
import { BOT_SCOPES } from './scopes.ts';
import type { Installed } from './store.ts';
import type { OAuthApp } from './tokens.ts';

export interface OAuthRoutes {
  /** `GET /slack/install`. */
  install: Handler;
  /** `GET /slack/oauth_redirect`. */
  callback: Handler;
}

export interface OAuthParts {
  app: OAuthApp;
  /** With which the state is signed; the same in all processes. */
  stateSecret: string;
  clientOptions: WebClientOptions;
  /** Root of the Web API; Slack's own where null. */
  apiUrl: string | null;
  logger: Logger;
  log: Log;
  installed(by: Installed & { token: string }): Promise<void>;
}

type AnyInstallation = Installation | OrgInstallation;

export function createOAuth(parts: OAuthParts): OAuthRoutes {
  const { app, stateSecret, clientOptions, apiUrl, logger, log, installed } = parts;
  const provider = new InstallProvider({
    ...app,
    stateSecret,
    directInstall: true,
    clientOptions,
    logger,
    ...(apiUrl && { authorizationUrl: new URL('/oauth/v2/authorize', apiUrl).href }),
    installationStore: {
      async storeInstallation(installation) {
        await installed(installedBy(installation));
        log.info({ team: idOf(installation) }, 'Bigplan was installed');
      },
      fetchInstallation: () => Promise.reject(new Error('Installations are read elsewhere')),
    },
  });
  return {
    install: (request, response) =>
      provider.handleInstallPath(request, response, {}, { scopes: [...BOT_SCOPES] }),
    callback: (request, response) =>
      provider.handleCallback(request, response, {
        success: ({ team, enterprise, appId }, _options, _request, page) => {
          const place = team?.name ?? enterprise?.name ?? 'your workspace';
          const way = team && appId && openInSlack(team.id, appId);
          show(page, 200, `Bigplan is installed in ${place}.`, way || null);
        },
        failure: (error, _options, _request, page) => {
          log.warn({ code: error.code, err: error }, 'An installation did not come about');
          show(page, 400, 'Bigplan was not installed: nothing was changed.', [
            '/slack/install',
            'Begin again',
          ]);
        },
      }),
  };
}

function idOf({ team, enterprise, isEnterpriseInstall }: AnyInstallation): string {
  const id = isEnterpriseInstall ? enterprise?.id : team?.id;
  if (id === undefined) throw new Error('An installation names neither workspace nor organisation');
  return id;
}

function installedBy(installation: AnyInstallation): Installed & { token: string } {
  const { bot } = installation;
  if (bot === undefined) throw new Error('An installation brought no token for the bot');
  return {
    id: idOf(installation),
    token: bot.token,
    refreshToken: bot.refreshToken ?? null,
    expiresAt: bot.expiresAt === undefined ? null : new Date(bot.expiresAt * 1_000),
    botId: bot.id,
    botUserId: bot.userId,
  };
}

type Link = readonly [href: string, words: string];

const openInSlack = (team: string, app: string): Link => [
  `slack://app?team=${team}&id=${app}&tab=home`,
  'Open it in Slack',
];

/** A page of one sentence, and one way on. */
function show(
  response: ServerResponse<IncomingMessage>,
  status: number,
  text: string,
  link: Link | null,
): void {
  const way = link && `<p><a href="${inHtml(link[0])}">${inHtml(link[1])}</a></p>`;
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'",
    'referrer-policy': 'no-referrer',
  });
  response.end(
    `<!doctype html><html lang="en"><title>Bigplan</title><h1>Bigplan</h1><p>${inHtml(text)}</p>${way ?? ''}</html>`,
  );
}

const inHtml = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.codePointAt(0)};`);
