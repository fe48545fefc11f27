/** The manifests ask for what the app uses, all of it and nothing more. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { App } from '@slack/bolt';
import { type AppsManifestValidateArguments, WebClient } from '@slack/web-api';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { COMMAND } from '../../src/slack/ids.ts';
import { BOT_SCOPES } from '../../src/slack/workspaces/scopes.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

type Manifest = AppsManifestValidateArguments['manifest'];

const read = (name: string) => readFile(join('manifests', name), 'utf8');
const socketText = await read('socket-mode.json');
const httpText = await read('http.json');
const manyText = await read('many-workspaces.json');
const socketMode: Manifest = JSON.parse(socketText);
const http: Manifest = JSON.parse(httpText);
const many: Manifest = JSON.parse(manyText);
const all = [
  ['socket-mode.json', socketMode],
  ['http.json', http],
  ['many-workspaces.json', many],
] as const;

describe('a manifest is valid', () => {
  const CHECKED = {
    'socket-mode.json': socketText,
    'http.json': httpText,
    'many-workspaces.json': manyText,
    'an unknown scope': socketText.replace('"chat:write"', '"chat:shout"'),
    'an unknown event': socketText.replace('"app_home_opened"', '"app_home_open"'),
    'an unknown key': socketText.replace('"usage_hint"', '"usage"'),
    'a wrong value': socketText.replace('"is_enabled": true', '"is_enabled": "yes"'),
  };
  let problems: Map<string, string[]>;
  beforeAll(() => {
    problems = problemsByType(CHECKED);
  });

  test.each(all.map(([name]) => name))('by Slack’s type: %s', (name) => {
    expect(problems.get(name)).toEqual([]);
  });

  test.each(['an unknown scope', 'an unknown event', 'an unknown key', 'a wrong value'])(
    'and the type would have found %s',
    (name) => expect(problems.get(name)).toHaveLength(1),
  );

  test.each(all)('by the lengths that Slack allows: %s', (_, manifest) => {
    const { name, description = '', background_color = '' } = manifest.display_information;
    expect(name.length).toBeLessThanOrEqual(35);
    expect(description.length).toBeLessThanOrEqual(140);
    expect(background_color).toMatch(/^#[0-9a-f]{6}$/);
    expect(manifest.features?.bot_user?.display_name).toMatch(/^[a-z0-9._-]{1,80}$/);
    for (const command of manifest.features?.slash_commands ?? []) {
      expect(command.command).toMatch(/^\/\S{1,31}$/);
      expect(command.description.length).toBeLessThanOrEqual(2000);
      expect(command.usage_hint?.length).toBeLessThanOrEqual(1000);
    }
  });
});

describe('they differ only in how Slack reaches the app', () => {
  test('over HTTP, every request goes to the one address', () => {
    const url = 'https://YOUR-HOST/slack/events';
    expect(http).toEqual({
      ...socketMode,
      features: {
        ...socketMode.features,
        slash_commands: socketMode.features?.slash_commands?.map((command) => ({
          ...command,
          url,
        })),
      },
      settings: {
        ...socketMode.settings,
        event_subscriptions: { ...socketMode.settings?.event_subscriptions, request_url: url },
        interactivity: { ...socketMode.settings?.interactivity, request_url: url },
        socket_mode_enabled: false,
      },
    });
    expect(httpText.match(/https?:/g)).toHaveLength(3);
  });

  test('for many workspaces, in how they install it', () => {
    const { oauth_config, settings } = http;
    expect(many).toEqual({
      ...http,
      oauth_config: {
        redirect_urls: ['https://YOUR-HOST/slack/oauth_redirect'],
        ...oauth_config,
      },
      settings: { ...settings, org_deploy_enabled: true, token_rotation_enabled: true },
    });
    expect(many.oauth_config?.scopes?.bot).toEqual(BOT_SCOPES);
  });

  test('in Socket Mode, nothing needs an address', () => {
    expect(socketMode.settings?.socket_mode_enabled).toBe(true);
    expect(socketText).not.toContain('http');
  });
});

describe('a manifest names what the app listens to', () => {
  /** The first argument of each registration, by kind. */
  const heard = new Map<string, unknown[]>();
  const KINDS = ['command', 'event', 'message', 'action', 'view', 'options', 'shortcut'] as const;
  let app: TestApp;

  beforeAll(async () => {
    const spies = KINDS.map((kind) => [kind, vi.spyOn(App.prototype, kind)] as const);
    app = await startTestApp();
    for (const [kind, spy] of spies) {
      heard.set(
        kind,
        spy.mock.calls.map(([first]) => first),
      );
      spy.mockRestore();
    }
  });
  afterAll(() => app.stop());

  test.each(all)('commands, and every sub-command in the hint: %s', (_, { features }) => {
    const commands = features?.slash_commands ?? [];
    expect(commands.map(({ command }) => command)).toEqual(heard.get('command'));
    expect(heard.get('command')).toEqual([COMMAND]);
    const words = [...app.bigplan.context.commands.names(), 'help'];
    expect(commands[0]?.usage_hint).toBe(`[${words.join(' | ')}]`);
  });

  test.each(all)('events: %s', (_, { features, settings }) => {
    // A manifest says which messages: those of the DM.
    const events = [...new Set(heard.get('event'))].map((event) =>
      event === 'message' ? 'message.im' : event,
    );
    expect(settings?.event_subscriptions?.bot_events).toEqual(events.sort());
    expect(heard.get('message')).toEqual([]);
    expect(features?.app_home?.home_tab_enabled).toBe(
      heard.get('event')?.includes('app_home_opened'),
    );
  });

  test.each(all)('clicks and submissions, but no shortcuts: %s', (_, { features, settings }) => {
    // One listener hears all of a kind (slack/on.ts).
    expect(heard.get('action')).toHaveLength(1);
    expect(heard.get('view')).toHaveLength(2);
    expect(settings?.interactivity?.is_enabled).toBe(true);
    expect(heard.get('options')).toEqual([]);
    expect(settings?.interactivity?.message_menu_options_url).toBeUndefined();
    expect(heard.get('shortcut')).toEqual([]);
    expect(features?.shortcuts).toBeUndefined();
  });
});

