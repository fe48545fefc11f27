/** Touches and prospects: entered, changed, settled, undone. For a rep, by them or whoever manages them. */
import { randomUUID } from 'node:crypto';
import { derivedId } from '../../actuals/derived-id.ts';
import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import { lockPerson } from '../../db/lock-people.ts';
import type { PersonRef, Store } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import { findManagedRep } from '../../people/find-managed-rep.ts';
import type { Person } from '../../people/store.ts';
import { addDays } from '../../time/local-date.ts';
import { localDateIn } from '../../time/zone.ts';
import { matchName } from './match-name.ts';
import { readTouches, type SaidTouch, type TouchLine } from './read-touches.ts';
import { furthest, nameKeyOf, SNOOZE_DAYS, stageOfKind } from './rules.ts';
import {
  type KeptTouch,
  NEW_PROSPECT,
  type ProspectStage,
  type ProspectState,
  type TouchBatch,
} from './schemas.ts';
import {
  type CountedProspect,
  findProspect,
  findProspectNamed,
  findTouch,
  keepStep,
  newestTouchOn,
  type Prospect,
  prospectsOf,
  removeProspect,
  removeTouch,
  saveProspect,
  saveTouch,
  type Touch,
} from './store.ts';

export interface TouchedRep {
  rep: Person;
  /** The rep's local date. */
  today: string;
}

/** @throws UserError `not_yours` where the actor is neither the rep nor their manager. */
export async function mustTouchFor(
  { db, clock }: Pick<Deps, 'db' | 'clock'> | { db: Tx; clock: Deps['clock'] },
  actor: PersonRef,
  repId: string,
): Promise<TouchedRep> {
  const rep = await findManagedRep(db, actor, repId);
  if (!rep) {
    throw new UserError(
      'not_yours',
      'A rep’s prospects are theirs and their manager’s: only the two of them can do that.',
    );
  }
  return { rep, today: localDateIn(rep.timeZone, clock.now()) };
}

/** Works while nobody else enters anything for the rep; the check-ins of today and of `shownOn` show it. */
export async function forRep<T>(
  deps: Deps,
  actor: PersonRef,
  repId: string,
  work: (tx: Tx, touched: TouchedRep) => Promise<T>,
  shownOn?: string,
): Promise<T> {
  const who = { workspaceId: actor.workspaceId, userId: repId };
  return inTransaction(deps.db, async (tx) => {
    await lockPerson(tx, who);
    const touched = await mustTouchFor({ db: tx, clock: deps.clock }, actor, repId);
    const done = await work(tx, touched);
    for (const subject of new Set([touched.today, shownOn ?? touched.today])) {
      await deps.outbox.refresh(tx, { ...who, subject });
    }
    return done;
  });
}

export interface TouchEntry extends SaidTouch {
  /** Where the prospect is known; null: by its name. */
  prospectId: string | null;
  /** Null: as the kind says. */
  stage: ProspectStage | null;
}

export interface RecordedTouch {
  touch: Touch;
  prospect: CountedProspect;
  /** It was settled before: a touch takes it up again. */
  isReopened: boolean;
}

/**
 * `id`: of the submission, which makes one touch however often it comes.
 * @throws UserError `not_yours`, `day_ahead`, `prospect_gone` or `entry_gone`.
 */
export function recordTouch(
  deps: Deps,
  actor: PersonRef,
  repId: string,
  entry: TouchEntry & { id: string },
): Promise<RecordedTouch> {
  return forRep(deps, actor, repId, (tx, touched) =>
    enterTouch(deps, tx, { actor, touched }, entry),
  );
}

export async function enterTouch(
  { encryption, clock }: Deps,
  tx: Tx,
  { actor, touched: { rep, today } }: { actor: PersonRef; touched: TouchedRep },
  {
    id,
    prospectId,
    name,
    kind,
    subject,
    date,
    stage,
    pasteId = null,
  }: TouchEntry & { id: string; pasteId?: string | null },
): Promise<RecordedTouch> {
  const store = { db: tx, encryption };
  const present = await findTouch(store, id);
  if (present) {
    mustBeOf(present, rep);
    const prospect = await mustFind(tx, rep, present.prospectId);
    return { touch: present, prospect, isReopened: false };
  }
  mustHaveBeen(date, today);
  const known =
    prospectId === null
      ? await findProspectNamed(tx, rep, nameKeyOf(name))
      : await mustFind(tx, rep, prospectId);
  const prospect = known ?? newProspect(rep, { name, pasteId, createdAt: clock.now() });
  const reached = stage ?? stageOfKind(kind);
  const isNewer = prospect.lastTouchOn === null || date > prospect.lastTouchOn;
  const isReopened = prospect.state !== 'open' && isNewer;
  const after: Prospect = {
    ...prospect,
    stage: furthest(prospect.stage, reached),
    ...(isNewer && { lastTouchOn: date, snoozedUntil: null, state: 'open' as const }),
  };
  await saveProspect(tx, after);
  if (reached !== null && after.stage !== prospect.stage)
    await keepStep(tx, after.id, reached, date);
  const touch: Touch = {
    id,
    workspaceId: rep.workspaceId,
    repId: rep.userId,
    prospectId: after.id,
    date,
    kind,
    subject,
    pasteId,
    addedBy: actor.userId,
    createdAt: clock.now(),
  };
  await saveTouch(store, touch);
  return { touch, prospect: { ...after, touches: (known?.touches ?? 0) + 1 }, isReopened };
}

