/** What went well since somebody wanted it told, and when it is told. */
import { EpisodeFigures } from '../../activity/pace/figures-schemas.ts';
import { episodesOf, findEpisode } from '../../activity/store.ts';
import { actualsReader, planFor } from '../../actuals/plan-for.ts';
import { type Deal, dealsOf, findDeal } from '../../actuals/store.ts';
import { wonSubject } from '../../actuals/won/messages.ts';
import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import { lockPerson } from '../../db/lock-people.ts';
import type { DatedStore, PersonRef, Store } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import { keyFor, type NewDelivery } from '../../outbox/delivery.ts';
import { refreshShut } from '../../people/channels/shut-messages.ts';
import { findPerson, type Person } from '../../people/store.ts';
import { formatMoney } from '../../slack/format.ts';
import { addDays } from '../../time/local-date.ts';
import { zoneOf } from '../../time/zone.ts';
import { COACHING_DELIVERY } from '../deliveries.ts';
import type { Recognised } from '../schemas.ts';
import { type RecognitionSettings, recognitionsOf, saveRecognition } from '../store.ts';
import type { Told } from './view.ts';

/** What a rep wrote that worked, before a 1:1. */
export interface Worked {
  /** The review's id. */
  id: string;
  words: string;
  proposal: string | null;
}

/** What a rep has sent of what worked since an instant, as whoever keeps reviews knows it. */
export type WorkedSince = (store: Store, rep: PersonRef, since: Date) => Promise<Worked[]>;

/** A deal can be undone until it is told. */
const WIN_DELAY_MS = 10 * 60_000;
/** Deals that are entered later than so many days after they were won are no news. */
const NEWS_DAYS = 31;
/** When it is looked at each day. */
const LOOK_TIME = '09:00';

function toldDelivery(rep: PersonRef, kind: Recognised, id: string): NewDelivery {
  const subject = kind === 'wins' ? wonSubject(id) : `${kind}:${id}`;
  return { ...keyFor(rep, COACHING_DELIVERY.told, subject), subject };
}

/** Promises what is to be told; returns when to look again. Null: they want nothing told. */
export async function recognise(
  deps: Deps,
  tx: Tx,
  rep: Person,
  { now, workedSince }: { now: Date; workedSince: WorkedSince },
): Promise<Date | null> {
  const store = { db: tx, encryption: deps.encryption };
  const settings = (await recognitionsOf(tx, rep.workspaceId, [rep.userId])).get(rep.userId);
  if (!settings || settings.channelId === null || settings.kinds.length === 0) return null;
  const { since, kinds } = settings;
  const zone = zoneOf(rep.timeZone);
  const today = zone.dateAt(now);
  if (kinds.includes('wins')) {
    for (const deal of await dealsOf(tx, rep, addDays(today, -NEWS_DAYS), today)) {
      if (deal.outcome !== 'won' || deal.createdAt <= since) continue;
      const dueAt = new Date(deal.createdAt.getTime() + WIN_DELAY_MS);
      await deps.outbox.enqueue(tx, { ...toldDelivery(rep, 'wins', deal.id), dueAt });
    }
  }
  if (kinds.includes('conversion')) {
    for (const episode of await episodesOf(store, rep, today)) {
      const isTold = episode.answer === 'shared' || episode.answer === 'told_manager';
      if (episode.kind !== 'conversion_high' || !isTold) continue;
      if (episode.openedOn < zone.dateAt(since)) continue;
      await deps.outbox.enqueue(tx, toldDelivery(rep, 'conversion', episode.id));
    }
  }
  if (kinds.includes('sharing')) {
    for (const { id } of await workedSince(store, rep, since)) {
      await deps.outbox.enqueue(tx, toldDelivery(rep, 'sharing', id));
    }
  }
  const next = zone.instantAt(today, LOOK_TIME);
  return next > now ? next : zone.instantAt(addDays(today, 1), LOOK_TIME);
}

/**
 * What a delivery tells, and where, as its rep wants it now. Null: it isn't so any more, or they don't want
 * it told.
 */
