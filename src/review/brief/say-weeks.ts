/** What is said of weeks: saved, and brought back to what it was. */
import { isDeepStrictEqual } from 'node:util';
import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import type { PersonRef } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { lockWorkspace } from '../../people/store.ts';
import { addDays } from '../../time/local-date.ts';
import { withPasted } from './read-engagement.ts';
import type { KeptWeeks, SaidWeek } from './schemas.ts';
import { engagementOf, removeEngagement, saveEngagement } from './store.ts';

type Kept = KeptWeeks[number];

/** Saves what was typed of a week, and what was pasted over what is known. Returns each week with what it was. */
export function sayWeeks(
  deps: Deps,
  actor: PersonRef,
  { typed, pasted }: { typed: SaidWeek | null; pasted: readonly SaidWeek[] },
): Promise<KeptWeeks> {
  return inTransaction(deps.db, async (tx) => {
    await lockWorkspace(tx, actor.workspaceId);
    const said = new Map<string, Kept>();
    const save = async (week: string, became: (known: SaidWeek | undefined) => SaidWeek) => {
      const known = await knownOf(deps, tx, actor, week);
      const { counts, mentions } = became(known);
      const was = said.has(week) ? (said.get(week)?.was ?? null) : saidOf(known);
      const now: Kept = { week, was, is: { counts, mentions } };
      said.set(week, now);
      await write(deps, tx, actor, week, now.is);
    };
    if (typed) await save(typed.week, () => typed);
    for (const one of pasted) await save(one.week, (known) => withPasted(known, one));
    return [...said.values()].sort((one, other) => (one.week < other.week ? -1 : 1));
  });
}

/**
 * Brings weeks back to what they were, but those of which somebody has said something else since. Returns the ones that
 * are so now, each the other way round, to be put back.
 */
export function bringBackWeeks(deps: Deps, actor: PersonRef, weeks: KeptWeeks): Promise<KeptWeeks> {
  return inTransaction(deps.db, async (tx) => {
    await lockWorkspace(tx, actor.workspaceId);
    const back: Kept[] = [];
    for (const { week, was, is } of weeks) {
      const now = saidOf(await knownOf(deps, tx, actor, week));
      const isBack = isDeepStrictEqual(now, was);
      if (!isBack && !isDeepStrictEqual(now, is)) continue;
      if (!isBack) await write(deps, tx, actor, week, was);
      back.push({ week, was: is, is: was });
    }
    return back;
  });
}

const saidOf = (known: SaidWeek | undefined): Kept['is'] =>
  known ? { counts: known.counts, mentions: known.mentions } : null;

async function knownOf(
  { encryption }: Deps,
  tx: Tx,
  { workspaceId }: PersonRef,
  week: string,
): Promise<SaidWeek | undefined> {
  const [known] = await engagementOf({ db: tx, encryption }, workspaceId, { from: week, to: week });
  return known;
}

/** Saves it, and has the brief say it that tells of that week. */
async function write(
  { encryption, outbox, clock }: Deps,
  tx: Tx,
  { workspaceId, userId: addedBy }: PersonRef,
  week: string,
  said: Kept['is'],
): Promise<void> {
  const by = { addedBy, at: clock.now() };
  if (said) await saveEngagement({ db: tx, encryption }, workspaceId, { week, ...said }, by);
  else await removeEngagement(tx, workspaceId, week);
  await outbox.refresh(tx, { workspaceId, subject: `brief:${addDays(week, 7)}` });
}
