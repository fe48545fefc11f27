/**
 * Personal figures and words are encrypted before they reach the database: AES-256-GCM, written
 * `v1:keyId:iv:tag:ciphertext` (base64url). Whose field it is goes in as associated data, so that a
 * value copied into another row or column doesn't open.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { StartError } from '../errors.ts';

const ALGORITHM = 'aes-256-gcm';
const VERSION = 'v1';
const KEY_BYTES = 32;
const IV_BYTES = 12;
/** Given explicitly: Node would take a shorter, weaker tag on opening. */
const TAG_BYTES = 16;

/** Whose and which value it is. */
export interface EncryptionContext {
  workspaceId: string;
  userId: string;
  field: string;
}

export interface Encryption {
  encrypt(plain: string, context: EncryptionContext): string;
  /** @throws Error where the value was changed, belongs elsewhere or its key is not at hand. */
  decrypt(encrypted: string, context: EncryptionContext): string;
  /** 32 bytes that tell one value from another, and nothing else to whoever has no key. */
  fingerprint(plain: string, context: EncryptionContext): Buffer;
}

/** Keys by id. The first one seals; all of them open. */
export type Keyring = ReadonlyMap<string, Buffer>;

/**
 * Reads `id:base64key,id2:base64key`, each key of 32 bytes.
 *
 * @throws StartError naming BIGPLAN_ENCRYPTION_KEYS.
 */
export function parseKeyring(text: string): Keyring {
  const keyring = new Map<string, Buffer>();
  for (const entry of text.split(',').map((part) => part.trim())) {
    const [, id, key] = /^([\w-]{1,32}):([A-Za-z0-9+/_-]+={0,2})$/.exec(entry) ?? [];
    const bytes = Buffer.from(key ?? '', 'base64');
    if (id === undefined || bytes.length !== KEY_BYTES || keyring.has(id)) {
      throw new StartError(
        'BIGPLAN_ENCRYPTION_KEYS must be id:key pairs with distinct ids, separated by commas, each key 32 bytes in base64 (openssl rand -base64 32).',
      );
    }
    keyring.set(id, bytes);
  }
  return keyring;
}

export function createEncryption(keyring: Keyring): Encryption {
  const [current] = keyring;
  if (current === undefined) throw new StartError('BIGPLAN_ENCRYPTION_KEYS holds no key.');
  const [currentId, currentKey] = current;
  return {
    encrypt(plain, context) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, currentKey, iv, { authTagLength: TAG_BYTES });
      cipher.setAAD(associatedData(context));
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      const parts = [iv, cipher.getAuthTag(), text].map((part) => part.toString('base64url'));
      return [VERSION, currentId, ...parts].join(':');
    },
    decrypt(encrypted, context) {
      const [version, keyId = '', ...parts] = encrypted.split(':');
      const [iv, tag, text] = parts.map((part) => Buffer.from(part, 'base64url'));
      if (version !== VERSION || parts.length !== 3 || !iv || !tag || !text) {
        throw new Error('Not a sealed value');
      }
      const key = keyring.get(keyId);
      if (key === undefined) throw new Error(`No key ${keyId} to open a sealed value`);
      if (iv.length !== IV_BYTES) throw new Error('Not a sealed value');
      const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
      decipher.setAAD(associatedData(context));
      decipher.setAuthTag(tag);
      return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
    },
    fingerprint(plain, context) {
      // A key of its own: none is used in two ways.
      const key = createHmac('sha256', currentKey).update('fingerprint').digest();
      return createHmac('sha256', key)
        .update(associatedData(context))
        .update('|')
        .update(plain)
        .digest();
    },
  };
}

function associatedData({ workspaceId, userId, field }: EncryptionContext): Buffer {
  return Buffer.from([workspaceId, userId, field].join('|'), 'utf8');
}
