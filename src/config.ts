/** The settings, read once at the start. Nothing else reads the environment. */
import { resolve } from 'node:path';
import { z } from 'zod';
import { StartError } from './errors.ts';

/** How Slack reaches Bigplan and how Bigplan reaches Slack. */
export type SlackSettings = {
  /** Null: only where Bigplan was installed through Slack. */
  botToken: string | null;
  /** By which it can be installed through Slack; left out: it can't. */
  oauth?: { clientId: string; clientSecret: string };
  /** Root of the Web API, ending in a slash; Slack's own where null. */
  apiUrl: string | null;
} & ({ mode: 'http'; signingSecret: string } | { mode: 'socket'; appToken: string });

export interface Config {
  /** Null: no Slack settings at all, so the sandbox runs. */
  slack: SlackSettings | null;
  /** 0 takes any free port. */
  port: number;
  /** Where health and metrics are asked for; null: on the port. */
  health: { host: string; port: number } | null;
  /** Null: Bigplan runs its own server in the data folder. */
  databaseUrl: string | null;
  /** Slack's user ids of those who count as admins of the workspace, whatever Slack says; none where left out. */
  admins?: readonly string[];
  /** Absolute. */
  dataDir: string;
  /** `id:key,id2:key2`; null: a key kept in the data folder. */
  encryptionKeys: string | null;
  logLevel: LogLevel;
  /** The Slack in use takes as much as it is sent, as the sandbox's does; left out: it has the limits that Slack publishes. */
  isSlackUnlimited?: true;
  /** How long requests are still answered at the end, while `/readyz` says that it stops; 0 where left out. */
  stopGraceMs?: number;
}

const LogLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']);
export type LogLevel = z.infer<typeof LogLevel>;

const url = (protocols: string[]) => (text: string) =>
  URL.canParse(text) && protocols.includes(new URL(text).protocol);

const isPort = (text: string) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
/** `9464` on loopback, or `0.0.0.0:9464`, `[::]:9464`. */
const HEALTH = /^(?:(?<host>[\w.-]+|\[[\da-f:.]+\]):)?(?<port>\d+)$/i;

const Secret = z.string().regex(/^\S+$/, 'must hold no spaces');

const Environment = z.object({
  SLACK_BOT_TOKEN: Secret.refine(
    (token) => !/^xox[^b]|^xapp-/.test(token),
    'must be the bot token (xoxb-…)',
  ).optional(),
  SLACK_APP_TOKEN: Secret.startsWith('xapp-', 'must be an app-level token (xapp-…)').optional(),
  SLACK_SIGNING_SECRET: Secret.refine(
    (secret) => !/^(xox|xapp-)/.test(secret),
    'must be the signing secret, not a token',
  ).optional(),
  SLACK_CLIENT_ID: Secret.optional(),
  SLACK_CLIENT_SECRET: Secret.optional(),
  SLACK_API_URL: z
    .string()
    .refine(url(['http:', 'https:']), 'must be an address like https://slack.com/api/')
    .transform((text) => (text.endsWith('/') ? text : `${text}/`))
    .optional(),
  PORT: z.string().refine(isPort, 'must be a port number').transform(Number).default(3000),
  BIGPLAN_HEALTH_PORT: z
    .string()
    .refine(
      (text) => isPort(HEALTH.exec(text)?.groups?.port ?? ''),
      'must be a port number, or an address with one like 0.0.0.0:9464',
    )
    .transform((text) => {
      const { host = '127.0.0.1', port } = HEALTH.exec(text)?.groups ?? {};
      return { host: host.replaceAll(/[[\]]/g, ''), port: Number(port) };
    })
    .optional(),
  DATABASE_URL: z
    .string()
    .refine(
      url(['postgres:', 'postgresql:']),
      'must be an address like postgresql://user:password@host:5432/bigplan',
    )
    .optional(),
  BIGPLAN_ADMINS: z
    .string()
    .transform((text) => text.split(',').map((id) => id.trim()))
    .refine(
      (ids) => ids.every((id) => /^[UW][A-Z0-9]{2,}$/.test(id)),
      'must be Slack user ids, as in U0AB12CD,U0EF34GH',
    )
    .default([]),
  BIGPLAN_DATA_DIR: z.string().default('.data'),
  BIGPLAN_ENCRYPTION_KEYS: z.string().optional(),
  BIGPLAN_STOP_SECONDS: z
    .string()
    .regex(/^(\d|10)$/, 'must be seconds from 0 to 10')
    .transform(Number)
    .default(0),
  LOG_LEVEL: LogLevel.optional(),
});
type Environment = z.infer<typeof Environment>;

/** The process's environment, with what `.env` in the working directory adds to it. */
export function readEnvironment(): NodeJS.ProcessEnv {
  try {
    process.loadEnvFile();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') throw new StartError(`.env cannot be read: ${message}`);
  }
  return process.env;
}

/**
 * Reads the settings from an environment. An empty variable counts as unset.
 *
 * @throws StartError with one line that names every variable that is missing or wrong.
 */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    throw new StartError(
      parsed.error.issues.map((issue) => `${issue.path.join('.')} ${said(issue)}`).join('; '),
    );
  }
  const settings = parsed.data;
  const slack = slackSettings(settings);
  return {
    slack,
    port: settings.PORT,
    health: settings.BIGPLAN_HEALTH_PORT ?? null,
    databaseUrl: settings.DATABASE_URL ?? null,
    admins: settings.BIGPLAN_ADMINS,
    dataDir: resolve(settings.BIGPLAN_DATA_DIR),
    encryptionKeys: settings.BIGPLAN_ENCRYPTION_KEYS ?? null,
    stopGraceMs: settings.BIGPLAN_STOP_SECONDS * 1_000,
    // In the sandbox the terminal is for the one address that matters.
    logLevel: settings.LOG_LEVEL ?? (slack === null ? 'warn' : 'info'),
  };
}

function said(issue: z.core.$ZodIssue): string {
  return issue.code === 'invalid_value'
    ? `must be one of ${issue.values.join(', ')}`
    : issue.message;
}

function oauthApp({ SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret }: Environment) {
  if (clientId && clientSecret) return { clientId, clientSecret };
  if (!clientId && !clientSecret) return null;
  const missing = clientId ? 'SLACK_CLIENT_SECRET' : 'SLACK_CLIENT_ID';
  throw new StartError(`${missing} is missing: to install through Slack takes both`);
}

function slackSettings(settings: Environment): SlackSettings | null {
  const {
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: apiUrl = null,
  } = settings;
  const oauth = oauthApp(settings);
  if (!botToken && oauth === null) {
    const alone = ['SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_API_URL'] as const;
    const set = alone.filter((name) => settings[name] !== undefined);
    if (set.length === 0) return null;
    throw new StartError(`SLACK_BOT_TOKEN is missing (${set.join(' and ')} is set)`);
  }
  if (botToken && apiUrl === null && !botToken.startsWith('xoxb-')) {
    throw new StartError('SLACK_BOT_TOKEN must be the bot token (xoxb-…)');
  }
  const common = { botToken: botToken ?? null, apiUrl, ...(oauth && { oauth }) };
  if (appToken) return { mode: 'socket', ...common, appToken };
  if (signingSecret) return { mode: 'http', ...common, signingSecret };
  throw new StartError('SLACK_SIGNING_SECRET is missing (or SLACK_APP_TOKEN, to use Socket Mode)');
}
