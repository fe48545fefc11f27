/** How a reader stands at an instant, as the gate asks: away, paused, in a call block, silent, and what is still to come. */
import type { Store } from '../db/store.ts';
import {
  type Budget,
  budgetOf,
  LEADER_BUDGET,
  type ReaderNow,
  USUAL_BUDGET,
} from '../outbox/budget-rules.ts';
import type { ReaderNowOf } from '../outbox/gate.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { findPerson, type Person, teamLedBy, workspaceOf } from '../people/store.ts';
import { addDays, mondayOf, WEEKDAYS, weekdayOf } from '../time/local-date.ts';
import { type Zone, zoneOf } from '../time/zone.ts';
import { blocksOn } from './call-blocks/blocks-of-day.ts';
import { checkInKey } from './delivery-keys.ts';
import { type PlanInForce, planInForce } from './plan-in-force.ts';
import { isAskedOn, PAUSED_FOR_GOOD } from './schedule-rules.ts';
import { quietnessOn } from './silence.ts';
import { lastAsked, type Quietness } from './silence-rules.ts';
import { absencesOf, findDay, type Nudges, nudgesOf } from './store.ts';

/** What is left of the budget that somebody chose, where they answer nothing. */
function budgetWhile(quietness: Quietness, chosen: Budget): Budget {
  if (quietness === 'usual') return chosen;
  return quietness === 'weekly' ? { perDay: 1, perWeek: 1 } : { ...chosen, perDay: 1 };
}

/** As they chose it; the usual of one who leads and neither sells nor manages is a leader's. */
async function chosenBudget(
  { db }: Store,
  person: Person,
  { perDay }: Pick<Nudges, 'perDay'>,
  plan: PlanInForce | null,
): Promise<Budget> {
  const chosen = budgetOf(perDay);
  if (chosen !== USUAL_BUDGET || !person.leader || person.manager || plan) return chosen;
  const team = await teamLedBy(db, person);
  return team && team.members.length > 0 ? chosen : LEADER_BUDGET;
}

/** When days away and pauses are over. */
const BACK = '09:00';

type Reading = Store & { outbox: Pick<Outbox, 'find'> };

export const readerNowOf =
  (reading: Reading): ReaderNowOf =>
  async (who, now) => {
    const person = await findPerson(reading.db, who);
    if (!person) return null;
    const zone = zoneOf(person.timeZone);
    const today = zone.dateAt(now);
    const plan = await planInForce({ ...reading, clock: { now: () => now } }, person);
    const nudges = plan?.nudges ?? (await nudgesOf(reading, person));
    const { workdays } = plan?.calendar ?? (await workspaceOf(reading.db, person.workspaceId));
    const quietness = plan ? await quietnessOn(reading, person, today) : 'usual';
    const day = plan && (await findDay(reading, person, today));
    const isAnswered = day?.state === 'logged' || day?.state === 'skipped';
    const asked = plan ? await questionsOf(reading, plan, { today, isAnswered }) : NO_QUESTIONS;
    const isOwnDay = lastAsked(asked.week, weekOf(today)) === today;
    return {
      zone,
      workdays: WEEKDAYS.filter((day) => workdays.includes(day)),
      budget: budgetWhile(quietness, await chosenBudget(reading, person, nudges, plan)),
      closed: await closedNow(reading, person, plan, { zone, today, nudges }),
      block: plan && !isAnswered ? await blockNow(reading, plan, today, now) : null,
      isSilent: quietness !== 'usual',
      isAskedToday: quietness !== 'weekly' || isOwnDay,
      questions: asked.toCome,
      workdaysLeft: plan
        ? [...plan.days.keys()].filter((date) => date >= today && date <= weekOf(today).sunday)
            .length
        : WEEKDAYS.slice(WEEKDAYS.indexOf(weekdayOf(today))).filter((day) => workdays.includes(day))
            .length,
    } satisfies ReaderNow;
  };

function weekOf(date: string) {
  const monday = mondayOf(date);
  return { monday, sunday: addDays(monday, 6) };
}

const NO_QUESTIONS = { week: [], toCome: { today: 0, thisWeek: 0 } };

/** The dates of the week with a check-in, and how many of them are still to come. */
async function questionsOf(
  reading: Reading,
  plan: PlanInForce,
  { today, isAnswered }: { today: string; isAnswered: boolean },
) {
  const { nudges, days, calendar, rep } = plan;
  if (!nudges.checkIns) return NO_QUESTIONS;
  const { monday, sunday } = weekOf(today);
  const week = [...days.keys()].filter(
    (date) => date >= monday && date <= sunday && isAskedOn(nudges, calendar, date),
  );
  const [delivery] = await reading.outbox.find(checkInKey(rep, today));
  const isToCome = !isAnswered && (!delivery || delivery.state === 'planned');
  const isToday = week.includes(today) && isToCome ? 1 : 0;
  const later = week.filter((date) => date > today).length;
  return { week, toCome: { today: isToday, thisWeek: isToday + later } };
}

/** Away or paused today, and when that is over, however pauses and absences follow one another. */
async function closedNow(
  store: Store,
  person: Person,
  plan: PlanInForce | null,
  { zone, today, nudges }: { zone: Zone; today: string; nudges: Nudges },
): Promise<ReaderNow['closed']> {
  const { pausedUntil } = nudges;
  const off = [
    // Half a day leaves one on which they are there.
    ...(await absencesOf(store.db, person, today)).filter(({ share }) => share === 1),
    ...(plan?.work.calendar.timeOff ?? []),
  ];
  const isPaused = pausedUntil !== null && pausedUntil > today;
  let date = today;
  for (let before = ''; before !== date; ) {
    before = date;
    if (pausedUntil !== null && pausedUntil > date) date = pausedUntil;
    for (const { from, to } of off) if (from <= date && date <= to) date = addDays(to, 1);
    // Until they say so: looked at again each day.
    if (date >= PAUSED_FOR_GOOD)
      return { reason: 'paused', until: zone.instantAt(addDays(today, 1), BACK) };
  }
  if (date === today) return null;
  return { reason: isPaused ? 'paused' : 'away', until: zone.instantAt(date, BACK) };
}

/** The call block under way. */
async function blockNow(
  store: Store,
  plan: PlanInForce,
  today: string,
  now: Date,
): Promise<ReaderNow['block']> {
  const under = (await blocksOn(store, plan, today)).filter(
    ({ isSettled, startsAt, endsAt }) => !isSettled && startsAt <= now && now < endsAt,
  );
  const last = under.sort((a, b) => a.endsAt.getTime() - b.endsAt.getTime()).at(-1);
  return last ? { subject: last.subject, until: last.endsAt } : null;
}
