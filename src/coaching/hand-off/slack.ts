/** `/bigplan card`: the hand-off card, read by everybody and kept by marketing. */
import type { Context } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import type { PersonRef } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { styleWithoutMoney } from '../../people/settings/view.ts';
import { lockWorkspace, type Person } from '../../people/store.ts';
import { validatePeople } from '../../people/validate-people.ts';
import { handOffEdit, handOffKeepers, handOffLeave, handOffOpen, handOffTrue } from './ids.ts';
import { HAND_OFF_SUBJECT } from './messages.ts';
import { handOffCard, handOffKeepersOf, saveHandOffCard, saveHandOffKeepers } from './store.ts';
import { handOffForm, handOffKeepersForm, handOffView } from './view.ts';

export function listenToHandOff(context: Context): void {
  const { on, commands, db, clock, encryption, outbox, scheduler } = context;

  commands.subcommand(
    'card',
    ({ actor, open }) => open(() => cardView(context, actor)),
    'the hand-off card: what marketing hands to sales before a call',
  );
  on.click(handOffOpen, ({ actor, showOver }) => showOver(() => cardView(context, actor)));

  /** Changes what is kept, and reminds its keepers anew. */
  const change = async (actor: PersonRef, work: (tx: Tx) => Promise<unknown>) => {
    const { workspaceId } = actor;
    await inTransaction(db, async (tx) => {
      await lockWorkspace(tx, workspaceId);
      await work(tx);
    });
    await inTransaction(db, async (tx) => {
      for (const userId of (await handOffKeepersOf(tx, workspaceId)).sort()) {
        await scheduler.reschedule(tx, { workspaceId, userId });
      }
      await outbox.refresh(tx, { workspaceId, subject: HAND_OFF_SUBJECT });
    });
  };

  on.click(handOffEdit, ({ actor, showInstead }) =>
    showInstead(async () => {
      const { locale } = await mustKeepCard(context, actor);
      const card = await handOffCard(context, actor.workspaceId);
      const raw = { ...card?.words };
      return handOffForm.view({ about: {}, style: styleWithoutMoney(locale), raw, rev: 'card' });
    }),
  );
  on.submit(handOffForm, async ({ actor, read }) => {
    const { locale } = await mustKeepCard(context, actor);
    const words = read(styleWithoutMoney(locale));
    const card = { words, updatedAt: clock.now(), updatedBy: actor.userId };
    await change(actor, (tx) => saveHandOffCard({ db: tx, encryption }, actor.workspaceId, card));
    return { update: await cardView(context, actor) };
  });
  on.act(handOffTrue, async ({ actor, view, update }) => {
    await mustKeepCard(context, actor);
    await change(actor, async (tx) => {
      const store = { db: tx, encryption };
      const card = await handOffCard(store, actor.workspaceId);
      const fresh = { updatedAt: clock.now(), updatedBy: actor.userId };
      if (card) await saveHandOffCard(store, actor.workspaceId, { ...card, ...fresh });
    });
    if (view) await update(() => cardView(context, actor));
  });

  on.click(handOffKeepers, ({ actor, showInstead }) =>
    showInstead(async () => {
      const { locale } = await mustNameKeepers(context, actor);
      const keepers = await handOffKeepersOf(db, actor.workspaceId);
      const style = styleWithoutMoney(locale);
      return handOffKeepersForm.view({ about: {}, style, raw: { keepers }, rev: 'keepers' });
    }),
  );
  on.submit(handOffKeepersForm, async ({ actor, read }) => {
    const { locale } = await mustNameKeepers(context, actor);
    const { keepers } = read(styleWithoutMoney(locale));
    await validatePeople(context, actor.workspaceId, { keepers });
    await change(actor, (tx) => saveHandOffKeepers(tx, actor.workspaceId, keepers));
    return { update: await cardView(context, actor) };
  });
  on.act(handOffLeave, ({ actor }) =>
    change(actor, async (tx) => {
      const keepers = await handOffKeepersOf(tx, actor.workspaceId);
      const rest = keepers.filter((userId) => userId !== actor.userId);
      if (rest.length === keepers.length) {
        throw new UserError('not_keeper', 'You aren’t among those who keep the card any more.');
      }
      await saveHandOffKeepers(tx, actor.workspaceId, rest);
    }),
  );
}

async function cardView(context: Context, actor: PersonRef) {
  const person = await meetPerson(context, actor);
  const keepers = await handOffKeepersOf(context.db, actor.workspaceId);
  return handOffView({
    card: await handOffCard(context, actor.workspaceId),
    keepers,
    may: { edit: decides(person) || keepers.includes(actor.userId), name: decides(person) },
    now: context.clock.now(),
    locale: person.locale,
  });
}

const decides = ({ leader, admin }: Person) => leader || admin;

/** @throws UserError `not_keeper`. */
async function mustKeepCard(context: Context, actor: PersonRef): Promise<Person> {
  const person = await meetPerson(context, actor);
  const keepers = await handOffKeepersOf(context.db, actor.workspaceId);
  if (decides(person) || keepers.includes(actor.userId)) return person;
  throw new UserError('not_keeper', 'The hand-off card is marketing’s: ask whoever keeps it.');
}

/** @throws UserError `not_leader`. */
async function mustNameKeepers(context: Context, actor: PersonRef): Promise<Person> {
  const person = await meetPerson(context, actor);
  if (decides(person)) return person;
  throw new UserError('not_leader', 'Who keeps the hand-off card is said by leaders.');
}
