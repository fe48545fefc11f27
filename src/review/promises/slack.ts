/** `/bigplan promises`: what a pair has promised each other, ticked anywhere, and a new one. */
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { readerOf } from '../../plan/access.ts';
import type { ClickedView } from '../../slack/on.ts';
import { updateView } from '../../slack/views.ts';
import { tickCommitment } from '../commitments/change-commitments.ts';
import { askOpen, promisesOpen, promisesPage, promiseTick } from '../ids.ts';
import { tickItem } from '../recovery/change-items.ts';
import { withoutFigures } from '../words-view.ts';
import { askingPair, changeAsk, makeAsk } from './ask.ts';
import { usualDue } from './ask-for-help.ts';
import { promisesScreen } from './show-promises.ts';
import { type AskStyle, askForm, promisesPlace, promisesView } from './view.ts';

export function listenToPromises(context: Context): void {
  const { commands, on } = context;

  commands.subcommand(
    'promises',
    ({ actor, args, open }) => open(() => show(actor, readOf(args))),
    'what you and your manager, or your reps, owe each other; `@name` for one of them',
  );

  on.click(promisesOpen, ({ actor, showOver }) => showOver(() => show(actor, null)));

  on.act(promisesPage, ({ actor, value: page, view, update }) =>
    update(() => show(actor, placeIn(view)?.of ?? null, page)),
  );

  on.act(promiseTick, async ({ actor, value: { kind, what, id }, view, update }) => {
    if (kind === 'ask') await changeAsk(context, actor, id, what);
    else if (kind === 'commitment') await tickCommitment(context, actor, id, what === 'done');
    // A recovery item is taken off its plan there, where it can be put back.
    else if (what !== 'removed') await tickItem(context, actor, id, what === 'done');
    const place = placeIn(view);
    if (place) await update(() => show(actor, place.of, place.page));
  });

  on.click(askOpen, ({ actor, value: repId, view, showOver }) =>
    showOver(async () => {
      const { style, side } = await styleFor(actor, repId);
      const owner = side === 'rep' ? 'manager' : 'rep';
      const due = await usualDue(context, { actor, repId, owner });
      if (side === 'rep' && style.managerName === null) {
        throw new UserError(
          'no_manager',
          'Nobody manages you at the moment, so nobody can be asked.',
        );
      }
      const raw = askForm.write({ text: '', owner, due }, style);
      const place = placeIn(view);
      const about = { repId, over: place && { of: place.of } };
      return askForm.view({ about, style, raw, rev: '0' });
    }),
  );

  on.submit(askForm, async (submission) => {
    const { actor, about, client, view } = submission;
    const { style } = await styleFor(actor, about.repId);
    const asked = { id: submission.id, repId: about.repId };
    await makeAsk(context, actor, asked, submission.read(style));
    const list = await show(actor, about.over?.of ?? null);
    return about.over !== null && view.rootId !== view.id
      ? { after: () => updateView(client, view.rootId, list) }
      : { update: list };
  });

  async function styleFor(actor: PersonRef, repId: string) {
    const { pair, side } = await askingPair(context.db, actor, repId);
    const reader = readerOf({ pair, side });
    const style: AskStyle = {
      ...withoutFigures(reader.locale),
      repName: pair.rep.name,
      managerName: pair.manager?.name ?? null,
      isRep: side === 'rep',
    };
    return { style, side };
  }

  async function show(actor: PersonRef, of: string | null, page = 0) {
    return promisesView(await promisesScreen(context, actor, of), page);
  }
}

/** The list in which something was clicked; null: it was another view, or a message. */
const placeIn = (view: ClickedView | null) => view && promisesPlace.read(view.metadata);

/** Null: everybody's. @throws UserError `not_read`. */
function readOf(args: string): string | null {
  if (args === '') return null;
  const [, id] = /^<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>$/.exec(args) ?? [];
  if (id !== undefined) return id;
  throw new UserError(
    'not_read',
    'Whose? `/bigplan promises` shows all; for one of your reps, pick the name from the list that Slack shows after @.',
  );
}
