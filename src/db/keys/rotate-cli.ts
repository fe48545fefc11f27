/** `npm run --silent keys:rotate [-- --dry-run]`: encrypts everything with the first key, so that the others can go. */
import { parseArgs } from 'node:util';
import { loadConfig, readEnvironment } from '../../config.ts';
import { StartError } from '../../errors.ts';
import { beside } from '../beside.ts';
import { keysAtHand } from './at-hand.ts';
import { rotateKeys } from './rotate.ts';
import { keysInUse } from './sealed-values.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);
const count = (values: number) => `${values} ${values === 1 ? 'value' : 'values'}`;

await beside('keys:rotate', async (db) => {
  const isDry = readDryRun();
  const config = loadConfig(readEnvironment());
  const started = new Set((await db.encryptionKey.findMany()).map(({ id }) => id));
  if (isDry) {
    for (const [id, values] of await keysInUse(db)) say(`${id} encrypts ${count(values)}`);
    return;
  }
  const keyring = await keysAtHand(db, config);
  const [first = ''] = keyring.keys();
  if (!started.has(first)) {
    throw new StartError(
      `start Bigplan with ${first} in front first: whoever runs without it can't read what is encrypted with it`,
    );
  }
  const { keyId, replaced, unopened, needed } = await rotateKeys(db, keyring);
  say(`${count(replaced)} encrypted anew with ${keyId}`);
  for (const [place, values] of unopened) say(`${count(values)} of ${place} can't be opened`);
  for (const [id, values] of needed)
    say(`${id} is still needed for ${count(values)}: run this again`);
  for (const id of [...keyring.keys()].slice(1)) {
    if (!needed.has(id)) say(`${id} is no longer needed: it can go`);
  }
  if (needed.size > 0) process.exitCode = 1;
});

/** @throws StartError with the usage. */
function readDryRun(): boolean {
  try {
    const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } });
    return values['dry-run'];
  } catch {
    throw new StartError('Usage: npm run --silent keys:rotate [-- --dry-run]');
  }
}