export function newProspect(
  { workspaceId, userId: repId }: PersonRef,
  { name, ...from }: Pick<Prospect, 'name' | 'pasteId' | 'createdAt'>,
): Prospect {
  return {
    id: randomUUID(),
    workspaceId,
    repId,
    name,
    nameKey: nameKeyOf(name),
    state: 'open',
    stage: null,
    snoozedUntil: null,
    lastTouchOn: null,
    ...from,
  };
}

/** @throws UserError as `recordTouch`. */
export async function changeTouch(
  deps: Deps,
  actor: PersonRef,
  touchId: string,
  entry: TouchEntry,
): Promise<RecordedTouch> {
  const { repId } = await mustFindTouch(deps, actor, touchId);
  return forRep(deps, actor, repId, async (tx, touched) => {
    const before = await mustFindTouch({ ...deps, db: tx }, actor, touchId);
    mustHaveBeen(entry.date, touched.today);
    await removeTouch(tx, touchId);
    const at = { actor: { ...actor, userId: before.addedBy }, touched };
    const recorded = await enterTouch(deps, tx, at, { ...entry, id: touchId });
    await saveTouch({ ...deps, db: tx }, { ...recorded.touch, createdAt: before.createdAt });
    await settleDates(tx, before.prospectId);
    const prospect = await settleDates(tx, recorded.prospect.id);
    return { ...recorded, prospect: prospect ?? recorded.prospect };
  });
}

/** Returns what was undone; null where it was already. @throws UserError `not_yours`. */
export async function undoTouch(
  deps: Deps,
  actor: PersonRef,
  touchId: string,
): Promise<{ touch: Touch; name: string } | null> {
  const found = await findTouch(deps, touchId);
  if (!found || found.workspaceId !== actor.workspaceId) return null;
  return forRep(deps, actor, found.repId, async (tx, { rep }) => {
    const touch = await findTouch({ ...deps, db: tx }, touchId);
    if (!touch) return null;
    const { name } = await mustFind(tx, rep, touch.prospectId);
    await removeTouch(tx, touchId);
    await settleDates(tx, touch.prospectId);
    return { touch, name };
  });
}

/** Puts an undone touch back as it was; one that is back already stays. @throws UserError as `recordTouch`. */
export function putBackTouch(
  deps: Deps,
  actor: PersonRef,
  { rep, ...touch }: KeptTouch,
): Promise<RecordedTouch> {
  return recordTouch(deps, actor, rep, { ...touch, prospectId: null, stage: null });
}

/**
 * Its last touch as it is now. A prospect that has none left, and was only named by them or by what was pasted and is
 * undone, goes.
 */
export async function settleDates(
  tx: Tx,
  prospectId: string,
  undonePaste: string | null = null,
): Promise<CountedProspect | null> {
  const prospect = await findProspect(tx, prospectId);
  if (!prospect) return null;
  const isOnlyNamed = prospect.pasteId === null || prospect.pasteId === undonePaste;
  if (prospect.touches === 0 && prospect.state === 'open' && isOnlyNamed) {
    await removeProspect(tx, prospectId);
    return null;
  }
  const after = { ...prospect, lastTouchOn: await newestTouchOn(tx, prospectId) };
  await saveProspect(tx, after);
  return after;
}

// ── Several at once ──────────────────────────────────────────────────────────────────────────────

export type BatchLine =
  | ({ kind: 'recorded' } & RecordedTouch)
  | { kind: 'which'; touch: SaidTouch; near: CountedProspect[] }
  | { kind: 'unread'; line: Extract<TouchLine, { ok: false }> }
  /** It can't be entered as it is. */
  | { kind: 'refused'; touch: SaidTouch; problem: string };

export interface BatchResult extends TouchedRep {
  lines: BatchLine[];
}

/**
 * Enters what can be read for certain, each touch once however often the same batch comes.
 * @throws UserError `not_yours` or `unread`.
 */
