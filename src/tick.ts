/**
 * `npm run --silent tick -- --at 2027-03-02T21:30:00Z [--dry-run]`: what the minute's tick does at that
 * instant, done now and once, beside a running Bigplan or without one. Prints one line a delivery.
 */
import { parseArgs } from 'node:util';
import { type Config, loadConfig, readEnvironment, type SlackSettings } from './config.ts';
import { acrossWorkspaces } from './db/scope.ts';
import { StartError } from './errors.ts';
import { createLog, type Log } from './log.ts';
import type { AtRest } from './main.ts';
import { type DeliveryOutcome, inOneLine } from './outbox/delivery.ts';
import type { Clock } from './time/clock.ts';

const USAGE = 'Usage: npm run --silent tick -- --at 2027-03-02T21:30:00Z [--dry-run]';
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

interface Wish {
  at: Date;
  dryRun: boolean;
}

process.env.TZ = 'UTC';
try {
  await main(readWish(process.argv.slice(2)));
} catch (error) {
  const reason = error instanceof Error ? error.message.trim().split('\n').at(-1) : String(error);
  process.stderr.write(error instanceof StartError ? `${reason}\n` : `tick: ${reason}\n`);
  process.exitCode = 1;
}

async function main({ at, dryRun }: Wish): Promise<void> {
  const config = loadConfig(readEnvironment());
  const { slack, log } = dryRun ? nobody(config) : somebody(config);
  // Only now: it is all of Bigplan.
  const { openBigplan } = await import('./main.ts');
  const started = Date.now();
  const clock: Clock = { now: () => new Date(at.getTime() + Date.now() - started) };
  const bigplan = await openBigplan({ ...config, slack }, { clock, log });
  try {
    await acrossWorkspaces(() =>
      dryRun ? dryRunAt(bigplan, at) : tick(bigplan, at, new Date(started)),
    );
  } finally {
    await bigplan.stop();
  }
}

async function dryRunAt({ scheduler, outbox, context }: AtRest, at: Date): Promise<void> {
  const { dryRun } = await import('./scheduler/dry-run.ts');
  for (const outcome of await dryRun({ scheduler, outbox }, context.db, at)) {
    print(outcome.state === 'missed' ? 'would miss' : 'would send', { ...outcome, problem: null });
  }
}

async function tick({ scheduler, outbox }: AtRest, at: Date, since: Date): Promise<void> {
  await outbox.sweep(at);
  const { failed } = await scheduler.runDue(at);
  if (failed > 0) process.exitCode = 1;
  await outbox.sendDue(at, since, (outcome) => {
    const { state } = outcome;
    if (!['sent', 'missed', 'cancelled'].includes(state)) process.exitCode = 1;
    print(state === 'planned' || state === 'sending' ? 'waiting' : state, outcome);
  });
}

function print(what: string, outcome: DeliveryOutcome): void {
  process.stdout.write(`${what} ${inOneLine(outcome)}\n`);
}

/** @throws StartError with the usage. */
function readWish(args: string[]): Wish {
  const options = { at: { type: 'string' }, 'dry-run': { type: 'boolean' } } as const;
  let given: { at?: string; 'dry-run'?: boolean };
  try {
    given = parseArgs({ args, options }).values;
  } catch {
    throw new StartError(USAGE);
  }
  const at = new Date(INSTANT.test(given.at ?? '') ? (given.at ?? '') : Number.NaN);
  if (Number.isNaN(at.getTime())) throw new StartError(USAGE);
  return { at, dryRun: given['dry-run'] === true };
}

interface Speaker {
  slack: SlackSettings;
  log: Log;
}

/** @throws StartError where Bigplan has no way to Slack. */
function somebody({ slack, logLevel }: Config): Speaker {
  if (slack === null) {
    throw new StartError(
      "Set SLACK_BOT_TOKEN to send from here, or move the sandbox's clock in its page; --dry-run needs neither.",
    );
  }
  return { slack, log: logTo(logLevel) };
}

/** For a dry run, which never speaks to Slack. */
function nobody({ logLevel }: Config): Speaker {
  const slack = { mode: 'http', botToken: 'none', signingSecret: 'none', apiUrl: null } as const;
  return { slack, log: logTo(logLevel) };
}

/** What the lines don't say, on the other output. */
function logTo(level: Config['logLevel']): Log {
  const worse = level === 'info' || level === 'warn' ? 'error' : level;
  return createLog(worse, { write: (line) => void process.stderr.write(line) });
}
