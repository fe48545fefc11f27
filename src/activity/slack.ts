/** Plugs in what people get and do every day, and the two small forms that its features share. */
import type { Context } from '../context.ts';
import { UserError } from '../errors.ts';
import { parseForm, readState } from '../slack/form.ts';
import { actorOf } from '../slack/request.ts';
import { moveBlock, skipBlock } from './call-blocks/call-block.ts';
import { listenToBlocks, refreshBlock } from './call-blocks/slack.ts';
import { skipDay } from './check-in/put-off-day.ts';
import { refreshDays } from './check-in/show-day.ts';
import { listenToDays, listenToReplies } from './check-in/slack.ts';
import { readPlace } from './delivery-keys.ts';
import { CALLBACK } from './ids.ts';
import { registerDayDeliveries } from './messages.ts';
import { listenToPace } from './pace/slack.ts';
import { DAY, dayPlanner } from './planner.ts';
import { listenToNudges } from './preferences/slack.ts';
import { MoveForm, SkipForm } from './schemas.ts';
import { settleSync } from './sdr-sync/settle-sync.ts';
import { listenToSyncs, refreshSync } from './sdr-sync/slack.ts';
import { listenToAbsence } from './time-off/slack.ts';

/** Adds what people get and do every day: check-ins, call blocks, syncs, time off, notes about pace. */
export function registerActivity(context: Context): void {
  listenToDays(context);
  listenToAbsence(context);
  listenToBlocks(context);
  listenToSyncs(context);
  listenToSkipAndMove(context);
  listenToNudges(context);
  listenToPace(context);
  listenToReplies(context);
  registerDayDeliveries(context);
  context.scheduler.register(DAY, dayPlanner(context));
}

/** `day:date`, `block:date:id`, `sync:date:rep`: what a form is about. */
function readAbout(metadata: string) {
  const [what = '', ...rest] = metadata.split(':');
  return { what, ...readPlace(rest.join(':')) };
}

export function listenToSkipAndMove(context: Context): void {
  const { app } = context;

  app.view(CALLBACK.skip, async ({ ack, body, view }) => {
    const who = actorOf(body);
    const { what, date, slot } = readAbout(view.private_metadata);
    if (what === 'sync') {
      const found = await settleSync(context, who, { date, repId: slot }, { state: 'skipped' });
      await ack();
      return refreshSync(context, found);
    }
    const form = parseForm(SkipForm, readState(view.state.values));
    if (!form.ok) return ack({ response_action: 'errors', errors: form.errors });
    if (what === 'day') {
      await skipDay(context, who, date, form.value);
      await ack();
      return refreshDays(context, who, [date]);
    }
    const found = await skipBlock(context, who, { date, blockId: slot }, form.value.reason);
    await ack();
    return refreshBlock(context, who, found);
  });

  app.view(CALLBACK.move, async ({ ack, body, view }) => {
    const who = actorOf(body);
    const { what, date, slot } = readAbout(view.private_metadata);
    const state = readState(view.state.values);
    const form = parseForm(MoveForm, state);
    if (!form.ok) return ack({ response_action: 'errors', errors: form.errors });
    const { time } = form.value;
    try {
      if (what === 'block') {
        const found = await moveBlock(context, who, { date, blockId: slot }, time);
        await ack();
        return await refreshBlock(context, who, found);
      }
      const found = await settleSync(context, who, { date, repId: slot }, { state: 'moved', time });
      await ack();
      return await refreshSync(context, found);
    } catch (error) {
      if (!(error instanceof UserError) || error.code !== 'too_late') throw error;
      return ack({
        response_action: 'errors',
        errors: { [state.blockIds.time ?? 'time']: error.text },
      });
    }
  });
}
