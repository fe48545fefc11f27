/** Time off as somebody who may see it is shown it: the form, and what was just entered. */
import type { Context } from '../../context.ts';
import { styleWithoutMoney } from '../../people/settings/view.ts';
import { type Person, teamLedBy } from '../../people/store.ts';
import type { Message } from '../../slack/surfaces.ts';
import type { SlackText } from '../../slack/text.ts';
import { workingDays } from '../../time/working-days.ts';
import { localDateIn } from '../../time/zone.ts';
import { planInForce } from '../plan-in-force.ts';
import type { Absence } from '../store.ts';
import { mustManage, recentAbsences } from './absence.ts';
import { awayForm, awayMessage } from './view.ts';

/** `initial`: what the date fields begin with. @throws UserError `not_yours`. */
export async function awayFormOf(
  context: Context,
  reader: Person,
  personId: string,
  more: { notice?: SlackText; initial?: { from: string; to: string } } = {},
) {
  const person = await mustManage(context, reader, personId);
  const now = context.clock.now();
  const team = await teamLedBy(context.db, reader);
  const style = styleWithoutMoney(reader.locale);
  return awayForm.view({
    about: person.userId,
    style,
    raw: more.initial ? awayForm.write(more.initial, style) : {},
    // Another showing of the form starts afresh.
    rev: `${now.getTime().toString(36)}-${person.userId}`,
    person,
    readerId: reader.userId,
    entries: await recentAbsences(context, person, localDateIn(reader.timeZone, now)),
    reps: (team?.members ?? []).filter(({ deactivated }) => !deactivated).slice(0, 99),
    notice: more.notice,
  });
}

export async function enteredMessage(
  context: Context,
  entry: Absence & { person: Person },
  reader: Person,
): Promise<Message> {
  const plan = await planInForce(context, entry.person);
  // The days that would have been worked: what other absences take from them is not in question.
  const calendar = plan
    ? { ...plan.calendar, timeOff: [] }
    : { workdays: ['mon', 'tue', 'wed', 'thu', 'fri'] as const, holidays: [], timeOff: [] };
  return awayMessage(entry, {
    person: entry.person,
    readerId: reader.userId,
    locale: reader.locale,
    workingDays: workingDays(calendar, entry.from, entry.to),
  });
}
