import type { PersonRef } from '../db/store.ts';

/** Who does something, as Slack's signature vouches for it. */
export type Actor = PersonRef;