export async function recordBatch(
  deps: Deps,
  actor: PersonRef,
  { id, rep: repId, text, picks }: TouchBatch,
  locale: string,
): Promise<BatchResult> {
  return forRep(deps, actor, repId, async (tx, touched) => {
    const { rep, today } = touched;
    const before = await prospectsOf(tx, rep);
    const known = before.map(({ name }) => name);
    const read = readTouches(text, { locale, today, known });
    if (!read.ok) throw new UserError('unread', read.problem);
    const lines: BatchLine[] = [];
    for (const [at, line] of read.lines.entries()) {
      if (!line.ok) {
        lines.push({ kind: 'unread', line });
        continue;
      }
      const entryId = derivedId(id, String(at));
      const isThere = (await findTouch({ ...deps, db: tx }, entryId)) !== null;
      const pick = picks[String(at)] ?? null;
      const match = matchName(line.touch.name, await prospectsOf(tx, rep));
      if (!isThere && pick === null && match.kind === 'near') {
        lines.push({ kind: 'which', touch: line.touch, near: match.prospects });
        continue;
      }
      const prospectId =
        pick !== null && pick !== NEW_PROSPECT
          ? pick
          : match.kind === 'one'
            ? match.prospect.id
            : null;
      const entry = { ...line.touch, id: entryId, prospectId, stage: null };
      try {
        const recorded = await enterTouch(deps, tx, { actor, touched }, entry);
        lines.push({ kind: 'recorded', ...recorded });
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        lines.push({ kind: 'refused', touch: line.touch, problem: error.text });
      }
    }
    return { ...touched, lines };
  });
}

// ── Prospects ────────────────────────────────────────────────────────────────────────────────────

export type Settling = 'done' | 'lost' | 'snooze' | 'reopen';

export interface SettledProspect extends TouchedRep {
  before: CountedProspect;
  after: CountedProspect;
}

/** @throws UserError `prospect_gone` or `not_yours`. */
export function settleProspect(
  deps: Deps,
  actor: PersonRef,
  prospectId: string,
  what: Settling,
  shownOn?: string,
): Promise<SettledProspect> {
  return changeProspect(
    deps,
    actor,
    prospectId,
    (_, { today }) => {
      if (what === 'snooze') return { state: 'open', snoozedUntil: addDays(today, SNOOZE_DAYS) };
      return { state: what === 'reopen' ? 'open' : what, snoozedUntil: null };
    },
    shownOn,
  );
}

export interface ProspectEdit {
  name: string;
  stage: ProspectStage | null;
  state: ProspectState;
  /** Local date; null: not snoozed. */
  snoozedUntil: string | null;
}

/** @throws UserError `prospect_gone`, `not_yours`, or at the path `name` where another one has it. */
export async function editProspect(
  deps: Deps,
  actor: PersonRef,
  prospectId: string,
  edit: Partial<ProspectEdit>,
): Promise<SettledProspect> {
  return changeProspect(deps, actor, prospectId, () => edit);
}

async function changeProspect(
  deps: Deps,
  actor: PersonRef,
  prospectId: string,
  change: (before: CountedProspect, touched: TouchedRep) => Partial<ProspectEdit>,
  shownOn?: string,
): Promise<SettledProspect> {
  const { repId } = await mustFindProspect(deps, actor, prospectId);
  return forRep(
    deps,
    actor,
    repId,
    async (tx, touched) => {
      const before = await mustFind(tx, touched.rep, prospectId);
      const changed = { ...before, ...change(before, touched) };
      const after = { ...changed, nameKey: nameKeyOf(changed.name) };
      const namesake = await findProspectNamed(tx, touched.rep, after.nameKey);
      if (namesake && namesake.id !== prospectId) {
        throw new UserError('name_taken', 'Another prospect has that name already.', 'name');
      }
      await saveProspect(tx, after);
      if (after.stage !== null && after.stage !== before.stage) {
        await keepStep(tx, prospectId, after.stage, touched.today);
      }
      return { ...touched, before, after };
    },
    shownOn,
  );
}

/** The prospect that a button names, for those who may see it. @throws UserError `prospect_gone`. */
export async function mustFindProspect(
  { db }: Pick<Store, 'db'>,
  actor: PersonRef,
  id: string,
): Promise<CountedProspect> {
  const prospect = await findProspect(db, id);
  if (prospect && prospect.workspaceId === actor.workspaceId) return prospect;
  throw gone();
}

/** @throws UserError `entry_gone`. */
export async function mustFindTouch(store: Store, actor: PersonRef, id: string): Promise<Touch> {
  const touch = await findTouch(store, id);
  if (touch && touch.workspaceId === actor.workspaceId) return touch;
  throw new UserError('entry_gone', 'That touch is no longer there: it was undone meanwhile.');
}

async function mustFind(tx: Tx, rep: PersonRef, id: string): Promise<CountedProspect> {
  const prospect = await findProspect(tx, id);
  if (prospect && prospect.workspaceId === rep.workspaceId && prospect.repId === rep.userId) {
    return prospect;
  }
  throw gone();
}

const gone = () =>
  new UserError('prospect_gone', 'That prospect is no longer there: its touches were undone.');

function mustBeOf(touch: Touch, rep: PersonRef): void {
  if (touch.workspaceId === rep.workspaceId && touch.repId === rep.userId) return;
  throw new UserError('entry_gone', 'That touch is no longer there: it was undone meanwhile.');
}

function mustHaveBeen(date: string, today: string): void {
  if (date <= today) return;
  throw new UserError('day_ahead', 'That day is still to come: note it once it is done.', 'date');
}
