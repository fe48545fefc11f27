/** `/bigplan touch`: touches by words or in a form, and the list of prospects. */
import { randomUUID } from 'node:crypto';
import { answerClick } from '../../actuals/answer.ts';
import { readWords, withoutPerson } from '../../actuals/said-words.ts';
import { doneView } from '../../actuals/words-view.ts';
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { styleWithoutMoney } from '../../people/settings/view.ts';
import type { CommandRequest } from '../../slack/commands.ts';
import type { RawFields } from '../../slack/fields.ts';
import { oldButton } from '../../slack/on.ts';
import { raw } from '../../slack/text.ts';
import { localDateIn } from '../../time/zone.ts';
import { handOffAge } from '../hand-off/store.ts';
import { handOffLine } from '../hand-off/view.ts';
import { prospectForm, touchForm } from './form-view.ts';
import {
  prospectMenu,
  prospectRestore,
  prospectSettle,
  prospectsFind,
  prospectsOpen,
  prospectsPage,
  touchAdd,
  touchBatch,
  touchEdit,
  touchMenu,
  touchOpen,
  touchPasteOpen,
  touchPastePutBack,
  touchPasteUndo,
  touchPutBack,
  touchUndo,
} from './ids.ts';
import { matchName } from './match-name.ts';
import { pasteUndoneMessage, touchesPastedMessage, touchPasteForm } from './paste-view.ts';
import {
  NEAR_ANSWERS,
  putBackPasted,
  recordPasted,
  TWICE_ANSWERS,
  undoPasted,
} from './record-pasted.ts';
import {
  changeTouch,
  editProspect,
  mustFindProspect,
  mustFindTouch,
  mustTouchFor,
  putBackTouch,
  recordBatch,
  recordTouch,
  type SettledProspect,
  settleProspect,
  undoTouch,
} from './record-touch.ts';
import { NEW_PROSPECT, PROSPECT_LISTS, type TouchBatch, type TouchValues } from './schemas.ts';
import { leadingKindOf } from './show-prospects.ts';
import { prospectsOf, touchesOf } from './store.ts';
import {
  prospectListForm,
  prospectView,
  touchBatchMessage,
  touchNotedMessage,
  touchUndoneMessage,
} from './view.ts';
import type { TouchReader } from './words-view.ts';

const TITLE = 'Touches';

export function listenToTouches(context: Context): void {
  const { on, commands } = context;

  commands.subcommand(
    'touch',
    async ({ actor, args, open, answer }: CommandRequest) => {
      const { person } = readWords(args);
      const repId = person ?? actor.userId;
      const words = withoutPerson(args);
      if (words === '') return open(() => newTouchForm(context, actor, emptyTouch(repId)));
      const list = /^(?:list|show|who)(?:\s+(.*))?$/iu.exec(words);
      if (list) {
        return open(() => listView(context, actor, repId, { query: list[1] ?? '' }));
      }
      if (/^(?:paste|import|csv)$/iu.test(words)) {
        return open(() => pasteForm(context, actor, repId));
      }
      const batch = { id: randomUUID(), rep: repId, text: words, picks: {} };
      try {
        return answer(await noteBatch(context, actor, batch));
      } catch (error) {
        if (!(error instanceof UserError) || error.code !== 'unread') throw error;
        const problem = raw(error.text);
        return open(() => newTouchForm(context, actor, emptyTouch(repId), { problem }));
      }
    },
    'a contact with a prospect: “Acme call pricing”, several with commas; “list”, “paste”; or get a form',
  );

  on.act(touchBatch, async ({ actor, value, replace }) =>
    replace(await noteBatch(context, actor, value)),
  );

  on.click(touchAdd, ({ actor, value: rep, showOver }) =>
    showOver(() => newTouchForm(context, actor, emptyTouch(rep))),
  );
  on.click(touchOpen, ({ actor, value, showOver }) =>
    showOver(() => newTouchForm(context, actor, value)),
  );
  on.click(touchEdit, ({ actor, value, showOver }) =>
    showOver(() => editTouchForm(context, actor, value)),
  );

  const undo = async (actor: PersonRef, id: string) => {
    const undone = await undoTouch(context, actor, id);
    if (!undone) throw new UserError('entry_gone', 'It was undone already.');
    const reader = await readerOf(context, actor, undone.touch.repId);
    return touchUndoneMessage(undone.touch, undone.name, reader);
  };
  on.act(touchUndo, async (click) =>
    answerClick(click, TITLE, await undo(click.actor, click.value)),
  );
  on.click(touchMenu, async (click) => {
    const { actor, value, showOver } = click;
    if (value.what === 'edit') return showOver(() => editTouchForm(context, actor, value.touch));
    return answerClick(click, TITLE, await undo(actor, value.touch));
  });
  on.act(touchPutBack, async (click) => {
    const { actor, value } = click;
    const recorded = await putBackTouch(context, actor, value);
    const reader = await readerOf(context, actor, value.rep);
    return answerClick(click, TITLE, touchNotedMessage(recorded, reader));
  });

  on.submit(touchForm, async ({ actor, id, about, raw: filled, read }) => {
    const { rep: repId, touch: touchId } = about;
    if (touchId !== null) await mustFindTouch(context, actor, touchId);
    const { rep, today } = await mustTouchFor(context, actor, repId);
    const reader = await readerOf(context, actor, repId);
    const typed = typeof filled.name === 'string' ? filled.name : '';
    const match = matchName(typed, await prospectsOf(context.db, rep));
    const near = match.kind === 'near' ? match.prospects : [];
    const style = { ...styleWithoutMoney(reader.locale), near };
    const { same, ...values } = read(style);
    const isNamed = same !== null && (same === NEW_PROSPECT || near.some((one) => one.id === same));
    if (near.length > 0 && !isNamed) {
      const screen = { about, style, rev: `near-${near[0]?.id}`, userId: actor.userId };
      return {
        update: touchForm.view({ ...screen, raw: { ...filled, same: null }, submissionId: id }),
      };
    }
    const prospectId = same === NEW_PROSPECT ? null : (same ?? idOf(match));
    const entry = { ...values, date: values.date || today, prospectId };
    const recorded =
      touchId === null
        ? await recordTouch(context, actor, repId, { ...entry, id })
        : await changeTouch(context, actor, touchId, entry);
    return { update: doneView(TITLE, touchNotedMessage(recorded, reader)) };
  });

  listenToProspects(context);
  listenToPaste(context);
}

