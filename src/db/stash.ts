/**
 * What a button stands for that is no id, such as an amount, an account's name or somebody's words, is kept here,
 * encrypted, and the button carries the row's id.
 */
import type { Clock } from '../time/clock.ts';
import type { Db } from './client.ts';
import type { EncryptionContext } from './encryption.ts';
import { isRowId, type PersonRef, type Store } from './store.ts';

export interface Stash {
  /** The ids of texts that `who` is about to be shown, in order; the same text has the same one. */
  put(who: PersonRef, texts: readonly string[]): Promise<string[]>;
  /** Null where it was never there, or is gone by now. */
  take(workspaceId: string, id: string): Promise<string | null>;
  /** Lets go of what nobody has been shown for `STASHED_DAYS`. */
  sweep(): Promise<void>;
}

/** So long a button works after it was shown last. */
export const STASHED_DAYS = 100;
const DAY_MS = 86_400_000;

const FIELD = 'stashed';

export function createStash({ db, encryption, clock }: Store<Db> & { clock: Clock }): Stash {
  return {
    async put(who, texts) {
      const context = { ...who, field: FIELD };
      const ids = texts.map((text) => uuidOf(encryption.fingerprint(text, context)));
      const rows = new Map(ids.map((id, at) => [id, encryption.encrypt(texts[at] ?? '', context)]));
      const now = clock.now();
      if (rows.size > 0) {
        await db.$executeRaw`
          INSERT INTO stashed (id, workspace_id, person_id, what, at)
          SELECT id::uuid, ${who.workspaceId}, ${who.userId}, what, ${now}
          FROM unnest(${[...rows.keys()]}::text[], ${[...rows.values()]}::text[]) AS new (id, what)
          ORDER BY id
          ON CONFLICT (id) DO UPDATE SET at = greatest(stashed.at, excluded.at)`;
      }
      return ids;
    },
    async take(workspaceId, id) {
      if (!isRowId(id)) return null;
      const [row] = await db.$queryRaw<{ personId: string; what: string }[]>`
        SELECT person_id AS "personId", what FROM stashed
        WHERE id = ${id}::uuid AND workspace_id = ${workspaceId}`;
      if (row === undefined) return null;
      const context: EncryptionContext = { workspaceId, userId: row.personId, field: FIELD };
      return encryption.decrypt(row.what, context);
    },
    async sweep() {
      const before = new Date(clock.now().getTime() - STASHED_DAYS * DAY_MS);
      await db.stashed.deleteMany({ where: { at: { lt: before } } });
    },
  };
}

/** A UUID (version 8: of one's own making) of the first bytes. */
function uuidOf(bytes: Buffer): string {
  const hex = Buffer.from(bytes.subarray(0, 16));
  hex.writeUInt8((hex.readUInt8(6) & 0x0f) | 0x80, 6);
  hex.writeUInt8((hex.readUInt8(8) & 0x3f) | 0x80, 8);
  return hex.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