export async function whatIsTold(
  store: DatedStore,
  rep: PersonRef,
  subject: string,
  workedSince: WorkedSince,
): Promise<{ channelId: string; told: Told; locale: string } | null> {
  const [kind = '', id = ''] = subject.split(':');
  const settings = (await recognitionsOf(store.db, rep.workspaceId, [rep.userId])).get(rep.userId);
  const person = await findPerson(store.db, rep);
  if (!settings?.channelId || !person || person.deactivated) return null;
  if (!settings.kinds.some((one) => one === kind)) return null;
  const told = await toldOf(store, person, { kind, id, settings, workedSince });
  return told && { channelId: settings.channelId, told, locale: person.locale };
}

async function toldOf(
  store: DatedStore,
  rep: Person,
  {
    kind,
    id,
    settings,
    workedSince,
  }: { kind: string; id: string; settings: RecognitionSettings; workedSince: WorkedSince },
): Promise<Told | null> {
  if (kind === 'wins') return winOf(store, rep, id, settings.amounts);
  if (kind === 'conversion') {
    const episode = await findEpisode(store, id);
    const line = episode && EpisodeFigures.safeParse(episode.figures).data?.line;
    if (line?.kind !== 'stage') return null;
    return { kind, stage: line.stage, rate: line.rate, n: line.n };
  }
  const worked = await workedSince(store, rep, settings.since);
  const found = worked.find((one) => one.id === id);
  return found ? { kind: 'sharing', words: found.words, proposal: found.proposal } : null;
}

/**
 * What was told of a deal as it is now, whatever its rep wants told by now: what went out must be true. Null: it
 * is about something that doesn't change.
 */
export async function whatWasTold(
  store: DatedStore,
  rep: PersonRef,
  subject: string,
): Promise<{ told: Told; locale: string } | null> {
  const [kind, id = ''] = subject.split(':');
  const person = await findPerson(store.db, rep);
  if (kind !== 'wins' || !person) return null;
  const settings = (await recognitionsOf(store.db, rep.workspaceId, [rep.userId])).get(rep.userId);
  const told = await winOf(store, person, id, settings?.amounts ?? false);
  return { told: told ?? { kind: 'taken_back' }, locale: person.locale };
}

/** Null: it isn't won (any more). */
async function winOf(
  store: DatedStore,
  rep: Person,
  dealId: string,
  hasAmount: boolean,
): Promise<Told | null> {
  const deal = await findDeal(store.db, dealId);
  if (deal?.outcome !== 'won' || deal.repId !== rep.userId) return null;
  const amount = hasAmount ? await amountText(store, rep, deal) : null;
  return { kind: 'wins', account: deal.account, amount };
}

/** In the currency of its day's plan; null where there is no plan that says which. */
async function amountText(
  store: DatedStore,
  rep: Person,
  { amount, date }: Pick<Deal, 'amount' | 'date'>,
): Promise<string | null> {
  try {
    const plan = await planFor(store, rep, rep.userId, 'won', date);
    return formatMoney(amount, actualsReader(rep, plan));
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** Keeps what somebody wants told: what comes from now on, where it wasn't told before. */
export async function chooseRecognition(
  { db, clock, outbox, scheduler }: Pick<Deps, 'db' | 'clock' | 'outbox' | 'scheduler'>,
  person: PersonRef,
  chosen: Omit<RecognitionSettings, 'since'>,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockPerson(tx, person);
    const known = (await recognitionsOf(tx, person.workspaceId, [person.userId])).get(
      person.userId,
    );
    const isNew = chosen.kinds.some((kind) => !known?.kinds.includes(kind));
    const wasTold = known !== undefined && known.channelId !== null && !isNew;
    const since = wasTold ? known.since : clock.now();
    await saveRecognition(tx, person, { ...chosen, since }, clock.now());
    if (known?.channelId) {
      await refreshShut(outbox, tx, { ...person, channelId: known.channelId });
    }
    await scheduler.reschedule(tx, person);
  });
}
