/**
 * `npm run --silent doctor`: what Bigplan needs, what is wrong with it, and what mends that. Changes nothing, tells no
 * secret, and looks at what can be looked at where the rest is broken. Exit code 1 where something is to be mended.
 */
import { type Config, loadConfig, readEnvironment } from '../config.ts';
import { hasRoom } from '../db/embedded/room.ts';
import { type Diagnosis, ill, unknown, well } from './diagnosis.ts';
import { checkSlack } from './slack-checks.ts';
import { checkDatabase } from './store.ts';

const MARKS = { well: 'ok  ', ill: 'MEND', unknown: '–   ' };

async function examine(): Promise<Diagnosis[]> {
  let config: Config;
  try {
    config = loadConfig(readEnvironment());
  } catch (error) {
    const mend = 'see .env.example; the rest is looked at once these can be read';
    return [ill('settings', (error as Error).message, mend)];
  }
  const { slack, databaseUrl, dataDir } = config;
  const { findings, channels } = await checkDatabase(config);
  const about = slack === null ? 'the sandbox: no token of Slack’s is set' : `Slack, ${slack.mode}`;
  return [
    well('settings', about),
    ...(databaseUrl === null ? [await checkRoom(dataDir)] : []),
    ...findings,
    ...(slack === null ? [] : await checkSlack(slack, channels)),
  ];
}

async function checkRoom(dataDir: string): Promise<Diagnosis> {
  if (await hasRoom(dataDir)) return well('disk', `${dataDir} has room`);
  if (await hasRoom('.')) return unknown('disk', `${dataDir} isn't there yet`);
  return ill('disk', `under 200 MB are left for ${dataDir}`, 'make room there');
}

const SECRETS = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'BIGPLAN_ENCRYPTION_KEYS',
  'DATABASE_URL',
];

/** Whatever an error's words are, they hold no secret. */
function withoutSecrets(text: string): string {
  const env = readEnvironment();
  const { DATABASE_URL = '' } = env;
  const password = URL.canParse(DATABASE_URL) ? new URL(DATABASE_URL).password : '';
  const secrets = [
    ...SECRETS.map((name) => env[name] ?? ''),
    password,
    decodeURIComponent(password),
  ];
  return secrets
    .filter((secret) => secret !== '')
    .reduce((told, secret) => told.replaceAll(secret, '…'), text);
}

const findings = await examine();
for (const { about, state, what, mend } of findings) {
  const line = `${MARKS[state]} ${about}: ${what}${mend === undefined ? '' : ` → ${mend}`}`;
  process.stdout.write(`${withoutSecrets(line)}\n`);
}
if (findings.some(({ state }) => state === 'ill')) process.exitCode = 1;
