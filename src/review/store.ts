/** Reviews, answers and recovery items: rows ⇄ domain. People's own words are encrypted here. */

import { z } from 'zod';
import { CAUSES, type Cause } from '../activity/schemas.ts';
import type { Db, Tx } from '../db/client.ts';
import { columnsOf } from '../db/columns.ts';
import type {
  ReviewAnswer as AnswerRow,
  RecoveryItem as ItemRow,
  Review as ReviewRow,
} from '../db/generated/client.ts';
import { isRowId, type PersonRef, type Store } from '../db/store.ts';
import { KPIS, type Kpi, Scorecard, TOPICS, type Topic } from './schemas.ts';

const keyOf = ({ workspaceId, userId }: PersonRef) => ({ workspaceId, repId: userId });
const aad = ({ workspaceId, repId }: { workspaceId: string; repId: string }, field: string) => ({
  workspaceId,
  userId: repId,
  field,
});

// ── How a pair holds its reviews ─────────────────────────────────────────────────────────────────

const DEFAULT_PREP_DAYS = 3;

/** How many working days before the 1:1 the rep is asked. */
export async function prepDaysOf(db: Db | Tx, rep: PersonRef): Promise<number> {
  const row = await db.reviewSettings.findUnique({ where: { workspaceId_repId: keyOf(rep) } });
  return row?.prepDays ?? DEFAULT_PREP_DAYS;
}

export async function savePrepDays(tx: Tx, rep: PersonRef, prepDays: number): Promise<void> {
  await tx.reviewSettings.upsert({
    where: { workspaceId_repId: keyOf(rep) },
    create: { ...keyOf(rep), prepDays },
    update: { prepDays },
  });
}

// ── Reviews ──────────────────────────────────────────────────────────────────────────────────────

export interface Review {
  id: string;
  workspaceId: string;
  repId: string;
  planId: string;
  /** The month that is judged, `YYYY-MM`. */
  month: string;
  /** When the pair meets, where it was moved. */
  movedTo: Date | null;
  movedBy: string | null;
  /** How many times it was moved, skipped or taken up again. */
  moves: number;
  skippedAt: Date | null;
  skippedBy: string | null;
  /** Why it was moved or skipped. */
  reason: string | null;
  /** When the rep was asked, and about what. */
  askedAt: Date | null;
  asked: AskedMonth | null;
  /** When the pair meets, as the messages about it say; null: nothing was said yet. */
  announcedFor: Date | null;
  answeredAt: Date | null;
  /** Whether the rep's name may go with their words. */
  named: boolean;
  teamId: string | null;
  /** When the manager could see it, and the card that they see. */
  openedAt: Date | null;
  card: Scorecard | null;
  /** Slack's ids of uploaded charts, by what they show. */
  charts: Record<string, string>;
  /** How many times its thread was begun. */
  threads: number;
  /** How many times it was begun, or what is missing of it was asked for. */
  posts: number;
  closedAt: Date | null;
  closedBy: string | null;
}

const AskedMonth = z.object({
  /** How the month stood. */
  card: Scorecard,
  /** What the rep has to answer. */
  topics: z.array(z.enum(TOPICS)),
  /** Of what the card is of: by it is known whether something was entered since. */
  facts: z.string(),
});
/** What a rep is asked about a month. */
export type AskedMonth = z.infer<typeof AskedMonth>;

/** As reviews were asked before: about all that was missed at quota, beside the rep's own target. */
const FormerlyAsked = z.object({ quota: Scorecard }).transform(({ quota: card }): AskedMonth => {
  const missed = card.lines.filter(({ verdict }) => verdict === 'missed').map(({ kpi }) => kpi);
  return { card, topics: missed.length > 0 ? missed : ['worked'], facts: '' };
});
const StoredAsked = z.union([AskedMonth, FormerlyAsked]);

const Charts = z.record(z.string(), z.string());

