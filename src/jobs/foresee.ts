import type { Tx } from '../db/client.ts';
import type { RunningAgenda } from './agenda.ts';
import type { Outcome } from './delivery.ts';
import type { Ledger } from './ledger.ts';

/**
 * What a tick at `now` would send or miss, in order: what is planned already, and what each look would
 * plan, taken back. Nothing changes.
 */
export async function foresee(
  { agenda, ledger }: { agenda: RunningAgenda; ledger: Ledger },
  db: Tx,
  now: Date,
): Promise<Outcome[]> {
  const seen = new Map<string, Outcome>();
  const add = (outcomes: Outcome[]) => {
    for (const one of outcomes) seen.set(one.id, one);
  };
  add(await ledger.plannedAt(db, now));
  await agenda.rehearse(now, async (tx, who, look) => {
    const before = new Set((await ledger.plannedAt(tx, now, who)).map(({ id }) => id));
    await look();
    add((await ledger.plannedAt(tx, now, who)).filter(({ id }) => !before.has(id)));
  });
  return [...seen.values()].sort(
    (a, b) => a.dueAt.getTime() - b.dueAt.getTime() || (a.person < b.person ? -1 : 1),
  );
}
