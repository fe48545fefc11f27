/** `/bigplan promises`: what a pair has promised each other, ticked anywhere, and a new one. */
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { managerOf, teamLedBy } from '../../people/store.ts';
import { readerOf } from '../../plan/access.ts';
import type { ClickedView } from '../../slack/on.ts';
import { addDays } from '../../time/local-date.ts';
import { localDateIn } from '../../time/zone.ts';
import { tickCommitment } from '../commitments/change-commitments.ts';
import { askOpen, promisesOpen, promisesPage, promiseTick } from '../ids.ts';
import { ownersDays, tickItem } from '../recovery/change-items.ts';
import { nextWorkedOn } from '../recovery/rules.ts';
import { withoutFigures } from '../words-view.ts';
import { askingPair, changeAsk, makeAsk } from './ask.ts';
import { type PairIds, promisesFor, promisesOf } from './promises.ts';
import {
  type AskStyle,
  askForm,
  type PromisesScreen,
  promisesPlace,
  promisesView,
} from './view.ts';

/** So many days from today something is due where nobody says otherwise. */
const USUAL_DAYS = 7;

export function listenToPromises(context: Context): void {
  const { commands, on, clock } = context;

  commands.subcommand(
    'promises',
    ({ actor, args, open }) => open(() => show(actor, readOf(args))),
    'what you and your manager, or your reps, owe each other; `@name` for one of them',
  );

  on.click(promisesOpen, ({ actor, showOver }) => showOver(() => show(actor, null)));

  on.click(promisesPage, ({ actor, value: page, view, update }) =>
    update(() => show(actor, placeIn(view)?.of ?? null, page)),
  );

  on.click(promiseTick, async ({ actor, value: { kind, what, id }, view, update }) => {
    if (kind === 'ask') await changeAsk(context, actor, id, what);
    else if (kind === 'commitment') await tickCommitment(context, actor, id, what === 'done');
    // A recovery item is taken off its plan there, where it can be put back.
    else if (what !== 'removed') await tickItem(context, actor, id, what === 'done');
    const place = placeIn(view);
    if (place) await update(() => show(actor, place.of, place.page));
  });

  on.click(askOpen, ({ actor, value: repId, showOver }) =>
    showOver(async () => {
      const { style, side, today } = await styleFor(actor, repId);
      const { calendars } = await ownersDays(context, { ...actor, userId: repId });
      const owner = side === 'rep' ? 'manager' : 'rep';
      const due = nextWorkedOn(calendars[owner], addDays(today, USUAL_DAYS));
      if (side === 'rep' && style.managerName === null) {
        throw new UserError(
          'no_manager',
          'Nobody manages you at the moment, so nobody can be asked.',
        );
      }
      const raw = askForm.write({ text: '', owner, due }, style);
      return askForm.view({ about: { repId }, style, raw, rev: '0' });
    }),
  );

  on.submit(askForm, async (submission) => {
    const { actor, about } = submission;
    const { style } = await styleFor(actor, about.repId);
    const asked = { id: submission.id, repId: about.repId };
    await makeAsk(context, actor, asked, submission.read(style));
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
    return { style, side, today: localDateIn(reader.timeZone, clock.now()) };
  }

  async function show(actor: PersonRef, of: string | null, page = 0) {
    return promisesView(await screenFor(actor, of), page);
  }

  async function screenFor(actor: PersonRef, of: string | null): Promise<PromisesScreen> {
    const reader = await meetPerson(context, actor);
    const { workspaceId, timeZone } = reader;
    const manager = await managerOf(context.db, actor);
    const managerId = manager?.deactivated ? null : (manager?.userId ?? null);
    const team = await teamLedBy(context.db, actor);
    const members = (team?.members ?? []).filter(({ deactivated }) => !deactivated);
    const rep = of === null ? null : members.find(({ userId }) => userId === of);
    if (of !== null && of !== actor.userId && !rep) {
      throw new UserError(
        'not_yours',
        'What a rep and their manager promise each other is between the two of them.',
      );
    }
    const led = (rep ? [rep] : members).map(
      ({ userId }): PairIds => ({ repId: userId, managerId: actor.userId }),
    );
    const pairs = rep ? led : [{ repId: actor.userId, managerId }, ...led];
    return {
      reader: {
        userId: actor.userId,
        locale: reader.locale,
        today: localDateIn(timeZone, clock.now()),
      },
      promises: rep
        ? await promisesOf(context, workspaceId, pairs, timeZone)
        : await promisesFor(context, reader, pairs),
      ask: rep
        ? { repId: rep.userId, name: rep.name }
        : managerId !== null
          ? { repId: actor.userId, name: manager?.name ?? '' }
          : null,
      leads: members.length > 0,
      of: rep?.userId ?? null,
    };
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
