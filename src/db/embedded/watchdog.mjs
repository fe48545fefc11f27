/**
 * Runs one PostgreSQL server for exactly as long as the process that started it lives.
 *
 *     node watchdog.mjs '{"command":…,"args":[…],"uid":…,"gid":…}'
 *
 * Standard input is a pipe that nobody writes to: it ends when the parent closes it or dies,
 * however it dies, and then the server is shut down. Plain JavaScript, since it has to start
 * without a compiler and fast.
 */
import { spawn } from 'node:child_process';

const FAST_SHUTDOWN_MS = 10_000;

// The parent decides when to stop; a signal to the whole process group must not come first.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

const { command, args, uid, gid } = JSON.parse(process.argv[2] ?? '');
const server = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], uid, gid });

server.on('error', (error) => {
  process.stderr.write(`FATAL:  ${error.message}\n`);
  process.exit(1);
});
server.on('exit', (code) => process.exit(code ?? 1));

process.stdin.resume();
process.stdin.on('close', () => {
  server.kill('SIGINT');
  setTimeout(() => server.kill('SIGQUIT'), FAST_SHUTDOWN_MS).unref();
});
