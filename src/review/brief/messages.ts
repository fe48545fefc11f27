/** When the weekly brief is posted, and what becomes of it where its channel doesn't take it. */
import { reachable } from '../../activity/can-notify.ts';
import type { Context, Deps } from '../../context.ts';
import { keyFor, type NewDelivery } from '../../outbox/delivery.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import { noteRefusedThere, noteTakenThere } from '../../people/channels/channel-shut.ts';
import { findPerson } from '../../people/store.ts';
import type { Planner } from '../../scheduler/scheduler.ts';
import { addDays, mondayOf, weekdayOf } from '../../time/local-date.ts';
import { localDateIn, type Zone, zoneOf } from '../../time/zone.ts';
import { type BriefFigures, briefFigures } from './brief-figures.ts';
import { type BriefSettings, briefSettings } from './store.ts';
import { briefLostMessage, briefMessage } from './view.ts';

/** The scheduler's name for it. */
export const BRIEF = 'brief';

/** Key: the week's Monday; subject: `brief:` and that. */
const WEEKLY_BRIEF = 'weekly_brief';
const BRIEF_LOST = 'weekly_brief_lost';
/** Later in the day it is no brief for the meeting. */
const WORTH_MS = 6 * 3_600_000;

const subjectOf = (week: string) => `brief:${week}`;
const weekIn = (subject: string) => subject.slice('brief:'.length);

/** Plans the brief of whoever set it up, by their clocks. */
export function briefPlanner({ outbox }: Pick<Deps, 'outbox'>): Planner {
  return async (tx, who, { after, now }) => {
    const settings = await briefSettings(tx, who.workspaceId);
    if (settings?.setBy !== who.userId) return null;
    const person = await findPerson(tx, who);
    if (!person) return null;
    const zone = zoneOf(person.timeZone);
    for (let at = nextBrief(settings, zone, after); at <= now; at = nextBrief(settings, zone, at)) {
      const week = mondayOf(zone.dateAt(at));
      const brief: NewDelivery = { ...keyFor(who, WEEKLY_BRIEF, week), subject: subjectOf(week) };
      await outbox.enqueue(tx, { ...brief, dueAt: at, sendBy: new Date(at.getTime() + WORTH_MS) });
    }
    return nextBrief(settings, zone, now);
  };
}

/** The first one after an instant. */
function nextBrief({ weekday, time }: BriefSettings, zone: Zone, after: Date): Date {
  for (let date = zone.dateAt(after); ; date = addDays(date, 1)) {
    const at = zone.instantAt(date, time);
    if (weekdayOf(date) === weekday && at > after) return at;
  }
}

interface Brief {
  figures: BriefFigures;
  today: string;
}

export const briefMessages = (context: Context): MessageKind[] => [
  messageKind<Brief>({
    kind: WEEKLY_BRIEF,
    weight: 'channel',
    isKept: true,
    async load({ workspaceId, subject, message, reader }) {
      const now = context.clock.now();
      const figures = await briefFigures(context, workspaceId, weekIn(subject), now);
      if (!figures || figures.settings.setBy !== reader.userId) return null;
      // In another channel it would be news to others.
      if (message && message.channel !== figures.settings.channelId) return null;
      const person = await findPerson(context.db, reader);
      return { figures, today: localDateIn(person?.timeZone ?? 'UTC', now) };
    },
    render: ({ figures, today }) => briefMessage(figures, today),
    to: ({ figures }) => ({ channel: figures.settings.channelId }),
    sent: (tx, delivery) => noteTakenThere(tx, context, delivery),
    async lost(tx, { reader, subject }, problem) {
      const settings = await briefSettings(tx, reader.workspaceId);
      if (settings && (await noteRefusedThere(tx, context, settings, { code: problem }))) return;
      const key = keyFor(reader, BRIEF_LOST, weekIn(subject));
      await context.outbox.enqueue(tx, { ...key, subject });
    },
  }),
  messageKind<BriefSettings>({
    kind: BRIEF_LOST,
    weight: 'must',
    async load({ reader }) {
      const person = await reachable(context, reader);
      const settings = person && (await briefSettings(context.db, reader.workspaceId));
      return settings?.setBy === reader.userId ? settings : null;
    },
    render: briefLostMessage,
  }),
];
