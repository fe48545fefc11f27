/** What a rep makes of a note about their pace. */
import type { Context } from '../../context.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { styleWithoutMoney } from '../../people/settings/view.ts';
import { mrkdwn } from '../../slack/text.ts';
import { silentDays } from '../check-in/find-day.ts';
import {
  paceCatchUp,
  paceCatchUpStop,
  paceChangedOpen,
  paceKeep,
  paceObstacleOpen,
  paceTellManager,
  paceWasAway,
} from '../ids.ts';
import { awayFormOf } from '../time-off/absence.ts';
import {
  keepToMyself,
  mustOwnEpisode,
  nameObstacle,
  sayWhatChanged,
  startCatchUp,
  stopCatchUp,
  tellManager,
} from './answer-note.ts';
import { changedForm, obstacleForm } from './view.ts';

export function listenToPace(context: Context): void {
  const { on } = context;

  on.click(paceCatchUp, ({ actor, value: id }) => startCatchUp(context, actor, id));
  on.click(paceCatchUpStop, ({ actor, value: id }) => stopCatchUp(context, actor, id));
  on.click(paceTellManager, ({ actor, value: id }) => tellManager(context, actor, id));
  on.click(paceKeep, ({ actor, value: id }) => keepToMyself(context, actor, id));

  on.click(paceChangedOpen, ({ actor, value: id, open }) =>
    open(async () => {
      const { note, answer } = await mustOwnEpisode(context, actor, id);
      const style = styleWithoutMoney('en-US');
      const readers = answer === 'shared' ? 'manager' : 'me';
      const raw = changedForm.write({ words: note ?? '', readers }, style);
      return changedForm.view({ about: id, style, raw, rev: '0' });
    }),
  );

  on.submit(changedForm, async ({ actor, about: id, read }) =>
    sayWhatChanged(context, actor, id, read(styleWithoutMoney('en-US'))),
  );

  on.click(paceObstacleOpen, ({ actor, value: id, open }) =>
    open(async () => {
      const { causes, note } = await mustOwnEpisode(context, actor, id);
      const style = styleWithoutMoney('en-US');
      const raw = obstacleForm.write({ causes, words: note }, style);
      return obstacleForm.view({ about: id, style, raw, rev: '0' });
    }),
  );

  on.submit(obstacleForm, async ({ actor, about: id, read }) =>
    nameObstacle(context, actor, id, read(styleWithoutMoney('en-US'))),
  );

  on.click(paceWasAway, ({ actor, value: id, open }) =>
    open(async () => {
      await mustOwnEpisode(context, actor, id);
      const reader = await meetPerson(context, actor);
      const notice = mrkdwn`*Which days were you away?* They stop counting, also those that have passed.`;
      const initial = await silentDays(context, actor);
      return awayFormOf(context, reader, actor.userId, { notice, ...(initial && { initial }) });
    }),
  );
}
