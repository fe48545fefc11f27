/**
 * The log: one JSON object a line. Only the fields named here are written, so that a payload, a
 * message or somebody's figures can't slip in with an object; tokens are cut out of any text.
 */
import pino from 'pino';
import type { LogLevel } from './config.ts';

export interface LogFields {
  /** Any error: its kind, code, message and stack are kept, nothing it carries. */
  err?: unknown;
  /** The reference id that the person was given. */
  ref?: string;
  /** What was handled, such as `command /bigplan` or a delivery's kind. */
  kind?: string;
  outcome?: string;
  state?: string;
  code?: string;
  /** Slack's ids. */
  team?: string;
  person?: string;
  channel?: string;
  delivery?: string;
  /** A Slack API method. */
  method?: string;
  /** An address without secrets. */
  url?: string;
  source?: string;
  names?: string[];
  count?: number;
  attempt?: number;
  port?: number;
  status?: number;
  ms?: number;
}

type Write = (fields: LogFields, message: string) => void;

export interface Log {
  debug: Write;
  info: Write;
  warn: Write;
  error: Write;
  fatal: Write;
}

const FIELDS: readonly (keyof LogFields)[] = [
  'ref',
  'kind',
  'outcome',
  'state',
  'code',
  'team',
  'person',
  'channel',
  'delivery',
  'method',
  'url',
  'source',
  'names',
  'count',
  'attempt',
  'port',
  'status',
  'ms',
];
const LEVELS = ['debug', 'info', 'warn', 'error', 'fatal'] as const;
const MAX_TEXT = 500;

/** Writes to standard output, or to `destination`. */
export function createLog(level: LogLevel, destination?: pino.DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    // Described already: pino's own serializer would add what the error carries.
    serializers: { err: (described: unknown) => described },
  };
  const logger = destination ? pino(options, destination) : pino(options);
  const write = (at: (typeof LEVELS)[number]): Write => {
    return (fields, message) => logger[at](pick(fields), clean(message));
  };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    fatal: write('fatal'),
  };
}

function pick(fields: LogFields): object {
  const kept: Record<string, unknown> = {};
  for (const name of FIELDS) {
    const value = fields[name];
    if (value !== undefined) kept[name] = typeof value === 'string' ? clean(value) : value;
  }
  if (fields.err !== undefined) kept.err = describeError(fields.err);
  return kept;
}

/** What is safe to say of an error. Prisma's and JSON's messages quote the data they choked on. */
function describeError(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, original } = error as Error & { code?: unknown; original?: unknown };
  const cause = error.cause ?? original;
  return {
    type: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    message: clean(safeMessage(error)),
    stack: frames(error),
    ...(cause instanceof Error && depth < 3 ? { cause: describeError(cause, depth + 1) } : {}),
  };
}

function safeMessage(error: Error): string {
  if (error.name === 'PrismaClientValidationError') return 'a query that Prisma refused';
  if (error.name.startsWith('PrismaClient')) return error.message.trim().split('\n').at(-1) ?? '';
  if (error instanceof SyntaxError) return 'malformed text';
  return error.message;
}

function frames({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim())
    .join('\n');
}

const SECRETS: readonly [RegExp, string][] = [
  [/\bx(ox[a-z]|app)-[\w-]+/g, 'x…'],
  [/(postgres(?:ql)?:\/\/[^:/@\s]+):[^@\s]+@/g, '$1:…@'],
  [/(\/(?:actions|commands|services)\/)\S+/g, '$1…'],
];

function clean(text: string): string {
  let cleaned = text;
  for (const [pattern, replacement] of SECRETS) cleaned = cleaned.replace(pattern, replacement);
  return cleaned.length > MAX_TEXT ? `${cleaned.slice(0, MAX_TEXT)}…` : cleaned;
}
