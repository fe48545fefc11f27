/** The shapes that everything which is kept is asked with. */
import { z } from 'zod';
import type { Clock } from '../time/clock.ts';
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

/** The same with the clock by which it is known which plan counts today. */
export interface DatedStore<Client extends Db | Tx = Db | Tx> extends Store<Client> {
  clock: Clock;
}

const Uuid = z.uuid();

/** Whether it can be the id of a row: what a button names may be anything, and PostgreSQL takes nothing but a UUID for one. */
export const isRowId = (id: string): boolean => Uuid.safeParse(id).success;