function toReview({ encryption }: Store, row: ReviewRow): Review {
  const open = (text: string | null, field: string) =>
    text && encryption.decrypt(text, aad(row, `${field}:${row.id}`));
  const asked = open(row.asked, 'asked');
  const card = open(row.card, 'card');
  return {
    ...row,
    reason: open(row.reason, 'reason'),
    asked: asked ? StoredAsked.parse(JSON.parse(asked)) : null,
    card: card ? Scorecard.parse(JSON.parse(card)) : null,
    charts: Charts.parse(row.charts),
  };
}

export async function findReview(store: Store, id: string): Promise<Review | null> {
  const row = isRowId(id) ? await store.db.review.findUnique({ where: { id } }) : null;
  return row && toReview(store, row);
}

/** What is known of the reviews of a plan, by month. */
export async function reviewsOf(store: Store, planId: string): Promise<Map<string, Review>> {
  const rows = await store.db.review.findMany({ where: { planId }, orderBy: { month: 'asc' } });
  return new Map(rows.map((row) => [row.month, toReview(store, row)]));
}

/** The reviews in a workspace that their reps have answered: of one month, or of a team since a month. */
export async function answeredReviews(
  store: Store,
  workspaceId: string,
  which: { month: string } | { teamId: string; from: string },
): Promise<Review[]> {
  const within =
    'month' in which
      ? { month: which.month }
      : { teamId: which.teamId, month: { gte: which.from } };
  const rows = await store.db.review.findMany({
    where: { workspaceId, ...within, answeredAt: { not: null } },
    orderBy: [{ month: 'asc' }, { repId: 'asc' }],
  });
  return rows.map((row) => toReview(store, row));
}

/** What one review adds to the counts by cause: nothing that anybody wrote. */
export interface NamedCauses {
  repId: string;
  month: string;
  /** The team in which it was answered. */
  teamId: string | null;
  answered: boolean;
  /**
   * Without repeats, whichever KPIs they were named for; none before it was answered, and none of what
   * stayed with the rep, as answers about their own target did once.
   */
  causes: Cause[];
}

/** Every review in a workspace of the months from `from` on, whose rep has answered or still can. */
export async function namedCauses(
  db: Db | Tx,
  workspaceId: string,
  from: string,
): Promise<NamedCauses[]> {
  const rows = await db.review.findMany({
    where: {
      workspaceId,
      month: { gte: from },
      askedAt: { not: null },
      OR: [{ answeredAt: { not: null } }, { skippedAt: null }],
    },
    select: {
      repId: true,
      month: true,
      teamId: true,
      answeredAt: true,
      answers: { where: { kpi: { in: [...TOPICS] }, own: false }, select: { causes: true } },
    },
    orderBy: [{ month: 'asc' }, { repId: 'asc' }],
  });
  return rows.map(({ answeredAt, answers, ...row }) => {
    const answered = answeredAt !== null;
    const named = new Set(answered ? answers.flatMap(({ causes }) => causes) : []);
    return { ...row, answered, causes: CAUSES.filter((cause) => named.has(cause)) };
  });
}

/** The review of a month, made where nothing was known of it yet. Within the rep's lock. */
export async function ensureReview(
  store: Store,
  rep: PersonRef,
  { planId, month }: { planId: string; month: string },
): Promise<Review> {
  const where = { planId_month: { planId, month } };
  const row = await store.db.review.upsert({
    where,
    create: { ...keyOf(rep), planId, month },
    update: {},
  });
  return toReview(store, row);
}

export async function saveReview({ db, encryption }: Store, review: Review): Promise<void> {
  const { id, workspaceId: _, repId: __, planId: ___, month: ____, ...changes } = review;
  const encrypted = (text: string | null, field: string) =>
    text && encryption.encrypt(text, aad(review, `${field}:${id}`));
  const { card, asked, reason, charts: _____, ...plain } = changes;
  await db.review.update({
    where: { id },
    data: {
      ...plain,
      reason: encrypted(reason, 'reason'),
      asked: encrypted(asked && JSON.stringify(asked), 'asked'),
      card: encrypted(card && JSON.stringify(card), 'card'),
    },
  });
}

/** Only the charts: whoever draws them holds no lock. */
export async function saveCharts(db: Db | Tx, { id }: Review, charts: Review['charts']) {
  await db.review.update({ where: { id }, data: { charts } });
}

