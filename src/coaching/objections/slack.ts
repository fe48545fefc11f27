/** `/bigplan objections`, and logging one from wherever it was met. */
import type { ModalView } from '@slack/types';
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { styleWithoutMoney } from '../../people/settings/view.ts';
import type { Click } from '../../slack/on.ts';
import { mrkdwn, type SlackText } from '../../slack/text.ts';
import { mustCoach } from '../hour/hold-hour.ts';
import { objectionOpen, objectionPutBack, objectionRemove } from '../ids.ts';
import { findObjection, recognitionsOf } from '../store.ts';
import { recordObjection, removeObjection, teamObjections } from './record-objection.ts';
import { objectionForm, objectionLoggedView, objectionsView } from './view.ts';

export function listenToObjections(context: Context): void {
  const { on, commands, clock, db } = context;

  commands.subcommand(
    'objections',
    ({ actor, open }) => open(() => listOf(actor)),
    'what prospects object to, who handles it, and what is worth a role-play',
  );

  on.click(objectionOpen, ({ actor, value: { source, repId = '' }, showOver }) =>
    showOver(async () => {
      const { locale } = await meetPerson(context, actor);
      if (repId !== '' && repId !== actor.userId) {
        await mustCoach(context, actor, repId, clock.now());
      }
      const style = styleWithoutMoney(locale);
      return objectionForm.view({ about: { source, repId }, style, raw: {}, rev: '0' });
    }),
  );

  on.submit(objectionForm, async ({ actor, id, about, read }) => {
    const { locale } = await meetPerson(context, actor);
    const said = read(styleWithoutMoney(locale));
    const objection = await recordObjection(context, actor, { id, ...about, ...said });
    return { update: objectionLoggedView(objection, actor.userId) };
  });

  on.click(objectionRemove, (click) => change(click, true));
  on.click(objectionPutBack, (click) => change(click, false));

  async function change({ actor, value: id, update }: Click<string>, isRemoved: boolean) {
    await removeObjection(context, actor, id, isRemoved);
    await update(async () => {
      const objection = await findObjection(context, id);
      return objection
        ? objectionLoggedView(objection, actor.userId)
        : listOf(actor, mrkdwn`Taken away.`);
    });
  }

  async function listOf(actor: PersonRef, notice?: SlackText): Promise<ModalView> {
    const reader = await meetPerson(context, actor);
    const found = await teamObjections(context, reader, clock.now());
    const settings = await recognitionsOf(db, reader.workspaceId, [reader.userId]);
    const isNamed = settings.get(reader.userId)?.handles ?? false;
    const { locale } = reader;
    return objectionsView({ ...found, isNamed, locale, notice });
  }
}
