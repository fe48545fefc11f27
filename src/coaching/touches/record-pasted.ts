/** Prospects and touches that were pasted: entered together, and undone together. */
import { derivedId } from '../../actuals/derived-id.ts';
import type { Deps } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { addDays } from '../../time/local-date.ts';
import { matchName } from './match-name.ts';
import type { PastedTouch } from './read-pasted.ts';
import { enterTouch, forRep, newProspect, settleDates } from './record-touch.ts';
import { nameKeyOf } from './rules.ts';
import type { KeptPaste, TouchKind } from './schemas.ts';
import {
  findProspect,
  findProspectNamed,
  findTouch,
  keepStep,
  ownerOfPaste,
  type Prospect,
  prospectsOf,
  removeTouch,
  saveProspect,
  saveTouch,
  stepsTo,
  touchesPasted,
  touchesSince,
} from './store.ts';

/** What is asked before anything is entered. */
export interface PasteDoubts {
  /** Names near one that is known, each with that one. */
  near: { name: string; known: string }[];
  /** Lines that are there already, by their names. */
  twice: string[];
}

export const NEAR_ANSWERS = ['same', 'others'] as const;
export const TWICE_ANSWERS = ['leave', 'again'] as const;

/** Null: not asked yet. */
interface PasteAnswers {
  near: (typeof NEAR_ANSWERS)[number] | null;
  twice: (typeof TWICE_ANSWERS)[number] | null;
}

export type PasteOutcome =
  | { kind: 'asked'; doubts: PasteDoubts }
  | { kind: 'entered'; touches: number; prospects: number; added: number; left: number };

/** Older ones aren't compared with. */
const COMPARED_DAYS = 400;

/**
 * Enters all lines or, where some are in doubt and that isn't answered, none. `id`: of the submission, which enters
 * them once however often it comes.
 * @throws UserError `not_yours`.
 */
export function recordPasted(
  deps: Deps,
  actor: PersonRef,
  repId: string,
  paste: { id: string; rows: readonly PastedTouch[]; usual: TouchKind | null } & PasteAnswers,
): Promise<PasteOutcome> {
  const { id, rows, usual, near, twice } = paste;
  return forRep(deps, actor, repId, async (tx, touched) => {
    const { rep, today } = touched;
    const store = { ...deps, db: tx };
    const before = await prospectsOf(tx, rep);
    const ownIds = new Set((await touchesPasted(store, rep, id)).map((one) => one.id));
    const known = before.filter((one) => one.pasteId !== id);
    const names = new Map<string, { id: string; name: string }>();
    const doubts: PasteDoubts = { near: [], twice: [] };
    for (const { name } of rows) {
      const key = nameKeyOf(name);
      if (names.has(key)) continue;
      const match = matchName(name, known);
      const [nearest] = match.kind === 'near' ? match.prospects : [];
      if (match.kind === 'one') names.set(key, match.prospect);
      else if (nearest && near === null) doubts.near.push({ name, known: nearest.name });
      else if (nearest && near === 'same') names.set(key, nearest);
      if (!names.has(key)) names.set(key, { id: '', name });
    }
    const seen = new Set<string>();
    const likeness = (who: string, kind: string, date: string, subject: string | null) =>
      JSON.stringify([who, kind, date, subject?.trim().toLowerCase() ?? '']);
    for (const one of await touchesSince(store, rep, addDays(today, -COMPARED_DAYS))) {
      if (!ownIds.has(one.id)) seen.add(likeness(one.prospectId, one.kind, one.date, one.subject));
    }
    const fresh: { row: PastedTouch; at: number }[] = [];
    for (const [at, row] of rows.entries()) {
      const kind = kindOf(row, usual);
      const who = names.get(nameKeyOf(row.name))?.id || nameKeyOf(row.name);
      const like = kind && likeness(who, kind, row.date ?? today, row.subject);
      if (like === null || !seen.has(like)) fresh.push({ row, at });
      else if (twice === 'again') fresh.push({ row, at });
      else doubts.twice.push(row.name);
      if (like !== null) seen.add(like);
    }
    if (doubts.near.length > 0 || (doubts.twice.length > 0 && twice === null)) {
      return { kind: 'asked', doubts };
    }
    const count = { touches: 0, prospects: new Set<string>() };
    for (const { row, at } of fresh) {
      const key = nameKeyOf(row.name);
      const who = names.get(key) ?? { id: '', name: row.name };
      const kind = kindOf(row, usual);
      if (kind === null) {
        const own = before.find((one) => one.pasteId === id && one.nameKey === key);
        if (own) names.set(key, own);
        if (own || who.id !== '') continue;
        const prospect = newProspect(rep, {
          name: row.name,
          pasteId: id,
          createdAt: deps.clock.now(),
        });
        await saveProspect(tx, prospect);
        names.set(key, prospect);
        continue;
      }
      const { prospect } = await enterTouch(
        deps,
        tx,
        { actor, touched },
        {
          id: derivedId(id, String(at)),
          pasteId: id,
          name: row.name,
          prospectId: who.id || null,
          kind,
          subject: row.subject,
          date: row.date ?? today,
          stage: null,
        },
      );
      count.touches += 1;
      count.prospects.add(prospect.id);
      names.set(key, prospect);
    }
    const there = new Set(known.map((one) => one.id));
    const added = [...names.values()].filter((one) => one.id !== '' && !there.has(one.id)).length;
    const left = doubts.twice.length;
    return {
      kind: 'entered',
      touches: count.touches,
      prospects: count.prospects.size,
      added,
      left,
    };
  });
}

