/** The forms about when a pair meets, and what is said of a change, as one of the two reads it. */

import { z } from 'zod';
import { timeField } from '../../input/schemas.ts';
import { mentions } from '../../people/names-view.ts';
import type { Side } from '../../plan/access.ts';
import { readerOf } from '../../plan/access.ts';
import type { RawFields } from '../../slack/fields.ts';
import { type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import { wallTimeIn, zoneOf } from '../../time/zone.ts';
import { monthText, withoutFigures } from '../words-view.ts';
import { type OpenMonth, offOn, otherOf } from './move-review.ts';
import type { MeetingFormScreen, MeetingPlace, MoveScreen } from './move-view.ts';
import { meetingTime } from './show-schedule.ts';
import { meetingText } from './when-view.ts';

/** The place with the changes that there are by now: what is submitted next knows of them. */
export function placeNow({ scheduled }: OpenMonth, place: MeetingPlace): MeetingPlace {
  return { ...place, moves: scheduled.review?.moves ?? 0 };
}

/** `raw`: what stands in the form. */
export function meetingFormScreen(
  month: OpenMonth,
  about: MeetingPlace,
  raw: RawFields = {},
): MeetingFormScreen {
  return {
    about,
    style: withoutFigures(readerOf(month).locale),
    raw,
    rev: '0',
    name: nameOf(month),
    at: timeIn(month, month.scheduled.meeting.at),
    otherId: otherOf(month)?.userId ?? null,
  };
}

const Day = z.iso.date();
const Time = timeField();

/** What is no date or time in `raw` isn't taken. */
export function moveScreen(month: OpenMonth, about: MeetingPlace, raw: RawFields = {}): MoveScreen {
  const reader = readerOf(month);
  const { meeting, state } = month.scheduled;
  const now = wallTimeIn(reader.timeZone, meeting.at);
  const date = Day.safeParse(raw.date).data ?? now.date;
  const time = Time.safeParse(raw.time).data ?? now.time;
  const at = zoneOf(reader.timeZone).instantAt(date, time);
  const isNew = at.getTime() !== meeting.at.getTime();
  return {
    ...meetingFormScreen(month, about, { ...raw, date, time }),
    timeZone: reader.timeZone,
    picked: isNew ? { at: timeIn(month, at), off: offIds(month, at) } : null,
    latest: wallTimeIn(reader.timeZone, month.latest),
    isOpen: state === 'open',
  };
}

const nameOf = (month: OpenMonth): string =>
  monthText(month.scheduled.span, readerOf(month).locale);

/** When they meet, on the clocks of both. */
const timeOf = (month: OpenMonth): Mrkdwn =>
  meetingText(timeIn(month, month.scheduled.meeting.at), readerOf(month).locale);

function timeIn(month: OpenMonth, at: Date) {
  return meetingTime(at, readerOf(month), otherOf(month));
}

function offIds(month: OpenMonth, at: Date): string[] {
  const idOf = (side: Side) => readerOf({ pair: month.pair, side }).userId;
  return offOn(month, at).map(idOf);
}

/** `✓ The 1:1 about March is on Thu 8 Apr, 14:00. …`, to whoever has just moved it. */
export function movedText(month: OpenMonth): Mrkdwn {
  const off = offIds(month, month.scheduled.meeting.at);
  const warning = off.length > 0 ? mrkdwn` No working day for ${mentions(off)}.` : '';
  return mrkdwn`${heldText(month)}${warning}${heardText(month)}`;
}

export const heldText = (month: OpenMonth): Mrkdwn =>
  mrkdwn`✓ *The 1:1 about ${nameOf(month)} is on: ${timeOf(month)}.*`;

export const skippedText = (month: OpenMonth): Mrkdwn =>
  mrkdwn`✓ *The 1:1 about ${nameOf(month)} is skipped.*${heardText(month)}`;

export function heardText(month: OpenMonth): Mrkdwn {
  const other = otherOf(month);
  return other ? mrkdwn` ${mention(other.userId)} hears of it now.` : mrkdwn``;
}

/** What somebody else did while a form was open. */
export function meanwhileText(month: OpenMonth): Mrkdwn {
  const { review, state } = month.scheduled;
  const by = state === 'skipped' ? review?.skippedBy : review?.movedBy;
  const who = by ? mention(by) : mrkdwn`Somebody`;
  const why = review?.reason ? mrkdwn`: “${review.reason}”` : mrkdwn`.`;
  const what =
    state === 'skipped'
      ? mrkdwn`${who} has skipped it meanwhile${why}`
      : mrkdwn`It has changed meanwhile: it is on ${timeOf(month)} now${by ? mrkdwn`, says ${who}` : ''}${why}`;
  return mrkdwn`:wave: ${what} Nothing of yours is lost, and nothing of it is done yet.`;
}
