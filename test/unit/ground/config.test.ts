import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config.ts';
import { StartError } from '../../../src/errors.ts';

const http = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'abc' };

describe('the settings', () => {
  it('are the sandbox with nothing set, empty variables included', () => {
    for (const env of [{}, { SLACK_BOT_TOKEN: '', SLACK_APP_TOKEN: ' ', PORT: '' }]) {
      expect(loadConfig(env)).toEqual({
        slack: null,
        port: 3000,
        admins: [],
        databaseUrl: null,
        dataDir: resolve('.data'),
        health: null,
        encryptionKeys: null,
        logLevel: 'warn',
        stopGraceMs: 0,
      });
    }
  });

  it('choose HTTP with a signing secret and Socket Mode with an app token', () => {
    expect(loadConfig(http)).toMatchObject({
      slack: { mode: 'http', botToken: 'xoxb-1', signingSecret: 'abc', apiUrl: null },
      logLevel: 'info',
    });
    const both = { ...http, SLACK_APP_TOKEN: 'xapp-1' };
    expect(loadConfig(both).slack).toMatchObject({ mode: 'socket', appToken: 'xapp-1' });
  });

  it('may do without a bot token where Bigplan is installed through Slack', () => {
    const app = { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'shh' };
    const oauth = { clientId: '1.2', clientSecret: 'shh' };
    const alone = loadConfig({ ...app, SLACK_SIGNING_SECRET: 'abc' }).slack;
    expect(alone).toMatchObject({ mode: 'http', botToken: null, oauth });
    expect(loadConfig({ ...http, ...app }).slack).toMatchObject({ botToken: 'xoxb-1', oauth });
    expect(loadConfig(http).slack).not.toHaveProperty('oauth');
  });

  it('take the address of Slack with or without its last slash, and any token for it', () => {
    for (const SLACK_API_URL of ['http://127.0.0.1:9/api', 'http://127.0.0.1:9/api/']) {
      const env = { ...http, SLACK_BOT_TOKEN: 'test-token', SLACK_API_URL };
      expect(loadConfig(env).slack?.apiUrl).toBe('http://127.0.0.1:9/api/');
    }
  });

  it.each([
    ['9464', { host: '127.0.0.1', port: 9464 }],
    ['0.0.0.0:9464', { host: '0.0.0.0', port: 9464 }],
    ['[::]:9464', { host: '::', port: 9464 }],
    ['metrics.internal:1', { host: 'metrics.internal', port: 1 }],
  ])('take %s for health: on loopback unless it names another address', (text, health) => {
    expect(loadConfig({ BIGPLAN_HEALTH_PORT: text }).health).toEqual(health);
  });

  it.each([
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, /^SLACK_SIGNING_SECRET is missing/],
    [{ SLACK_SIGNING_SECRET: 'abc' }, /^SLACK_BOT_TOKEN is missing/],
    [{ SLACK_APP_TOKEN: 'xapp-1' }, /^SLACK_BOT_TOKEN is missing/],
    [{ ...http, SLACK_CLIENT_ID: '1.2' }, /^SLACK_CLIENT_SECRET is missing/],
    [{ ...http, SLACK_CLIENT_SECRET: 'shh' }, /^SLACK_CLIENT_ID is missing/],
    [{ SLACK_CLIENT_ID: '1', SLACK_CLIENT_SECRET: 's' }, /^SLACK_SIGNING_SECRET is missing/],
    [{ ...http, BIGPLAN_ADMINS: 'dana' }, /^BIGPLAN_ADMINS must be Slack user ids/],
    [{ SLACK_API_URL: 'http://127.0.0.1' }, /^SLACK_BOT_TOKEN is missing/],
    [{ ...http, SLACK_BOT_TOKEN: 'xapp-1' }, /^SLACK_BOT_TOKEN must be the bot token/],
    [{ ...http, SLACK_BOT_TOKEN: 'xoxp-1' }, /^SLACK_BOT_TOKEN must be the bot token/],
    [{ ...http, SLACK_BOT_TOKEN: 'banana' }, /^SLACK_BOT_TOKEN must be the bot token/],
    [{ ...http, SLACK_BOT_TOKEN: 'xoxb-1 2' }, /^SLACK_BOT_TOKEN must hold no spaces/],
    [{ ...http, SLACK_APP_TOKEN: 'xoxb-1' }, /^SLACK_APP_TOKEN must be an app-level token/],
    [{ ...http, SLACK_SIGNING_SECRET: 'xoxb-1' }, /^SLACK_SIGNING_SECRET must be/],
    [{ ...http, SLACK_API_URL: 'slack.com/api' }, /^SLACK_API_URL must be an address/],
    [{ PORT: 'http' }, /^PORT must be a port number/],
    [{ BIGPLAN_STOP_SECONDS: '11' }, /^BIGPLAN_STOP_SECONDS must be seconds from 0 to 10/],
    [{ PORT: '65536' }, /^PORT must be a port number/],
    [{ PORT: '-1' }, /^PORT must be a port number/],
    [{ BIGPLAN_HEALTH_PORT: '127.0.0.1' }, /^BIGPLAN_HEALTH_PORT must be a port number/],
    [{ BIGPLAN_HEALTH_PORT: 'host:65536' }, /^BIGPLAN_HEALTH_PORT must be a port number/],
    [{ DATABASE_URL: 'mysql://x' }, /^DATABASE_URL must be an address/],
    [{ DATABASE_URL: 'x' }, /^DATABASE_URL must be an address/],
    [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be one of fatal, error/],
    [{ PORT: 'x', LOG_LEVEL: 'y' }, /^PORT must be a port number; LOG_LEVEL must be/],
  ])('%o is refused in one line that names it', (env, line) => {
    expect(() => loadConfig(env)).toThrow(StartError);
    expect(() => loadConfig(env)).toThrow(line);
    try {
      loadConfig(env);
    } catch (error) {
      expect((error as Error).message).not.toContain('\n');
    }
  });
});
