/** `/bigplan review`: a pair's 1:1s, month by month, and moving, skipping and holding them. */
import type { BlockAction, ViewResponseAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { replace } from '../../activity/check-in/show-day.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { meetPerson } from '../../people/meet-person.ts';
import type { Person } from '../../people/store.ts';
import { pairOf, readerOf } from '../../plan/access.ts';
import { section } from '../../slack/blocks.ts';
import { parseForm, readState } from '../../slack/form.ts';
import { fitView } from '../../slack/limits.ts';
import { actorOf, clickedValue } from '../../slack/request.ts';
import { message } from '../../slack/surfaces.ts';
import { mention, mrkdwn, type SlackText } from '../../slack/text.ts';
import { openView, showOver, updateView } from '../../slack/views.ts';
import { zoneOf } from '../../time/zone.ts';
import { showCauses } from '../causes/slack.ts';
import { ACTION, CALLBACK } from '../ids.ts';
import { mustBeOf, mustJoin } from '../pair.ts';
import { prepDaysOf } from '../store.ts';
import { refreshMeeting } from './messages.ts';
import {
  canMove,
  canSkip,
  holdReview,
  type MonthPlace,
  type MoveOutcome,
  moveReview,
  mustOpenMonth,
  readMonth,
  setPrepDays,
  skipReview,
} from './move-review.ts';
import { moveFields, SettingsFields, SkipFields } from './move-schemas.ts';
import {
  type FormPlace,
  movedView,
  moveForm,
  prepDaysText,
  readPlace,
  settingsForm,
  skipForm,
} from './move-view.ts';
import {
  formScreen,
  heardText,
  heldText,
  meanwhileText,
  movedText,
  moveScreen,
  placeNow,
  skippedText,
  typedIn,
} from './show-move.ts';
import { firstView, readWhose, scheduleOf } from './show-schedule.ts';

/** Which field a refusal of a time belongs to. */
const FIELDS: Record<string, string> = {
  at_past: 'time',
  at_same: 'time',
  at_early: 'date',
  at_late: 'date',
};

const TIME_OVER = mrkdwn`:wave: Its time is over: pick a new one.`;

export function listenToSchedule(context: Context): void {
  const { app, client, clock, commands } = context;

  commands.subcommand(
    'review',
    async ({ teamId, userId, args, triggerId }) => {
      const actor = { workspaceId: teamId, userId };
      if (/^causes?$/i.test(args)) return showCauses(context, actor, triggerId);
      const reader = await meetPerson(context, teamId, userId);
      const view = await firstView(context, reader, readWhose(args), clock.now());
      return view ? openView(client, triggerId, view) : showCauses(context, actor, triggerId);
    },
    'your monthly 1:1s: when, how the months stand, move or skip one; a manager may name a rep',
  );

  app.action(ACTION.pickRep, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions' || !body.view) return;
    const { workspaceId, userId } = actorOf(body);
    const reader = await meetPerson(context, workspaceId, userId);
    const schedule = await scheduleOf(context, reader, { repId: clickedValue(body) }, clock.now());
    await updateView(client, body.view.id, schedule);
  });

  app.action(ACTION.monthMenu, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const [what, ...place] = clickedValue(body).split(':');
    const open = what === 'skip' ? openSkip : openMove;
    await open(body, readMonth(place.join(':')));
  });

  for (const [action, open] of [
    [ACTION.moveMonth, openMove],
    [ACTION.skipMonth, openSkip],
  ] as const) {
    app.action(action, async ({ ack, body }) => {
      await ack();
      if (body.type === 'block_actions') await open(body, readMonth(clickedValue(body)));
    });
  }

  for (const [action, open] of [
    [ACTION.moveOpen, openMove],
    [ACTION.skipOpen, openSkip],
  ] as const) {
    app.action(action, async ({ ack, body }) => {
      await ack();
      if (body.type === 'block_actions') await open(body, await placeIn(body));
    });
  }

  app.action(ACTION.hold, async ({ ack, body, respond }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const actor = actorOf(body);
    const place = await placeIn(body);
    const now = clock.now();
    const month = await mustOpenMonth(context, actor, place, now);
    const { state, meeting } = month.scheduled;
    if (state === 'skipped' && meeting.at <= now) return openMove(body, place, TIME_OVER);
    const held = await holdReview(context, actor, place);
    const done = held ? mrkdwn`${heldText(held.month)}${heardText(held.month)}` : heldText(month);
    if (isSchedule(body)) {
      await showSchedule(body.view.id, readerOf(month), place.repId, done);
    } else if (held && body.message && body.channel) {
      const at = { channel: body.channel.id, ts: body.message.ts };
      await replace(context, at, message(done, [section(done)]));
    } else {
      await respond({ response_type: 'ephemeral', replace_original: false, text: done.mrkdwn });
    }
    if (held) await refreshMeeting(context, held.review);
  });

  app.action(
    { action_id: new RegExp(`^${ACTION.moveTyped}\\.`), type: 'block_actions' },
    async ({ ack, body }) => {
      await ack();
      if (!body.view) return;
      const place = readPlace(body.view.private_metadata);
      const month = await mustOpenMonth(context, actorOf(body), place, clock.now());
      const typed = typedIn(readState(body.view.state.values));
      await updateView(client, body.view.id, moveForm(moveScreen(month, place, typed)));
    },
  );

  app.view(CALLBACK.move, async ({ ack, body, view }) => {
    const actor = actorOf(body);
    const place = readPlace(view.private_metadata);
    const state = readState(view.state.values);
    const { locale, timeZone } = await meetPerson(context, actor.workspaceId, actor.userId);
    const form = parseForm(moveFields(locale), state);
    if (!form.ok) return ack({ response_action: 'errors', errors: form.errors });
    const { date, time, reason } = form.value;
    const at = zoneOf(timeZone).instantAt(date, time);
    let outcome: MoveOutcome;
    try {
      outcome = await moveReview(context, actor, { ...place, at, reason });
    } catch (error) {
      const field = error instanceof UserError ? FIELDS[error.code] : undefined;
      if (!(error instanceof UserError) || !field) throw error;
      const errors = { [state.blockIds[field] ?? field]: error.text };
      return ack({ response_action: 'errors', errors });
    }
    const { month } = outcome;
    if (outcome.kind === 'meanwhile') {
      const screen = moveScreen(month, placeNow(month, place), form.value);
      return ack(updated(moveForm({ ...screen, notice: meanwhileText(month) })));
    }
    const done = movedText(month);
    await ack(answerTo(view, place, done));
    await showUnder(view, place, readerOf(month), done);
    await refreshMeeting(context, outcome.review);
  });

  app.view(CALLBACK.skip, async ({ ack, body, view }) => {
    const place = readPlace(view.private_metadata);
    const form = parseForm(SkipFields, readState(view.state.values));
    if (!form.ok) return ack({ response_action: 'errors', errors: form.errors });
    const { reason } = form.value;
    const outcome = await skipReview(context, actorOf(body), { ...place, reason });
    const { month } = outcome;
    if (outcome.kind === 'meanwhile' && month.scheduled.state !== 'skipped') {
      const screen = formScreen(month, placeNow(month, place), reason);
      return ack(updated(skipForm({ ...screen, notice: meanwhileText(month) })));
    }
    const done = outcome.kind === 'changed' ? skippedText(month) : meanwhileText(month);
    await ack(answerTo(view, place, done));
    await showUnder(view, place, readerOf(month), done);
    if (outcome.kind === 'changed') await refreshMeeting(context, outcome.review);
  });

  app.action(ACTION.settingsOpen, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const actor = actorOf(body);
    const { rep, ...pair } = await pairOf(context.db, actor.workspaceId, clickedValue(body));
    const side = mustBeOf({ rep, ...pair }, actor);
    const prepDays = await prepDaysOf(context.db, rep);
    const place = { repId: rep.userId, month: '', moves: 0, over: isSchedule(body) };
    await showOver(client, body, settingsForm({ place, isOwn: side === 'rep', prepDays }));
  });

  app.view(CALLBACK.settings, async ({ ack, body, view }) => {
    const actor = actorOf(body);
    const place = readPlace(view.private_metadata);
    const form = parseForm(SettingsFields, readState(view.state.values));
    if (!form.ok) return ack({ response_action: 'errors', errors: form.errors });
    const { prepDays } = form.value;
    await setPrepDays(context, actor, { repId: place.repId, prepDays });
    const reader = await meetPerson(context, actor.workspaceId, actor.userId);
    const whom =
      place.repId === actor.userId ? mrkdwn`You are` : mrkdwn`${mention(place.repId)} is`;
    const done = mrkdwn`✓ *Saved.* ${whom} asked ${prepDaysText(prepDays)} before each 1:1.`;
    await ack(answerTo(view, place, done));
    await showUnder(view, place, reader, done);
  });

  async function openMove(body: BlockAction, at: MonthPlace, notice?: SlackText): Promise<void> {
    const now = clock.now();
    const month = await mustOpenMonth(context, actorOf(body), at, now);
    if (!canMove(month, now)) {
      throw new UserError('review_over', 'That 1:1 is over: there is nothing to move any more.');
    }
    const place = placeNow(month, { ...at, moves: 0, over: isSchedule(body) });
    await showOver(client, body, moveForm({ ...moveScreen(month, place), notice }));
  }

  async function openSkip(body: BlockAction, at: MonthPlace): Promise<void> {
    const month = await mustOpenMonth(context, actorOf(body), at, clock.now());
    if (!canSkip(month)) {
      throw new UserError(
        'review_over',
        'That 1:1 has begun, or is over: it can’t be skipped now.',
      );
    }
    const place = placeNow(month, { ...at, moves: 0, over: isSchedule(body) });
    await showOver(client, body, skipForm(formScreen(month, place)));
  }

  /** The month of the review that a button names. */
  async function placeIn(body: BlockAction): Promise<MonthPlace> {
    const { review } = await mustJoin(context, actorOf(body), clickedValue(body));
    return { repId: review.repId, month: review.month };
  }

  async function showSchedule(viewId: string, reader: Person, repId: string, notice: SlackText) {
    const schedule = await scheduleOf(context, reader, { repId, notice }, clock.now());
    await updateView(client, viewId, schedule);
  }

  /** The schedule under a form that has just closed shows what came of it. */
  async function showUnder(view: Under, place: FormPlace, reader: Person, notice: SlackText) {
    const under = underOf(view, place);
    if (under !== null) await showSchedule(under, reader, place.repId, notice);
  }
}

interface Under {
  previous_view_id: string | null;
}

const underOf = ({ previous_view_id }: Under, { over }: FormPlace) =>
  over ? previous_view_id : null;

/** A form over the schedule closes; one from a message says itself what came of it. */
function answerTo(
  view: Under,
  place: FormPlace,
  notice: SlackText,
): ViewResponseAction | undefined {
  return underOf(view, place) === null ? updated(movedView(notice)) : undefined;
}

const updated = (view: ModalView): ViewResponseAction => ({
  response_action: 'update',
  view: fitView(view),
});

function isSchedule(body: BlockAction): body is BlockAction & { view: { id: string } } {
  return body.view?.callback_id === CALLBACK.schedule;
}
