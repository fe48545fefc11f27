/** Slack: whether it takes the token, what it allows, whether the teams' channels can be read. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { SlackSettings } from '../config.ts';
import { toMend } from '../slack/error-codes.ts';
import { clockFinding, type Diagnosis, ill, unknown, well } from './diagnosis.ts';

const MANIFEST = fileURLToPath(new URL('../../manifests/http.json', import.meta.url));
const TIMEOUT_MS = 10_000;
const REINSTALL = 'reinstall the app from its manifest (manifests/)';

interface Answer {
  ok: boolean;
  error?: string;
  needed?: string;
  team?: string;
  headers: Headers;
}

/** @throws Error where nobody answers, or not as Slack does. */
async function ask(
  { apiUrl }: SlackSettings,
  method: string,
  { token, ...args }: { token: string } & Record<string, string>,
): Promise<Answer> {
  const response = await fetch(new URL(method, apiUrl ?? 'https://slack.com/api/'), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: new URLSearchParams(args),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const body = (await response.json().catch(() => null)) as Omit<Answer, 'headers'> | null;
  if (typeof body?.ok !== 'boolean')
    throw new Error(`HTTP ${response.status}, and not Slack's words`);
  return { ...body, headers: response.headers };
}

const refusedAs = (code: string, scope: string | null) =>
  `check ${toMend(code, scope) ?? 'the app’s settings at api.slack.com/apps'}`;

export async function checkSlack(
  settings: SlackSettings,
  channels: readonly string[] | null,
): Promise<Diagnosis[]> {
  const { botToken } = settings;
  if (!botToken) return [unknown('token', 'none is set: the workspaces have their own')];
  let answer: Answer;
  try {
    answer = await ask(settings, 'auth.test', { token: botToken });
  } catch (error) {
    const mend = 'let this machine reach slack.com by HTTPS, or mend SLACK_API_URL';
    return [ill('token', `Slack doesn't answer (${wordsOf(error)})`, mend)];
  }
  const date = Date.parse(answer.headers.get('date') ?? '');
  const clock = Number.isNaN(date) ? [] : [clockFinding('Slack', Date.now() - date)];
  if (!answer.ok) {
    const code = answer.error ?? 'unknown';
    return [ill('token', `Slack refuses it (${code})`, refusedAs(code, null)), ...clock];
  }
  return [
    well('token', `of the workspace ${answer.team ?? 'that Slack doesn’t name'}`),
    await checkScopes(answer.headers.get('x-oauth-scopes')),
    await checkReach(settings),
    ...(await checkChannels(settings, botToken, channels)),
    ...clock,
  ];
}

async function checkScopes(granted: string | null): Promise<Diagnosis> {
  if (granted === null) return unknown('scopes', 'Slack doesn’t say which there are');
  const { oauth_config } = JSON.parse(await readFile(MANIFEST, 'utf8'));
  const there = granted.split(/[,\s]+/);
  const missing = (oauth_config.scopes.bot as string[]).filter((scope) => !there.includes(scope));
  return missing.length === 0
    ? well('scopes', 'all that the manifest asks for')
    : ill('scopes', `${missing.join(', ')} missing`, REINSTALL);
}

/** How Slack reaches Bigplan. */
async function checkReach(settings: SlackSettings): Promise<Diagnosis> {
  if (settings.mode === 'http') {
    return unknown('signing secret', 'Slack’s next request tells (401 in the log: it is another)');
  }
  const about = 'app-level token';
  try {
    const { ok, error = 'unknown' } = await ask(settings, 'apps.connections.open', {
      token: settings.appToken,
    });
    const mend = 'check SLACK_APP_TOKEN: it needs connections:write, and Socket Mode on in the app';
    return ok ? well(about, 'opens connections') : ill(about, `Slack refuses it (${error})`, mend);
  } catch (error) {
    return ill(about, `Slack doesn't answer (${wordsOf(error)})`, 'as for the token');
  }
}

async function checkChannels(
  settings: SlackSettings,
  token: string,
  channels: readonly string[] | null,
): Promise<Diagnosis[]> {
  if (channels === null) return [unknown('channels', 'which there are is in the database')];
  if (channels.length === 0) return [well('channels', 'none is set yet')];
  const closed: Diagnosis[] = [];
  for (const channel of channels) {
    const { ok, error = 'unknown' } = await ask(settings, 'conversations.history', {
      token,
      channel,
      limit: '1',
    }).catch((failure) => ({ ok: false, error: wordsOf(failure) }));
    if (ok) continue;
    const isGone = ['channel_not_found', 'is_archived'].includes(error);
    const mend = isGone
      ? 'invite Bigplan there, or set another: /bigplan team'
      : '/invite @Bigplan in that channel';
    closed.push(ill(`channel ${channel}`, error, error === 'missing_scope' ? REINSTALL : mend));
  }
  return closed.length > 0 ? closed : [well('channels', `all ${channels.length} can be read`)];
}

function wordsOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: { code?: string } };
  return cause?.code ?? message;
}