function listenToPaste(context: Context): void {
  const { on } = context;

  on.click(touchPasteOpen, ({ actor, value: rep, showOver }) =>
    showOver(() => pasteForm(context, actor, rep)),
  );
  on.submit(touchPasteForm, async ({ actor, id, about, raw: filled, read }) => {
    const { rep: repId } = about;
    const reader = await readerOf(context, actor, repId);
    const style = await pasteStyle(context, actor, repId);
    const { pasted: rows, usual } = read({ ...style, doubts: NO_DOUBTS });
    const answers = {
      near: NEAR_ANSWERS.find((one) => one === filled.near) ?? null,
      twice: TWICE_ANSWERS.find((one) => one === filled.twice) ?? null,
    };
    const outcome = await recordPasted(context, actor, repId, { id, rows, usual, ...answers });
    if (outcome.kind === 'entered') {
      return { update: doneView(TITLE, touchesPastedMessage(outcome, { id, repId }, reader)) };
    }
    const screen = { about, rev: 'asked', raw: filled, userId: actor.userId, submissionId: id };
    return {
      update: touchPasteForm.view({ ...screen, style: { ...style, doubts: outcome.doubts } }),
    };
  });
  on.act(touchPasteUndo, async (click) => {
    const { actor, value } = click;
    const kept = await undoPasted(context, actor, value);
    const reader = await readerOf(context, actor, kept.rep);
    return answerClick(click, TITLE, pasteUndoneMessage(kept, reader));
  });
  on.act(touchPastePutBack, async (click) => {
    const { actor, value } = click;
    const { id, rep: repId } = value;
    const entered = await putBackPasted(context, actor, value);
    const reader = await readerOf(context, actor, repId);
    return answerClick(click, TITLE, touchesPastedMessage(entered, { id, repId }, reader));
  });
}

const NO_DOUBTS = { near: [], twice: [] };

/** An export's instants are days where the rep is. */
async function pasteStyle(context: Context, actor: PersonRef, repId: string) {
  const { rep, today } = await mustTouchFor(context, actor, repId);
  const { locale } = await meetPerson(context, actor);
  const dateAt = (at: Date) => localDateIn(rep.timeZone, at);
  return { ...styleWithoutMoney(locale), today, dateAt };
}

async function pasteForm(context: Context, actor: PersonRef, rep: string) {
  const style = { ...(await pasteStyle(context, actor, rep)), doubts: NO_DOUBTS };
  return touchPasteForm.view({ about: { rep }, style, raw: {}, rev: 'new', userId: actor.userId });
}

const idOf = (
  match: ReturnType<typeof matchName<{ id: string; name: string; nameKey: string }>>,
) => (match.kind === 'one' ? match.prospect.id : null);

