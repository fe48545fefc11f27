/** What is shown of prospects in messages that come anyway, and to other parts of Bigplan. */
import type { KnownBlock } from '@slack/types';
import { askedWith } from '../../activity/day-rules.ts';
import type { PlanInForce } from '../../activity/plan-in-force.ts';
import { derivedId } from '../../actuals/derived-id.ts';
import type { Context } from '../../context.ts';
import type { Db } from '../../db/client.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import type { Person } from '../../people/store.ts';
import type { Message } from '../../slack/surfaces.ts';
import { addDays, daysBetween, weekdayOf } from '../../time/local-date.ts';
import { localDateIn } from '../../time/zone.ts';
import { type LeadingKind, leadingKind } from './kind-rules.ts';
import { readTouches } from './read-touches.ts';
import { quietUnderFour } from './rules.ts';
import { prospectsOf, stepsOf, touchKindsOf } from './store.ts';
import { quietProspectBlocks, touchHeardMessage } from './view.ts';

/** As far back as kinds of touch are compared. */
const COMPARED_DAYS = 365;

/** Of a rep's own touches of a year; null where there is nothing to say. */
export async function leadingKindOf(
  db: Db,
  rep: PersonRef,
  today: string,
): Promise<LeadingKind | null> {
  const since = addDays(today, -COMPARED_DAYS);
  const steps = await stepsOf(db, rep, since);
  return steps.length === 0 ? null : leadingKind(await touchKindsOf(db, rep, since), steps, today);
}

const A_WEEK = 7;

/** In the last check-in of a week, for its rep alone. */
export async function weekOfProspects(
  { db }: Pick<Context, 'db'>,
  { days, nudges, rep }: PlanInForce,
  date: string,
  today: string,
): Promise<KnownBlock[]> {
  if (!nudges.prospects || daysBetween(date, today) >= A_WEEK) return [];
  const isAsked = (day: string) =>
    nudges.weekdays.length === 0 || nudges.weekdays.includes(weekdayOf(day));
  if (!askedWith([...days.keys()].filter(isAsked), date).isWeekly) return [];
  const quiet = quietUnderFour(await prospectsOf(db, rep), date);
  const leading = await leadingKindOf(db, rep, date);
  return quietProspectBlocks(
    { quiet, leading, repId: rep.userId, date },
    { today: date, locale: rep.locale },
  );
}

/**
 * What was told of touches in plain words, read and not yet noted.
 * @throws UserError `unread`.
 */
export async function touchHeard(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  person: Person,
  said: string,
): Promise<Message> {
  const { workspaceId, userId, locale } = person;
  const today = localDateIn(person.timeZone, clock.now());
  const text = said.replace(/^touch(?:ed)? /iu, '');
  const known = await prospectsOf(db, { workspaceId, userId });
  const read = readTouches(text, { locale, today, known: known.map(({ name }) => name) });
  if (!read.ok) throw new UserError('unread', read.problem);
  const batch = {
    id: derivedId('heard', workspaceId, userId, text, clock.now().toISOString()),
    rep: userId,
    text,
    picks: {},
  };
  return touchHeardMessage(batch, read.lines, { userId, locale, today });
}
