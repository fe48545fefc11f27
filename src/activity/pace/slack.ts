/** What a rep makes of a note about their pace. */
import type { Context } from '../../context.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { actions, button } from '../../slack/blocks.ts';
import { parseForm, readState } from '../../slack/form.ts';
import { formatDate } from '../../slack/format.ts';
import { actorOf, clickedValue } from '../../slack/request.ts';
import { type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import { openView } from '../../slack/views.ts';
import { silentDays } from '../check-in/find-day.ts';
import { replace } from '../check-in/show-day.ts';
import { DELIVERY } from '../delivery-keys.ts';
import { ACTION, CALLBACK } from '../ids.ts';
import { ObstacleForm } from '../schemas.ts';
import type { Episode } from '../store.ts';
import { formOf } from '../time-off/slack.ts';
import { counted } from '../words-view.ts';
import {
  keepToMyself,
  mustOwnEpisode,
  nameObstacle,
  startCatchUp,
  stopCatchUp,
  tellManager,
} from './answer-note.ts';
import { isLow } from './episode-rules.ts';
import { EpisodeFigures } from './figures-schemas.ts';
import { causesText, obstacleForm, paceAnsweredMessage } from './view.ts';

export function listenToPace(context: Context): void {
  const { app } = context;

  app.action(ACTION.catchUp, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const actor = actorOf(body);
    const { locale } = await meetPerson(context, actor.workspaceId, actor.userId);
    const { episode, catchUp } = await startCatchUp(context, actor, clickedValue(body));
    const { activity, perDay, until } = catchUp;
    const words = mrkdwn`✓ *The catch-up plan is on:* ${counted(activity, perDay, locale)} a day until ${formatDate(until, locale, 'day')}. Your check-ins ask for that now.`;
    await answered(episode, locale, words, [
      actions([
        button('Stop it', {
          actionId: ACTION.catchUpStop,
          value: episode.id,
          spoken: 'Stop the catch-up plan',
        }),
      ]),
    ]);
  });

  app.action(ACTION.catchUpStop, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const actor = actorOf(body);
    const { locale } = await meetPerson(context, actor.workspaceId, actor.userId);
    const episode = await stopCatchUp(context, actor, clickedValue(body));
    await answered(episode, locale, mrkdwn`The catch-up plan is off: the plan’s own numbers hold.`);
  });

  app.action(ACTION.obstacle, async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const episode = await mustOwnEpisode(context, actorOf(body), clickedValue(body));
    await openView(client, body.trigger_id, obstacleForm(episode.id, episode));
  });

  app.view(CALLBACK.obstacle, async ({ ack, body, view }) => {
    const actor = actorOf(body);
    const form = parseForm(ObstacleForm, readState(view.state.values));
    if (!form.ok) return ack({ response_action: 'errors', errors: form.errors });
    const { causes, words } = form.value;
    const episode = await nameObstacle(context, actor, view.private_metadata, { causes, words });
    await ack();
    const { locale } = await meetPerson(context, actor.workspaceId, actor.userId);
    await answered(episode, locale, causesText(causes, words), [
      actions([button('Edit', { actionId: ACTION.obstacle, value: episode.id })]),
    ]);
  });

  app.action(ACTION.wasAway, async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const actor = actorOf(body);
    await mustOwnEpisode(context, actor, clickedValue(body));
    const reader = await meetPerson(context, actor.workspaceId, actor.userId);
    const notice = mrkdwn`*Which days were you away?* They stop counting, also those that have passed.`;
    const initial = await silentDays(context, actor);
    const form = await formOf(context, reader, actor.userId, {
      notice,
      ...(initial && { initial }),
    });
    await openView(client, body.trigger_id, form);
  });

  app.action(ACTION.tellManager, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const actor = actorOf(body);
    const { episode, manager } = await tellManager(context, actor, clickedValue(body));
    const { locale } = await meetPerson(context, actor.workspaceId, actor.userId);
    await answered(episode, locale, mrkdwn`✓ ${mention(manager.userId)} sees this line now.`);
  });

  app.action(ACTION.keep, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const actor = actorOf(body);
    const episode = await keepToMyself(context, actor, clickedValue(body));
    const { locale } = await meetPerson(context, actor.workspaceId, actor.userId);
    const isTold = episode.answer === 'told_manager';
    const words = isTold
      ? mrkdwn`Your manager was shown this line already.`
      : mrkdwn`Kept to yourself.`;
    await answered(episode, locale, words);
  });

  /** The note shows what was done with it. */
  async function answered(
    episode: Episode,
    locale: string,
    outcome: Mrkdwn,
    more: Parameters<typeof paceAnsweredMessage>[2] = [],
  ): Promise<void> {
    const { workspaceId: team, userId: person, id: key } = episode;
    const figures = EpisodeFigures.parse(episode.figures);
    const low = isLow(episode);
    const screen = { episodeId: key, figures, low, locale, managerId: null };
    const words = paceAnsweredMessage(screen, outcome, more);
    for (const { message } of await context.outbox.find({
      team,
      person,
      kind: DELIVERY.pace,
      key,
    })) {
      if (message) await replace(context, message, words);
    }
  }
}