// ── Answers ──────────────────────────────────────────────────────────────────────────────────────

export interface Answer {
  reviewId: string;
  topic: Topic;
  causes: Cause[];
  words: string | null;
  proposal: string | null;
  updatedAt: Date;
}

/** Whose answers, at which review. */
type Owner = Pick<Review, 'id' | 'workspaceId' | 'repId'>;

/** What a rep says of a topic, whatever it stands for: `key` is the row's, which its columns are bound to. */
type SaidRow = Omit<Answer, 'reviewId' | 'topic'>;

const saidIn = (review: Owner, field: 'words' | 'proposal', key: string) =>
  aad(review, `${field}:${review.id}:${key}`);

function openSaid({ encryption }: Store, review: Owner, row: AnswerRow): SaidRow {
  const open = (field: 'words' | 'proposal') => {
    const text = row[field];
    return text && encryption.decrypt(text, saidIn(review, field, row.kpi));
  };
  return {
    causes: CAUSES.filter((cause) => row.causes.includes(cause)),
    words: open('words'),
    proposal: open('proposal'),
    updatedAt: row.updatedAt,
  };
}

async function saveSaid(
  { db, encryption }: Store,
  review: Owner,
  key: string,
  { causes, updatedAt, ...said }: SaidRow,
  { own = false }: { own?: boolean } = {},
): Promise<void> {
  const encrypted = (field: 'words' | 'proposal') => {
    const text = said[field];
    return text && encryption.encrypt(text, saidIn(review, field, key));
  };
  const data = {
    causes,
    // Whatever a former version kept for the rep alone, an answer is for others to read.
    own,
    words: encrypted('words'),
    proposal: encrypted('proposal'),
    updatedAt,
  };
  await db.reviewAnswer.upsert({
    where: { reviewId_kpi: { reviewId: review.id, kpi: key } },
    create: { reviewId: review.id, kpi: key, ...data },
    update: data,
  });
}

function toAnswer(store: Store, review: Owner, row: AnswerRow): Answer[] {
  const topic = TOPICS.find((one) => one === row.kpi);
  return topic ? [{ reviewId: row.reviewId, topic, ...openSaid(store, review, row) }] : [];
}

/**
 * What the rep has answered so far, in the order of the topics: for others to read, once it is sent. What
 * was said about their own target, as it once could be, stays with them.
 */
export async function answersOf(store: Store, review: Owner): Promise<Answer[]> {
  return (await answersOfEach(store, [review])).get(review.id) ?? [];
}

/** What a rep has sent of what worked since an instant: `id` is the review's. */
export async function workedSince(
  store: Store,
  { workspaceId, userId: repId }: PersonRef,
  since: Date,
): Promise<{ id: string; words: string; proposal: string | null }[]> {
  const rows = await store.db.review.findMany({
    where: { workspaceId, repId, answeredAt: { gt: since } },
    orderBy: { answeredAt: 'asc' },
  });
  const reviews = rows.map((row) => toReview(store, row));
  const answers = await answersOfEach(store, reviews);
  return reviews.flatMap(({ id }) => {
    const worked = answers.get(id)?.find(({ topic }) => topic === 'worked');
    const words = worked?.words?.trim();
    return worked && words ? [{ id, words, proposal: worked.proposal }] : [];
  });
}

/** The same of several reviews, by their ids. */
export async function answersOfEach(
  store: Store,
  reviews: readonly Owner[],
): Promise<Map<string, Answer[]>> {
  const rows = await store.db.reviewAnswer.findMany({
    where: { reviewId: { in: reviews.map(({ id }) => id) }, own: false },
  });
  const byReview = new Map(reviews.map(({ id }) => [id, [] as AnswerRow[]]));
  for (const row of rows) byReview.get(row.reviewId)?.push(row);
  return new Map(
    reviews.map((review) => {
      const answers = (byReview.get(review.id) ?? []).flatMap((row) =>
        toAnswer(store, review, row),
      );
      answers.sort((a, b) => TOPICS.indexOf(a.topic) - TOPICS.indexOf(b.topic));
      return [review.id, answers];
    }),
  );
}

