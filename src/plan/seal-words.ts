/** Encrypts the free words of plans from before these were encrypted. */
import type { Db } from '../db/client.ts';
import type { Store } from '../db/store.ts';
import { PLAIN_WORDS } from './free-words-rules.ts';
import { sealWordsOf, versionsWithPlainWords } from './store.ts';

const BATCH = 100;

/**
 * Goes through all plans that hold words in the plain, and says how many it encrypted. Broken off, the next start goes
 * on; a plan that somebody changes meanwhile is left to the next as well.
 */
export async function sealPlainWords(store: Store<Db>): Promise<number> {
  let sealed = 0;
  for (let after: string | null = null; ; ) {
    const rows = await versionsWithPlainWords(store.db, { after, paths: PLAIN_WORDS, most: BATCH });
    for (const row of rows) if (await sealWordsOf(store, row)) sealed += 1;
    after = rows.at(-1)?.id ?? null;
    if (after === null || rows.length < BATCH) return sealed;
  }
}