function listenToProspects(context: Context): void {
  const { on } = context;

  on.click(prospectsOpen, ({ actor, value: rep, showOver }) =>
    showOver(() => listView(context, actor, rep)),
  );

  /** The list in which something was pressed, as it is filtered there. */
  const listIn = (view: { metadata: string; state: { values: RawFields } } | null) => {
    const metadata = prospectListForm.metadata.read(view?.metadata ?? '');
    if (!view || !metadata) throw oldButton();
    return { rep: metadata.about.rep, filter: filterIn(view.state.values) };
  };
  on.submit(prospectListForm, async ({ actor, about, raw: values }) => ({
    update: await listView(context, actor, about.rep, filterIn(values)),
  }));
  on.act(prospectsFind, async ({ actor, view, update }) => {
    const { rep, filter } = listIn(view);
    await update(() => listView(context, actor, rep, filter));
  });
  on.act(prospectsPage, async ({ actor, value: page, view, update }) => {
    const { rep, filter } = listIn(view);
    await update(() => listView(context, actor, rep, { ...filter, page }));
  });
  on.click(prospectMenu, async ({ actor, value, view, update, showOver }) => {
    const { what, prospect: id, page } = value;
    if (what === 'open') return showOver(() => openProspect(context, actor, id));
    if (what === 'edit') return showOver(() => editProspectForm(context, actor, id));
    const { rep, filter } = listIn(view);
    const settled = await settleProspect(context, actor, id, what);
    await update(() => listView(context, actor, rep, { ...filter, page, settled }));
  });
  on.act(prospectRestore, async ({ actor, value, view, update }) => {
    const { rep, filter } = listIn(view);
    const { prospect: id, state, snoozedUntil, page } = value;
    await editProspect(context, actor, id, { state, snoozedUntil });
    await update(() => listView(context, actor, rep, { ...filter, page }));
  });
  on.click(prospectSettle, async ({ actor, value, showOver }) => {
    const { what, prospect: id, date } = value;
    if (what !== 'touch') return settleProspect(context, actor, id, what, date);
    return showOver(async () => {
      const { repId, name } = await mustFindProspect(context, actor, id);
      return newTouchForm(context, actor, { ...emptyTouch(repId), name });
    });
  });
  on.submit(prospectForm, async ({ actor, about, read }) => {
    const { locale } = await meetPerson(context, actor);
    const edit = read(styleWithoutMoney(locale));
    const { after } = await editProspect(context, actor, about.prospect, edit);
    return { update: await openProspect(context, actor, after.id) };
  });
}

/** Which prospects are asked for, as it stands in the list. */
function filterIn({ query, shown }: RawFields) {
  const list = PROSPECT_LISTS.find((one) => one === shown);
  return {
    query: typeof query === 'string' ? query : '',
    ...(list !== undefined && { shown: list }),
  };
}

const emptyTouch = (rep: string): TouchValues => ({
  rep,
  name: null,
  kind: null,
  subject: null,
  date: null,
});

async function readerOf(context: Context, actor: PersonRef, repId: string): Promise<TouchReader> {
  const { userId, locale } = await meetPerson(context, actor);
  const { today } = await mustTouchFor(context, actor, repId);
  return { userId, locale, today };
}

async function noteBatch(context: Context, actor: PersonRef, batch: TouchBatch) {
  const { userId, locale } = await meetPerson(context, actor);
  const { lines, today } = await recordBatch(context, actor, batch, locale);
  return touchBatchMessage(batch, lines, { userId, locale, today });
}

async function newTouchForm(
  context: Context,
  actor: PersonRef,
  { rep, ...values }: TouchValues,
  more: { problem?: ReturnType<typeof raw> } = {},
) {
  const { locale, today } = await readerOf(context, actor, rep);
  const style = { ...styleWithoutMoney(locale), near: [] };
  const filled = { ...values, date: values.date ?? today };
  return touchForm.view({
    about: { rep, touch: null },
    style,
    raw: filled,
    rev: 'new',
    userId: actor.userId,
    card: handOffLine(await handOffAge(context.db, actor.workspaceId), context.clock.now(), locale),
    ...more,
  });
}

async function editTouchForm(context: Context, actor: PersonRef, touchId: string) {
  const touch = await mustFindTouch(context, actor, touchId);
  const { locale } = await readerOf(context, actor, touch.repId);
  const { name } = await mustFindProspect(context, actor, touch.prospectId);
  const { kind, subject, date } = touch;
  return touchForm.view({
    about: { rep: touch.repId, touch: touchId },
    style: { ...styleWithoutMoney(locale), near: [] },
    raw: { name, kind, subject, date },
    rev: touchId,
    userId: actor.userId,
  });
}

async function editProspectForm(context: Context, actor: PersonRef, id: string) {
  const { repId, name, stage, state, snoozedUntil } = await mustFindProspect(context, actor, id);
  const { locale } = await readerOf(context, actor, repId);
  return prospectForm.view({
    about: { prospect: id },
    style: styleWithoutMoney(locale),
    raw: { name, stage, state, snoozedUntil },
    rev: id,
    rep: repId,
    userId: actor.userId,
  });
}

async function openProspect(context: Context, actor: PersonRef, id: string) {
  const prospect = await mustFindProspect(context, actor, id);
  const reader = await readerOf(context, actor, prospect.repId);
  return prospectView(prospect, await touchesOf(context, id), reader);
}

async function listView(
  context: Context,
  actor: PersonRef,
  repId: string,
  {
    query = '',
    shown = 'open',
    page = 0,
    settled,
  }: {
    query?: string;
    shown?: (typeof PROSPECT_LISTS)[number];
    page?: number;
    settled?: SettledProspect;
  } = {},
) {
  const reader = await readerOf(context, actor, repId);
  const rep = { workspaceId: actor.workspaceId, userId: repId };
  return prospectListForm.view({
    about: { rep: repId },
    style: styleWithoutMoney(reader.locale),
    raw: { query, shown },
    rev: 'list',
    prospects: await prospectsOf(context.db, rep),
    leading: await leadingKindOf(context.db, rep, reader.today),
    shown,
    query,
    page,
    reader,
    settled,
  });
}
