/** `/bigplan away`: time off by words, in a form, listed and cancelled; for oneself or one's reps. */
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { styleWithoutMoney } from '../../people/settings/view.ts';
import type { Person } from '../../people/store.ts';
import type { Message } from '../../slack/surfaces.ts';
import { mrkdwn } from '../../slack/text.ts';
import { localDateIn } from '../../time/zone.ts';
import { awayCancel, awayOpen, awayPerson } from '../ids.ts';
import {
  awayFormOf,
  cancelAbsence,
  enterAbsence,
  enteredMessage,
  mustManage,
  recentAbsences,
} from './absence.ts';
import { type AbsenceRead, readAbsence } from './read-absence.ts';
import { awayCancelledText, awayForm, awayListMessage } from './view.ts';

type Read = Extract<AbsenceRead, { ok: true }>;

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
      const read = readAbsence(args, { locale: reader.locale, today });
      if (!read.ok) throw new UserError('not_read', mrkdwn`${read.problem}`.mrkdwn);
      const outcome = await carryOut(reader, read, today);
      if ('blocks' in outcome) return answer(outcome);
      const text = await cancelled(reader, outcome.cancel);
      return respond({ response_type: 'ephemeral', replace_original: true, text: text.mrkdwn });
    },
    'time off: add “5 Jul – 16 Jul”, “tomorrow” or “list”; a manager names their rep first',
  );

  /** The answer to what was typed, or what is to be cancelled. */
  async function carryOut(
    reader: Person,
    read: Read,
    today: string,
  ): Promise<Message | { cancel: string }> {
    const person = await mustManage(context, reader, read.person ?? reader.userId);
    if (read.kind === 'range') {
      const { from, to } = read;
      const entry = await enterAbsence(context, reader, { person: person.userId, from, to });
      return enteredMessage(context, entry, reader);
    }
    const facts = { person, readerId: reader.userId, locale: reader.locale };
    const entered = await recentAbsences(context, person, today);
    if (read.kind === 'list') return awayListMessage(entered, facts);
    const { date } = read;
    // One that is over is taken back only where its date is named.
    const meant = entered.filter(({ from, to }) =>
      date === null ? to >= today : from <= date && date <= to,
    );
    const [one, ...others] = meant;
    if (one && others.length === 0) return { cancel: one.id };
    // Which of several is for the person to say.
    return awayListMessage(date && one ? meant : entered, facts, one ? null : date);
  }

  async function cancelled(reader: Person, id: string) {
    const entry = await cancelAbsence(context, reader, id);
    return awayCancelledText(entry, { readerId: reader.userId, locale: reader.locale });
  }

  on.click(awayCancel, async ({ actor, value: id, view, update, respond }) => {
    const reader = await meet(actor);
    const notice = await cancelled(reader, id);
    if (!view) {
      const text = notice.mrkdwn;
      return respond({ response_type: 'ephemeral', replace_original: true, text });
    }
    const whose = awayForm.metadata.read(view.metadata)?.about ?? actor.userId;
    return update(() => awayFormOf(context, reader, whose, { notice }));
  });

  on.click(awayOpen, ({ actor, open }) =>
    open(async () => awayFormOf(context, await meet(actor), actor.userId)),
  );

  on.click(awayPerson, ({ actor, value: userId, update }) =>
    update(async () => awayFormOf(context, await meet(actor), userId)),
  );

  on.submit(awayForm, async (submission) => {
    const { actor, about: person } = submission;
    const reader = await meet(actor);
    const { from, to } = submission.read(styleWithoutMoney(reader.locale));
    await mustManage(context, actor, person);
    const { id } = submission;
    const entry = await enterAbsence(context, actor, { id, person, from, to });
    const { text } = await enteredMessage(context, entry, reader);
    const notice = { mrkdwn: text };
    return { update: await awayFormOf(context, reader, person, { notice }) };
  });
}