/** Null: a prospect alone. */
function kindOf({ kind, subject, date }: PastedTouch, usual: TouchKind | null): TouchKind | null {
  return kind ?? (subject !== null || date !== null ? (usual ?? 'other') : usual);
}

/**
 * Takes back what was pasted, but what was changed since. Returns what it was, to be put back.
 * @throws UserError `entry_gone` where nothing of it is left, `not_yours`.
 */
export async function undoPasted(
  deps: Deps,
  actor: PersonRef,
  pasteId: string,
): Promise<KeptPaste> {
  const repId = await ownerOfPaste(deps.db, actor.workspaceId, pasteId);
  if (repId === null) throw new UserError('entry_gone', 'It was undone already.');
  return forRep(deps, actor, repId, async (tx, touched) => {
    const { rep } = touched;
    const pasted = await touchesPasted({ ...deps, db: tx }, rep, pasteId);
    const ids = new Set(pasted.map((one) => one.prospectId));
    const named = (await prospectsOf(tx, rep)).filter(
      (one) => ids.has(one.id) || one.pasteId === pasteId,
    );
    const prospects: KeptPaste['prospects'] = [];
    for (const { id, name, pasteId, stage, snoozedUntil, createdAt } of named) {
      const steps = await stepsTo(tx, id);
      prospects.push({ id, name, pasteId, stage, snoozedUntil, createdAt, steps });
    }
    for (const { id } of pasted) await removeTouch(tx, id);
    for (const { id } of named) await settleDates(tx, id, pasteId);
    return { id: pasteId, rep: rep.userId, touches: pasted, prospects };
  });
}

/**
 * Puts back all that was undone, as it was; what is back already stays, and a prospect that was named anew meanwhile is
 * the one. Returns how much is there of it.
 * @throws UserError `not_yours`.
 */
export function putBackPasted(
  deps: Deps,
  actor: PersonRef,
  { id: pasteId, rep: repId, touches, prospects }: KeptPaste,
): Promise<Extract<PasteOutcome, { kind: 'entered' }>> {
  return forRep(deps, actor, repId, async (tx, { rep }) => {
    const store = { ...deps, db: tx };
    const now = new Map<string, Prospect>();
    let added = 0;
    for (const { id, steps, ...kept } of prospects) {
      const present = await findProspect(tx, id);
      const known =
        present?.repId === repId ? present : await findProspectNamed(tx, rep, nameKeyOf(kept.name));
      if (kept.pasteId === pasteId) added += 1;
      const restored = known ?? { ...newProspect(rep, kept), ...kept, id };
      now.set(id, restored);
      if (known) continue;
      await saveProspect(tx, restored);
      for (const { stage, date } of steps) await keepStep(tx, id, stage, date);
    }
    for (const { prospectId, ...touch } of touches) {
      const prospect = now.get(prospectId);
      if (!prospect || (await findTouch(store, touch.id))) continue;
      const { workspaceId } = rep;
      await saveTouch(store, { ...touch, workspaceId, repId, prospectId: prospect.id, pasteId });
    }
    for (const { id } of now.values()) await settleDates(tx, id);
    const of = new Set(touches.map((one) => one.prospectId));
    return { kind: 'entered', touches: touches.length, prospects: of.size, added, left: 0 };
  });
}
