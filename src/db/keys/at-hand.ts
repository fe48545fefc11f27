/** Whether the keys at hand are those of the database: found out before anything is encrypted with others. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { StartError } from '../../errors.ts';
import type { Db } from '../client.ts';
import {
  createEncryption,
  type EncryptionContext,
  type Keyring,
  parseKeyring,
} from '../encryption.ts';
import { makeDataDir, readSecret, secretAt } from '../secret-file.ts';
import { keysInUse, sampleOf } from './sealed-values.ts';

interface KeySettings {
  /** `id:key,id2:key2`; null: the one that is kept in the data folder. */
  encryptionKeys: string | null;
  dataDir: string;
}

const KEY_BYTES = 32;
/** What is encrypted with each key that was ever used, to tell it by. */
const CANARY = 'bigplan';
const canaryOf = (id: string) => ({ workspaceId: '', userId: '', field: `key:${id}` });

/**
 * The keys of the setting, or the one in the data folder. One is made up for a database in which nothing is encrypted
 * yet, and for no other. What is encrypted from now on is encrypted with the first.
 *
 * @throws StartError where a key that the database was encrypted with is missing, or is another one.
 */
export async function keysAtHand(db: Db, settings: KeySettings): Promise<Keyring> {
  const noted = await db.encryptionKey.findMany();
  // Databases from before keys were noted.
  const used = noted.length > 0 ? noted.map(({ id }) => id) : [...(await keysInUse(db)).keys()];
  const keyring = await readKeyring(settings, used);
  const missing = used.filter((id) => !keyring.has(id));
  if (missing.length > 0) throw new StartError(missingText(settings, missing));
  for (const id of used) {
    const canary = noted.find((one) => one.id === id)?.canary;
    const isIt =
      canary === undefined ? await opensSample(db, keyring, id) : opens(keyring, id, canary);
    if (!isIt) throw new StartError(otherText(settings, id));
  }
  const [first] = keyring.keys();
  if (first !== undefined) await noteKey(db, keyring, first, settings);
  return keyring;
}

export interface KeyState {
  id: string;
  /** `first`: encrypts what is new; `missing` and `other`: the database was encrypted with one that isn't at hand. */
  state: 'first' | 'there' | 'missing' | 'other';
  /** How many values it encrypted that are still there. */
  values: number;
}

/**
 * How each key stands that is at hand or was used, making none up.
 *
 * @throws StartError where the keys can't be read.
 */
export async function keyStates(
  db: Db,
  { encryptionKeys, dataDir }: KeySettings,
): Promise<KeyState[]> {
  const text = encryptionKeys ?? (await secretAt(join(dataDir, 'encryption-keys')));
  const keyring: Keyring = text === null ? new Map() : parseKeyring(text);
  const canaries = new Map(
    (await db.encryptionKey.findMany()).map(({ id, canary }) => [id, canary]),
  );
  const uses = await keysInUse(db);
  const stateOf = async (id: string): Promise<KeyState['state']> => {
    if (!keyring.has(id)) return 'missing';
    const canary = canaries.get(id);
    const isIt =
      canary === undefined ? await opensSample(db, keyring, id) : opens(keyring, id, canary);
    if (!isIt) return 'other';
    return id === [...keyring.keys()][0] ? 'first' : 'there';
  };
  const ids = new Set([...keyring.keys(), ...canaries.keys(), ...uses.keys()]);
  return Promise.all(
    [...ids].map(async (id) => ({ id, state: await stateOf(id), values: uses.get(id) ?? 0 })),
  );
}

async function readKeyring(
  { encryptionKeys, dataDir }: KeySettings,
  used: readonly string[],
): Promise<Keyring> {
  if (encryptionKeys !== null) return parseKeyring(encryptionKeys);
  const path = join(dataDir, 'encryption-keys');
  const kept = await secretAt(path);
  if (kept !== null) return parseKeyring(kept);
  if (used.length > 0) throw new StartError(missingText({ encryptionKeys, dataDir }, used));
  await makeDataDir(dataDir);
  return parseKeyring(
    await readSecret(path, () => `k1:${randomBytes(KEY_BYTES).toString('base64')}`),
  );
}

/** Two starts at the same moment may each have made up a key of the same name: one of them is the database's. */
async function noteKey(db: Db, keyring: Keyring, id: string, settings: KeySettings): Promise<void> {
  const canary = createEncryption(keyring).encrypt(CANARY, canaryOf(id));
  await db.encryptionKey.createMany({ data: [{ id, canary }], skipDuplicates: true });
  const kept = await db.encryptionKey.findUniqueOrThrow({ where: { id } });
  if (!opens(keyring, id, kept.canary)) throw new StartError(otherText(settings, id));
}

const opens = (keyring: Keyring, id: string, canary: string) =>
  opensTo(keyring, canary, canaryOf(id)) === CANARY;

async function opensSample(db: Db, keyring: Keyring, id: string): Promise<boolean> {
  const sample = await sampleOf(db, id);
  return sample === null || opensTo(keyring, sample.value, sample) !== null;
}

/** What a value opens to; null where it doesn't. */
function opensTo(keyring: Keyring, value: string, context: EncryptionContext): string | null {
  try {
    return createEncryption(keyring).decrypt(value, context);
  } catch {
    return null;
  }
}

const placeOf = ({ encryptionKeys, dataDir }: KeySettings) =>
  encryptionKeys === null ? join(dataDir, 'encryption-keys') : 'BIGPLAN_ENCRYPTION_KEYS';

const missingText = (settings: KeySettings, ids: readonly string[]) =>
  `${placeOf(settings)} lacks ${ids.join(' and ')}, which the database is encrypted with: put the key back (what it encrypted can't be read without it).`;

const otherText = (settings: KeySettings, id: string) =>
  `${placeOf(settings)} holds another ${id} than the database is encrypted with: put the right one back, and name a new key otherwise.`;
