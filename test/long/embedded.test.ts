import { execFile } from 'node:child_process';
import {
  chown,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchAs, serverAccount } from '../../src/db/embedded/account.ts';
import { findBinaries } from '../../src/db/embedded/binaries.ts';
import { noProcessesOf, processesOf, startProcess } from '../support/app-process.ts';

/** Most tests share a folder, as successive starts do. */
let dataDir: string;
const folders: string[] = [];
const newFolder = async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'bigplan-embedded-'));
  folders.push(dataDir);
};
beforeAll(newFolder);
afterAll(async () => {
  for (const folder of folders) {
    for (const pid of await processesOf(folder)) kill(pid);
    await rm(folder, { recursive: true, force: true });
  }
});

const hold = () => startProcess('test/support/db-holder.ts', {}, [dataDir]);
const opened = async (holder: ReturnType<typeof hold>) =>
  (await holder.printed(/open (\S+)/))[1] ?? '';
const postmaster = async () =>
  Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);

function kill(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const write = (url: string, n: number) =>
  query(url, `CREATE TABLE IF NOT EXISTS kept (n INT); INSERT INTO kept VALUES (${n})`).then(
    () => {},
  );
const read = async (url: string) =>
  (await query(url, 'SELECT n FROM kept ORDER BY n')).map((r) => r.n);

describe('the embedded database', { timeout: 90_000 }, () => {
  it('is reached on loopback with a password that only its owner can read', async () => {
    const holder = hold();
    const url = await opened(holder);
    expect(new URL(url).hostname).toBe('127.0.0.1');
    const [settings] = await query(
      url,
      `SELECT current_setting('listen_addresses') AS addresses,
         current_setting('unix_socket_directories') AS sockets,
         current_setting('server_encoding') AS encoding, upper('é') AS upper`,
    );
    expect(settings).toEqual({
      addresses: '127.0.0.1',
      sockets: '',
      encoding: 'UTF8',
      upper: 'É',
    });
    await expect(query(url.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(/password/);
    await expect(query(url.replace(/:[^:@]+@/, '@'), 'SELECT 1')).rejects.toThrow();
    expect((await stat(join(dataDir, 'postgres-password'))).mode & 0o777).toBe(0o600);
    holder.child.kill('SIGTERM');
    expect(await holder.ended).toBe(0);
    expect(await processesOf(dataDir)).toEqual([]);
  });

  it('ends with its app when that is killed, and keeps everything', async () => {
    const first = hold();
    await write(await opened(first), 2);
    kill(first.child.pid);
    await noProcessesOf(dataDir, 5_000);
    const second = hold();
    const url = await opened(second);
    expect(await read(url)).toContain(2);
    second.child.kill('SIGTERM');
    await second.ended;
  });

  it('is taken over at once where the app was killed and started again', async () => {
    const first = hold();
    await write(await opened(first), 3);
    kill(first.child.pid);
    const second = hold();
    const url = await opened(second);
    expect(await read(url)).toContain(3);
    expect(await processesOf(dataDir)).toHaveLength(3);
    second.child.kill('SIGTERM');
    await second.ended;
    expect(await processesOf(dataDir)).toEqual([]);
  });

  it('is taken over from a server that was left without app and watchdog', async () => {
    const first = hold();
    await write(await opened(first), 4);
    const server = await postmaster();
    for (const pid of await processesOf(dataDir)) if (pid !== server) kill(pid);
    await first.ended;
    expect(await postmaster()).toBe(server);
    const second = hold();
    const url = await opened(second);
    expect(await read(url)).toContain(4);
    expect(await postmaster()).not.toBe(server);
    second.child.kill('SIGTERM');
    await second.ended;
    expect(await processesOf(dataDir)).toEqual([]);
  });

  it('recovers after everything was killed at once, also where the process id is in use again', async () => {
    const first = hold();
    await write(await opened(first), 5);
    for (const pid of await processesOf(dataDir)) kill(pid);
    await first.ended;
    const file = join(dataDir, 'postgres', 'postmaster.pid');
    const [, ...rest] = (await readFile(file, 'utf8')).split('\n');
    // This test's own process, alive and no PostgreSQL.
    await writeFile(file, [process.pid, ...rest].join('\n'));
    const second = hold();
    expect(await read(await opened(second))).toContain(5);
    second.child.kill('SIGTERM');
    await second.ended;
  });

  it('belongs to one app: a second one is refused in one line', async () => {
    const first = hold();
    const url = await opened(first);
    const second = hold();
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(
      /^refused Another Bigplan is running on this data folder .*\n$/,
    );
    await write(url, 6);
    first.child.kill('SIGTERM');
    await first.ended;
  });

  it('is made once by two apps that start together', async () => {
    await newFolder();
    const both = [hold(), hold()];
    // The one that is refused may end first.
    await Promise.any(both.map((one) => one.printed(/open/)));
    await Promise.race(both.map((one) => one.ended));
    const outputs = both.map((one) => one.output().slice(0, 7)).sort();
    expect(outputs).toEqual(['open po', 'refused']);
    expect(await readdir(dataDir)).toEqual(['postgres', 'postgres-password']);
    for (const { child } of both) child.kill('SIGTERM');
    await Promise.all(both.map((one) => one.ended));
    expect(await processesOf(dataDir)).toEqual([]);
  });

  it('is made anew where the first start was killed halfway', async () => {
    await newFolder();
    const first = hold();
    for (;;) {
      const names = await readdir(dataDir);
      if (names.some((name) => name.startsWith('initdb-'))) break;
    }
    kill(first.child.pid);
    await first.ended;
    await noProcessesOf(dataDir, 5_000);
    const second = hold();
    await write(await opened(second), 8);
    second.child.kill('SIGTERM');
    await second.ended;
    const third = hold();
    expect(await read(await opened(third))).toContain(8);
    expect(await readdir(dataDir)).toEqual(['postgres', 'postgres-password']);
    third.child.kill('SIGTERM');
    await third.ended;
  });

  it('says so when its server ends without having been asked to', async () => {
    const holder = hold();
    await opened(holder);
    kill(await postmaster());
    await holder.printed(/lost/);
    expect(await holder.ended).toBe(0);
    await noProcessesOf(dataDir, 5_000);
  });

  it('finds its programs where the install script of their package was skipped', async () => {
    await newFolder();
    const native = join(dataDir, 'native');
    const link = { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' };
    for (const folder of ['bin', 'lib']) await mkdir(join(native, folder), { recursive: true });
    await writeFile(join(native, 'pg-symlinks.json'), JSON.stringify([link]));
    for (const file of ['bin/initdb', 'bin/postgres', 'lib/libpq.so.5.18']) {
      await writeFile(join(native, file), file, { mode: 0o644 });
    }
    const binaries = await Promise.all([findBinaries(dataDir), findBinaries(dataDir)]);
    expect(await readFile(join(dataDir, link.target), 'utf8')).toBe('lib/libpq.so.5.18');
    for (const program of binaries.flatMap((found) => Object.values(found))) {
      expect((await stat(program)).mode & 0o555).toBe(0o555);
    }
  });

  it.runIf(process.getuid?.() === 0)(
    'started by root runs as another user, also below a folder that is closed to others',
    async () => {
      await newFolder();
      const home = join(dataDir, 'closed');
      await mkdir(home, { mode: 0o700 });
      const { initdb } = await findBinaries();
      await cp(dirname(dirname(initdb)), join(home, 'native'), { recursive: true });
      const target = join(home, 'cluster');
      await mkdir(target, { mode: 0o700 });
      const account = await serverAccount(target);
      if (account === null) throw new Error('as root there is an account');
      await chown(target, account.uid, account.gid);
      const { command, args, ...as } = await launchAs(
        account,
        join(home, 'native', 'bin', 'initdb'),
        [`--pgdata=${target}`, '--auth=reject', '--no-sync'],
        [target],
      );
      await promisify(execFile)(command, args, { ...as, cwd: '/', env: { LC_ALL: 'C' } });
      expect((await stat(join(target, 'PG_VERSION'))).uid).toBe(account.uid);
      expect(account.uid).not.toBe(0);
    },
  );
});
