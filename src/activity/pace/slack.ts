/** What a rep makes of a note about their pace. */
import type { ModalView } from '@slack/types';
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { styleWithoutMoney } from '../../people/settings/view.ts';
import { findOwnPlan } from '../../plan/open-plan.ts';
import { weekOf } from '../../plan/week-rules.ts';
import { stepToday } from '../../plan/wizard/open-form.ts';
import { addCallBlock } from '../../plan/wizard/rows/add-call-block.ts';
import { mrkdwn } from '../../slack/text.ts';
import { mustHavePlan, silentDays } from '../check-in/find-day.ts';
import {
  paceCatchUp,
  paceCatchUpStop,
  paceChangedOpen,
  paceHoursOpen,
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
import { EpisodeFigures } from './figures-schemas.ts';
import { blockToAdd } from './hours-rules.ts';
import { changedForm, hoursForm, minutesNeeded, obstacleForm } from './view.ts';

/**
 * Asks the rep's manager for help, once for each id, and shows what came of it.
 * @throws UserError `no_manager` at `help`.
 */
export type AskHelp = (rep: PersonRef, help: { id: string; text: string }) => Promise<ModalView>;

export function listenToPace(context: Context, askHelp: AskHelp): void {
  const { on } = context;

  on.act(paceCatchUp, ({ actor, value: id }) => startCatchUp(context, actor, id));
  on.act(paceCatchUpStop, ({ actor, value: id }) => stopCatchUp(context, actor, id));
  on.act(paceTellManager, ({ actor, value: id }) => tellManager(context, actor, id));
  on.act(paceKeep, ({ actor, value: id }) => keepToMyself(context, actor, id));

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

  on.submit(obstacleForm, async (submission) => {
    const { actor, about } = submission;
    const { help, ...named } = submission.read(styleWithoutMoney('en-US'));
    await mustOwnEpisode(context, actor, about);
    // First what can be refused.
    const asked = help && (await askHelp(actor, { id: submission.id, text: help }));
    await nameObstacle(context, actor, about, named);
    return asked ? { update: asked } : undefined;
  });

  on.click(paceHoursOpen, ({ actor, value: id, open }) =>
    open(async () => {
      const { figures } = await mustOwnEpisode(context, actor, id);
      const { plan } = await mustHavePlan(context, actor, context.clock.now());
      // It goes beside what stands in the newest version, signed or not.
      const newest = await findOwnPlan(context, actor);
      const week = newest ? weekOf(newest.version.draft) : [];
      const { workdays } = plan.work.calendar;
      const { locale } = plan.rep;
      const style = styleWithoutMoney(locale);
      const minutesPerWeek = minutesNeeded(EpisodeFigures.parse(figures).catchUp);
      const block = blockToAdd(minutesPerWeek, { week, workdays });
      const raw = hoursForm.write({ ...block }, style);
      return hoursForm.view({ about: id, style, raw, rev: '0', minutesPerWeek });
    }),
  );

  on.submit(hoursForm, async ({ actor, id, about, read }) => {
    await mustOwnEpisode(context, actor, about);
    const { locale } = await meetPerson(context, actor);
    const block = read(styleWithoutMoney(locale));
    const changed = await addCallBlock(context, actor, { id, block });
    const notice = mrkdwn`✓ *The block is in version ${changed.version.number}.* Propose it below: it counts once you have both signed.`;
    return { update: stepToday(context, changed, { step: 'review', notice }) };
  });

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
