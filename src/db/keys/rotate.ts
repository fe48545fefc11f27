import type { Db } from '../client.ts';
import { createEncryption, type Keyring } from '../encryption.ts';
import { SEALED_COLUMNS } from './sealed-columns.ts';
import { keysInUse, replaceValues, valuesNotOf } from './sealed-values.ts';

export interface Rotation {
  /** The id of the key that everything is encrypted with now. */
  keyId: string;
  /** How many values were encrypted anew. */
  replaced: number;
  /** Where values don't open, as `table.column`, and how many. */
  unopened: Map<string, number>;
  /** Other keys: how many values each is still needed for. Empty: they can go. */
  needed: Map<string, number>;
}

/**
 * Encrypts everything anew that was encrypted with another key than the first. What it has done stays done wherever it
 * is broken off, and what people change meanwhile is left as they changed it. Other keys that nothing needs any more
 * are forgotten: Bigplan starts without them.
 */
export async function rotateKeys(db: Db, keyring: Keyring): Promise<Rotation> {
  const encryption = createEncryption(keyring);
  const [keyId = ''] = keyring.keys();
  const unopened = new Map<string, number>();
  let replaced = 0;
  for (const one of SEALED_COLUMNS) {
    for await (const values of valuesNotOf(db, one, keyId)) {
      const anew = values.flatMap(({ place, value, ...context }) => {
        try {
          const sealed = encryption.encrypt(encryption.decrypt(value, context), context);
          return [{ place, value, sealed }];
        } catch {
          const name = `${one.table}.${one.column}`;
          unopened.set(name, (unopened.get(name) ?? 0) + 1);
          return [];
        }
      });
      if (anew.length > 0) replaced += await replaceValues(db, one, anew);
    }
  }
  const needed = await keysInUse(db);
  needed.delete(keyId);
  await db.encryptionKey.deleteMany({ where: { id: { notIn: [keyId, ...needed.keys()] } } });
  return { keyId, replaced, unopened, needed };
}
