/** `/bigplan away`: time off by words, in a form, listed and cancelled; for oneself or one's reps. */
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { styleWithoutMoney } from '../../people/settings/view.ts';
import type { Person } from '../../people/store.ts';
import type { Message } from '../../slack/surfaces.ts';
import { mrkdwn } from '../../slack/text.ts';
import { earliestOf, latestOf } from '../../time/local-date.ts';
import { isWorkingDay } from '../../time/working-days.ts';
import { localDateIn } from '../../time/zone.ts';
import { awayCancel, awayCancelDays, awayEnter, awayOpen, awayPerson } from '../ids.ts';
import {
  awayFormOf,
  cancelAbsence,
  enterAbsence,
  enteredMessage,
  listAbsences,
  mustManage,
  workedDays,
} from './absence.ts';
import { type AbsenceRead, readAbsence } from './read-absence.ts';
import {
  awayAskMessage,
  awayCancelAskMessage,
  awayCancelledText,
  awayForm,
  awayListMessage,
} from './view.ts';

type Read = Extract<AbsenceRead, { ok: true }>;
type Span = { from: string; to: string };

export function listenToAbsence(context: Context): void {
  const { commands, clock, on } = context;
  const meet = (actor: PersonRef) => meetPerson(context, actor);

  commands.subcommand(
    'away',
    async ({ actor, args, open, answer, respond }) => {
      if (args === '') {
        return open(async () => awayFormOf(context, await meet(actor), actor.userId));
      }
      const reader = await meet(actor);
      const today = localDateIn(reader.timeZone, clock.now());
      const calendar = await workedDays(context, reader);
      const isWorked = (date: string) => isWorkingDay(calendar, date);
      const read = readAbsence(args, { locale: reader.locale, today, isWorked });
      if (!read.ok) throw new UserError('not_read', mrkdwn`${read.problem}`.mrkdwn);
      const outcome = await carryOut(reader, read, today);
      if ('blocks' in outcome) return answer(outcome);
      const text = await cancelled(reader, outcome.cancel, outcome.only);
      return respond({ response_type: 'ephemeral', replace_original: true, text: text.mrkdwn });
    },
    'time off: add “5 Jul – 16 Jul”, “tomorrow afternoon”, “back on monday” or “list”; a manager names their rep first',
  );

  /** The answer to what was typed, or what is to be cancelled. */
  async function carryOut(
    reader: Person,
    read: Read,
    today: string,
  ): Promise<Message | { cancel: string; only?: Span | undefined }> {
    const person = await mustManage(context, reader, read.person ?? reader.userId);
    const facts = { person, readerId: reader.userId, locale: reader.locale };
    if (read.kind === 'ask') return awayAskMessage(read, facts);
    if (read.kind === 'days') {
      const { days, orElse } = read;
      const entered = await enterAbsence(context, reader, { person: person.userId, days });
      return enteredMessage(context, entered, reader, orElse);
    }
    const list = await listAbsences(context, person, today);
    if (read.kind === 'list') return awayListMessage(list, facts);
    const named = read.kind === 'back' ? [{ from: today, to: LATEST }] : read.days;
    // One that is over is taken back only where its days are named.
    const meant = list.entries.filter(({ from, to }) =>
      named === null ? to >= today : named.some((days) => from <= days.to && days.from <= to),
    );
    const [one, ...others] = meant;
    if (one && others.length === 0) {
      const [only, ...more] = named ?? [];
      const isAll = !only || more.length > 0 || (only.from <= one.from && one.to <= only.to);
      if (isAll) return { cancel: one.id };
      // Back for good: what was away stays so.
      if (read.kind === 'back') return { cancel: one.id, only };
      const within = {
        from: latestOf(only.from, one.from),
        to: earliestOf(only.to, one.to),
      };
      return awayCancelAskMessage(one, within, reader.locale);
    }
    // Which of several is for the person to say.
    const shown = named && one ? { entries: meant, planned: [] } : list;
    return awayListMessage(shown, facts, one || read.kind !== 'cancel' ? null : read.days);
  }

  async function cancelled(reader: Person, id: string, only?: Span) {
    const entry = await cancelAbsence(context, reader, id, only);
    return awayCancelledText(entry, { readerId: reader.userId, locale: reader.locale });
  }

  on.act(awayCancel, async ({ actor, value: id, view, update, respond }) => {
    const reader = await meet(actor);
    const notice = await cancelled(reader, id);
    if (!view) {
      const text = notice.mrkdwn;
      return respond({ response_type: 'ephemeral', replace_original: true, text });
    }
    const whose = awayForm.metadata.read(view.metadata)?.about ?? actor.userId;
    return update(() => awayFormOf(context, reader, whose, { notice }));
  });

  on.act(awayCancelDays, async ({ actor, value: { id, ...only }, respond }) => {
    const { mrkdwn: text } = await cancelled(await meet(actor), id, only);
    return respond({ response_type: 'ephemeral', replace_original: true, text });
  });

  on.act(awayEnter, async ({ actor, value, replace }) => {
    const reader = await meet(actor);
    const entered = await enterAbsence(context, reader, value);
    return replace(await enteredMessage(context, entered, reader));
  });

  on.click(awayOpen, ({ actor, open }) =>
    open(async () => awayFormOf(context, await meet(actor), actor.userId)),
  );

  on.act(awayPerson, ({ actor, value: userId, update }) =>
    update(async () => awayFormOf(context, await meet(actor), userId)),
  );

  on.submit(awayForm, async (submission) => {
    const { actor, about: person } = submission;
    const reader = await meet(actor);
    const days = submission.read(styleWithoutMoney(reader.locale));
    await mustManage(context, actor, person);
    const { id } = submission;
    const entered = await enterAbsence(context, actor, { id, person, days });
    const { text } = await enteredMessage(context, entered, reader);
    const notice = { mrkdwn: text };
    return { update: await awayFormOf(context, reader, person, { notice }) };
  });
}

/** The last of all dates. */
const LATEST = '2199-12-31';
