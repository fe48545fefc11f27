/** What somebody takes on: its form, its ticks, and the way back. */
import { answerClick } from '../../actuals/answer.ts';
import type { Context } from '../../context.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { styleWithoutMoney } from '../../people/settings/view.ts';
import {
  commit,
  mustFindCommitment,
  mustMayCommit,
  removeCommitment,
  tickCommitment,
} from './change-commitments.ts';
import {
  commitmentDone,
  commitmentMenu,
  commitmentOpen,
  commitmentPutBack,
  commitmentUndone,
} from './ids.ts';
import type { CommitmentAbout } from './schemas.ts';
import type { CommitmentOrigin } from './store.ts';
import { commitmentForm, commitmentRemovedMessage } from './view.ts';

export function listenToCommitments(context: Context): void {
  const { on } = context;

  const formOf = async (actor: Parameters<typeof commit>[1], about: CommitmentAbout) => {
    const { locale, userId } = await meetPerson(context, actor);
    const known = await mustMayCommit(context, actor, about);
    const style = styleWithoutMoney(locale);
    const origin: CommitmentOrigin | null = about.kind === 'one' ? (known?.origin ?? null) : about;
    if (origin === null) throw new Error('a commitment about nothing');
    const raw = known
      ? { owner: known.ownerId, text: known.text, due: known.due }
      : { owner: origin.kind === 'sync' ? userId : null };
    return commitmentForm.view({ about, style, raw, rev: known?.id ?? 'new', origin });
  };
  on.click(commitmentOpen, ({ actor, value, showOver }) => showOver(() => formOf(actor, value)));

  on.submit(commitmentForm, async ({ actor, id, about, read }) => {
    const { locale } = await meetPerson(context, actor);
    const entry = read(styleWithoutMoney(locale));
    await meetPerson(context, { ...actor, userId: entry.owner });
    await commit(context, actor, about, { id, ...entry });
  });

  on.act(commitmentDone, ({ actor, value }) => tickCommitment(context, actor, value, true));
  on.act(commitmentUndone, ({ actor, value }) => tickCommitment(context, actor, value, false));
  on.act(commitmentPutBack, async (click) => {
    const back = await removeCommitment(context, click.actor, click.value, false);
    if (click.isEphemeral) await click.respond({ delete_original: true });
    return back;
  });
  on.click(commitmentMenu, async (click) => {
    const { actor, value, showOver } = click;
    const { what, id } = value;
    if (what === 'edit') return showOver(() => formOf(actor, { kind: 'one', id }));
    if (what !== 'remove') return tickCommitment(context, actor, id, what === 'done');
    await mustFindCommitment(context, actor, id);
    const removed = await removeCommitment(context, actor, id, true);
    const { locale } = await meetPerson(context, actor);
    const said = commitmentRemovedMessage(removed, locale);
    // The message it stood in shows itself anew: the way back stands beside it, for whoever took it off.
    if (click.view) return answerClick(click, 'Taken off', said);
    return click.respond({ response_type: 'ephemeral', replace_original: false, ...said });
  });
}