export function saveAnswer(
  store: Store,
  review: Owner,
  { topic, ...said }: Omit<Answer, 'reviewId'>,
): Promise<void> {
  return saveSaid(store, review, topic, said);
}

/**
 * What is typed in a form and not sent yet, encrypted as answers are. Each window keeps its own, by the id of its
 * submission, so that none writes over another; empty: of a former version.
 */
export type Draft = Omit<Answer, 'reviewId'> & { window: string };

/** Beside the answer, so that a text half changed never stands for one that was sent. */
const DRAFT_KEY = /^(\w+)\.typed(?:\.(.*))?$/;
const draftKey = ({ topic, window }: Pick<Draft, 'topic' | 'window'>) =>
  window === '' ? `${topic}.typed` : `${topic}.typed.${window}`;

/** Of every window, the oldest first. */
export async function draftsOf(store: Store, review: Owner): Promise<Draft[]> {
  const rows = await store.db.reviewAnswer.findMany({
    where: { reviewId: review.id },
    orderBy: { updatedAt: 'asc' },
  });
  return rows.flatMap((row): Draft[] => {
    const [, name, window = ''] = DRAFT_KEY.exec(row.kpi) ?? [];
    const topic = TOPICS.find((one) => one === name);
    return topic ? [{ topic, window, ...openSaid(store, review, row) }] : [];
  });
}

export function saveDraft(store: Store, review: Owner, draft: Draft): Promise<void> {
  const { topic, window, ...said } = draft;
  return saveSaid(store, review, draftKey(draft), said);
}

/** Removes what one window kept of a topic; all that was typed, whoever's, where none is named. */
export async function removeDrafts(
  tx: Tx,
  { id }: Pick<Review, 'id'>,
  one?: Pick<Draft, 'topic' | 'window'>,
): Promise<void> {
  await tx.reviewAnswer.deleteMany({
    where: { reviewId: id, kpi: one ? draftKey(one) : { contains: '.typed' } },
  });
}

/** Puts the answers in the place of all that were given before. */
export async function replaceAnswers(
  store: Store<Tx>,
  review: Owner,
  answers: readonly Omit<Answer, 'reviewId'>[],
): Promise<void> {
  await store.db.reviewAnswer.deleteMany({
    where: { reviewId: review.id, kpi: { in: [...TOPICS] }, own: false },
  });
  for (const answer of answers) await saveAnswer(store, review, answer);
}

const NOTE_KEY = 'note';

/** What the rep noted for themselves alone: nobody else is ever shown it. */
export async function ownNoteOf(
  store: Store,
  review: Owner,
): Promise<{ words: string | null; updatedAt: Date } | null> {
  const reviewId_kpi = { reviewId: review.id, kpi: NOTE_KEY };
  const row = await store.db.reviewAnswer.findUnique({ where: { reviewId_kpi } });
  return row && openSaid(store, review, row);
}

export function saveOwnNote(
  store: Store,
  review: Owner,
  note: { words: string | null; updatedAt: Date },
): Promise<void> {
  return saveSaid(store, review, NOTE_KEY, { causes: [], proposal: null, ...note }, { own: true });
}

// ── Recovery items ───────────────────────────────────────────────────────────────────────────────

export type ItemOwner = ItemRow['owner'];

export interface RecoveryItem {
  id: string;
  workspaceId: string;
  repId: string;
  /** The review at which it was agreed. */
  reviewId: string;
  /** Which of the pair does it: whoever manages the rep by then, where it is the manager. */
  owner: ItemOwner;
  kpi: Kpi | null;
  text: string;
  /** Local date. */
  due: string;
  doneAt: Date | null;
  /** Slack's user id. */
  doneBy: string | null;
  /** When it was taken off the plan: nothing shows it then but what says so, and it can be put back. */
  removedAt: Date | null;
  createdBy: string;
  createdAt: Date;
}

