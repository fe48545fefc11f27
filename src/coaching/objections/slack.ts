/** `/bigplan objections`, and logging one from wherever it was met. */
import type { ModalView } from '@slack/types';
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { styleWithoutMoney } from '../../people/settings/view.ts';
import { mustCoach } from '../hour/hold-hour.ts';
import {
  objectionEdit,
  objectionMenu,
  objectionOpen,
  objectionPutBack,
  objectionRemove,
} from '../ids.ts';
import type { ObjectionSource } from '../schemas.ts';
import { recognitionsOf } from '../store.ts';
import {
  editObjection,
  mustEditObjection,
  recordObjection,
  removeObjection,
  teamObjections,
} from './record-objection.ts';
import { objectionForm, objectionLoggedView, objectionsView } from './view.ts';

export function listenToObjections(context: Context): void {
  const { on, commands, clock, db } = context;

  commands.subcommand(
    'objections',
    ({ actor, open }) => open(() => listOf(actor)),
    'what prospects object to, who handles it, and what is worth a role-play',
  );

  on.click(objectionOpen, ({ actor, value: { source, repId = '', date = '' }, showOver }) =>
    showOver(async () => {
      const { locale } = await meetPerson(context, actor);
      if (repId !== '' && repId !== actor.userId) {
        await mustCoach(context, actor, repId, clock.now());
      }
      const style = styleWithoutMoney(locale);
      const raw = objectionForm.write({ handled: 'no' }, style);
      const about = { source, repId, date, objectionId: '' };
      return objectionForm.view({ about, style, raw, rev: '0' });
    }),
  );

  on.click(objectionEdit, ({ actor, value: id, showOver }) => showOver(() => editing(actor, id)));

  on.submit(objectionForm, async ({ actor, id, about, read }) => {
    const { objectionId, source, ...rest } = about;
    const { locale } = await meetPerson(context, actor);
    const said = read(styleWithoutMoney(locale));
    const objection =
      objectionId === ''
        ? await recordObjection(context, actor, { id, source, ...rest, ...said })
        : await editObjection(context, actor, objectionId, said);
    // The check-in from which it came shows it.
    return source === 'check_in'
      ? undefined
      : { update: objectionLoggedView(objection, actor.userId) };
  });

  on.click(objectionMenu, ({ actor, value: { what, id }, view, ...click }) => {
    if (what === 'edit') return click.showOver(() => editing(actor, id, view ? null : 'check_in'));
    const taken = () => change(actor, id, true);
    return view ? click.update(taken) : click.open(taken);
  });
  on.act(objectionRemove, ({ actor, value: id, update }) => update(() => change(actor, id, true)));
  on.act(objectionPutBack, ({ actor, value: id, update }) =>
    update(() => change(actor, id, false)),
  );

  /** `from`: null where what became of it is told in a view. */
  async function editing(
    actor: PersonRef,
    id: string,
    from: ObjectionSource | null = null,
  ): Promise<ModalView> {
    const { locale } = await meetPerson(context, actor);
    const {
      repId,
      about: group,
      handled,
      words,
      answer,
    } = await mustEditObjection(context, actor, id);
    const style = styleWithoutMoney(locale);
    const said = { about: group, handled: handled ? 'yes' : 'no', words, answer };
    const whose = repId === actor.userId ? '' : repId;
    const about = { source: from ?? 'command', repId: whose, date: '', objectionId: id };
    return objectionForm.view({ about, style, raw: objectionForm.write(said, style), rev: '0' });
  }

  async function change(actor: PersonRef, id: string, isRemoved: boolean): Promise<ModalView> {
    return objectionLoggedView(await removeObjection(context, actor, id, isRemoved), actor.userId);
  }

  async function listOf(actor: PersonRef): Promise<ModalView> {
    const reader = await meetPerson(context, actor);
    const found = await teamObjections(context, reader, clock.now());
    const settings = await recognitionsOf(db, reader.workspaceId, [reader.userId]);
    const isNamed = settings.get(reader.userId)?.handles ?? false;
    const { locale } = reader;
    return objectionsView({ ...found, isNamed, locale, readerId: reader.userId });
  }
}
