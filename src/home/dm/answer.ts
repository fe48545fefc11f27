/** What is answered to somebody who asks, tells or greets: a word, the figure, or the form's button. */
import { datesMeantAt, dayScreen, isLoggable } from '../../activity/check-in/find-day.ts';
import { planInForce } from '../../activity/plan-in-force.ts';
import { findDay } from '../../activity/store.ts';
import { workedDays } from '../../activity/time-off/absence.ts';
import { readAbsence } from '../../activity/time-off/read-absence.ts';
import { awayAskMessage } from '../../activity/time-off/view.ts';
import { lostMessage, wonMessage } from '../../actuals/won/deal-screens.ts';
import { touchHeard } from '../../coaching/touches/show-prospects.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import type { ReadIntent } from '../../input/intents.ts';
import type { Person } from '../../people/store.ts';
import { statusOf } from '../../review/status/status.ts';
import { statusMessage } from '../../review/status/view.ts';
import type { Message } from '../../slack/surfaces.ts';
import { raw } from '../../slack/text.ts';
import { isWorkingDay } from '../../time/working-days.ts';
import { localDateIn } from '../../time/zone.ts';
import {
  awayOffer,
  awayReadMessage,
  greetingMessage,
  helpMessage,
  quietOffer,
  skipOffer,
  targetMessage,
  wordMessage,
} from './view.ts';
import { whoIs } from './who-is.ts';

export async function answerTo(
  context: Context,
  person: Person,
  { intent, about }: ReadIntent,
): Promise<Message> {
  switch (intent) {
    case 'thanks':
      return wordMessage('Any time.');
    case 'okay':
      return wordMessage('👍');
    case 'greeting':
      return greetingMessage((await today(context, person))?.date ?? null);
    case 'help':
      return helpMessage(context.commands, await whoIs(context, person));
    case 'stop':
    case 'pause':
      return quietOffer(about);
    case 'away':
      return awayAnswer(context, person, about === '' ? 'today' : about);
    case 'skip':
      return skipMessage(context, person);
    case 'status':
      return statusMessage(await statusOf(context, person));
    case 'target':
      return (await targetToday(context, person)) ?? statusMessage(await statusOf(context, person));
    case 'won':
      return orWhyNot(() => wonMessage(context, person, about));
    case 'lost':
      return orWhyNot(() => lostMessage(context, person, about));
    case 'touch':
      return orWhyNot(() => touchHeard(context, person, about));
  }
}

/** What was said of days, read back: nothing is entered before its button is pressed. */
async function awayAnswer(context: Context, person: Person, said: string): Promise<Message> {
  const calendar = await workedDays(context, person);
  const { locale, timeZone } = person;
  const read = readAbsence(said, {
    locale,
    today: localDateIn(timeZone, context.clock.now()),
    isWorked: (date) => isWorkingDay(calendar, date),
  });
  const facts = { person, readerId: person.userId, locale };
  if (!read.ok || (read.person !== null && read.person !== person.userId)) return awayOffer(said);
  if (read.kind === 'ask') return awayAskMessage(read, facts);
  return read.kind === 'days' ? awayReadMessage(read, person) : awayOffer(said);
}

/** Their plan, where today can be logged. */
async function today(context: Context, person: Person) {
  const plan = await planInForce(context, person);
  const date = plan?.zone.dateAt(context.clock.now());
  return plan &&
    date !== undefined &&
    date >= plan.work.period.start &&
    isLoggable([plan], date, date)
    ? { plan, date }
    : null;
}

async function targetToday(context: Context, person: Person): Promise<Message | null> {
  const found = await today(context, person);
  if (!found) return null;
  const { plan, date } = found;
  return targetMessage(await dayScreen(context, plan, date, date), person.userId);
}

async function skipMessage(context: Context, person: Person): Promise<Message> {
  const found = await today(context, person);
  if (!found) return wordMessage('There is nothing to skip: nothing is asked of you today.');
  const { plan, date } = found;
  const dates = await datesMeantAt(context, plan, context.clock.now());
  const days = await Promise.all(dates.map((day) => findDay(context, plan.rep, day)));
  const open = dates.filter((_, at) => days[at]?.state !== 'logged');
  return skipOffer({ dates: open, today: date, locale: person.locale });
}

async function orWhyNot(make: () => Promise<Message>): Promise<Message> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof UserError) return wordMessage(raw(error.text));
    throw error;
  }
}