describe('a manifest asks for the scopes of what the app calls', () => {
  /** The bot's scopes for each method of the Web API that Bigplan calls, as Slack documents them. */
  const SCOPES: Record<string, string[]> = {
    'auth.test': [],
    'chat.delete': ['chat:write'],
    'chat.postMessage': ['chat:write'],
    'chat.update': ['chat:write'],
    // Of DMs and team channels, public or private: Bigplan settles what it sent there.
    'conversations.history': ['channels:history', 'groups:history', 'im:history'],
    // And for the events that tell of a team's channel, public or private.
    'conversations.info': ['channels:read', 'groups:read'],
    'conversations.open': ['im:write'],
    'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
    'files.completeUploadExternal': ['files:write'],
    'files.delete': ['files:write'],
    'files.getUploadURLExternal': ['files:write'],
    'files.info': ['files:read'],
    'oauth.v2.access': [],
    'users.info': ['users:read'],
    'views.open': [],
    'views.publish': [],
    'views.push': [],
    'views.update': [],
  };

  /** `chat.postMessage` and all the others that the client has. */
  function methodsOf(client: object, path: string[] = []): string[] {
    return Object.entries(client).flatMap(([name, value]) => {
      if (typeof value === 'function') return path.length > 0 ? [[...path, name].join('.')] : [];
      const namespace = value?.constructor === Object && (path.length > 0 || !name.startsWith('_'));
      return namespace ? methodsOf(value, [...path, name]) : [];
    });
  }

  async function sourceOfTheApp(): Promise<string> {
    const paths = await readdir('src', { recursive: true });
    const own = paths.filter((path) => path.endsWith('.ts') && !/^(sandbox|db)[\\/]/.test(path));
    expect(own.length).toBeGreaterThan(100);
    return (await Promise.all(own.map((path) => readFile(join('src', path), 'utf8')))).join('\n');
  }

  test('every method called has its scopes here, and no other has', async () => {
    const methods = methodsOf(new WebClient());
    expect(methods.length).toBeGreaterThan(200);
    const source = await sourceOfTheApp();
    const called = methods.filter((method) =>
      new RegExp(`\\.${method.replaceAll('.', '\\s*\\.')}\\b`).test(source),
    );
    if (/\.filesUploadV2\(/.test(source)) {
      called.push('files.getUploadURLExternal', 'files.completeUploadExternal');
    }
    expect(called.sort()).toEqual(Object.keys(SCOPES));
    expect(source).not.toMatch(/(?<!super)\.apiCall\(|\.files\.uploadV2\(|\.chatStream\(/);
  });

  test.each(all)('and no scope more: %s', (_, { oauth_config, features }) => {
    const needed = new Set(Object.values(SCOPES).flat());
    if (features?.slash_commands) needed.add('commands');
    expect(oauth_config?.scopes).toEqual({ bot: [...needed].sort() });
  });
});

/** What the compiler says of each text as a manifest, by the type in Slack's own client. */
function problemsByType(texts: Record<string, string>): Map<string, string[]> {
  const names = Object.keys(texts);
  const sources = new Map(
    Object.values(texts).map((text, index) => [
      join(process.cwd(), `test/slack/manifest-${index}.ts`),
      `import type { AppsManifestValidateArguments } from '@slack/web-api';
      export const manifest: AppsManifestValidateArguments['manifest'] = ${text};`,
    ]),
  );
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    types: ['node'],
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (path) => sources.has(path) || fileExists(path);
  host.getSourceFile = (path, version, ...rest) => {
    const text = sources.get(path);
    return text === undefined
      ? getSourceFile(path, version, ...rest)
      : ts.createSourceFile(path, text, version);
  };
  const program = ts.createProgram([...sources.keys()], options, host);
  return new Map(
    [...sources.keys()].map((path, index) => [
      names[index] ?? path,
      ts
        .getPreEmitDiagnostics(program, program.getSourceFile(path))
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
    ]),
  );
}
