/** The two shapes that everything which is kept is asked with. */
import type { Db, Tx } from './client.ts';
import type { Encryption } from './encryption.ts';

/** Somebody, by Slack's ids: of the workspace and of the person in it. */
export interface PersonRef {
  workspaceId: string;
  userId: string;
}

/** Where things are kept: the database or a transaction, and what its encrypted columns are read with. */
export interface Store<Client extends Db | Tx = Db | Tx> {
  db: Client;
  encryption: Encryption;
}