const ITEM_COLUMNS = columnsOf('recovery_item', [
  'id',
  'workspaceId',
  'repId',
  'reviewId',
  'owner',
  'kpi',
  'text',
  'due',
  'doneAt',
  'doneBy',
  'removedAt',
  'createdBy',
  'createdAt',
] satisfies (keyof ItemRow)[]);

function toItem({ encryption }: Store, row: ItemRow): RecoveryItem {
  return {
    ...row,
    kpi: KPIS.find((kpi) => kpi === row.kpi) ?? null,
    text: encryption.decrypt(row.text, aad(row, `item:${row.id}`)),
  };
}

/**
 * The recovery items of a rep that are open (or were until `since`), or were agreed at one review; by
 * when they are due.
 */
export async function itemsOf(
  store: Store,
  rep: PersonRef,
  which: { open: true; since?: Date } | { reviewId: string },
): Promise<RecoveryItem[]> {
  const isOpen = (since?: Date) =>
    since ? { OR: [{ doneAt: null }, { doneAt: { gte: since } }] } : { doneAt: null };
  const rows = await store.db.recoveryItem.findMany({
    where: {
      ...keyOf(rep),
      removedAt: null,
      ...('open' in which ? isOpen(which.since) : { reviewId: which.reviewId }),
    },
    orderBy: [{ due: 'asc' }, { createdAt: 'asc' }],
  });
  return rows.map((row) => toItem(store, row));
}

/** The recovery items of several reps that are open or were until `since`, by when they are due. */
export async function itemsOfEach(
  store: Store,
  workspaceId: string,
  repIds: readonly string[],
  since: Date,
): Promise<RecoveryItem[]> {
  const rows = await store.db.$queryRaw<ItemRow[]>`
    SELECT ${ITEM_COLUMNS} FROM recovery_item
    WHERE workspace_id = ${workspaceId} AND rep_id = ANY(${[...repIds]}::text[]) AND removed_at IS NULL
      AND (done_at IS NULL OR done_at >= ${since})
    ORDER BY due, created_at`;
  return rows.map((row) => toItem(store, row));
}

/** The months (`YYYY-MM`) at whose reviews items were agreed, by the review's id. */
export async function monthsOf(
  db: Db | Tx,
  items: readonly Pick<RecoveryItem, 'reviewId'>[],
): Promise<Map<string, string>> {
  const ids = [...new Set(items.map(({ reviewId }) => reviewId))];
  if (ids.length === 0) return new Map();
  const rows = await db.review.findMany({
    where: { id: { in: ids } },
    select: { id: true, month: true },
  });
  return new Map(rows.map(({ id, month }) => [id, month]));
}

/** One that was taken off its plan is found only where that is asked for. */
export async function findItem(
  store: Store,
  id: string,
  { evenRemoved = false }: { evenRemoved?: boolean } = {},
): Promise<RecoveryItem | null> {
  const row = isRowId(id) ? await store.db.recoveryItem.findUnique({ where: { id } }) : null;
  return row && (evenRemoved || !row.removedAt) ? toItem(store, row) : null;
}

/** Adds it, or saves what changed. */
export async function saveItem({ db, encryption }: Store, item: RecoveryItem): Promise<void> {
  const { id, ...rest } = item;
  const data = { ...rest, text: encryption.encrypt(item.text, aad(item, `item:${id}`)) };
  await db.recoveryItem.upsert({ where: { id }, create: { id, ...data }, update: data });
}

// ── Causes that somebody named ───────────────────────────────────────────────────────────────────

/** The causes in a rep's sent answers since a month (`YYYY-MM`), but for what they kept to themselves. */
export async function causesNamedBy(
  db: Db | Tx,
  { workspaceId, userId }: PersonRef,
  since: string,
): Promise<{ month: string; causes: Cause[] }[]> {
  const rows = await db.reviewAnswer.findMany({
    where: {
      own: false,
      review: { workspaceId, repId: userId, month: { gte: since }, answeredAt: { not: null } },
    },
    select: { causes: true, review: { select: { month: true } } },
  });
  return rows.map(({ causes, review: { month } }) => ({
    month,
    causes: CAUSES.filter((cause) => causes.includes(cause)),
  }));
}
