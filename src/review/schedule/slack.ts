/** `/bigplan review`: a pair's 1:1s, month by month, and moving, skipping and holding them. */
import type { ModalView } from '@slack/types';
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { section } from '../../slack/blocks.ts';
import type { Click, FormAnswer, Submission } from '../../slack/on.ts';
import { message } from '../../slack/surfaces.ts';
import { mention, mrkdwn, type SlackText } from '../../slack/text.ts';
import { updateView } from '../../slack/views.ts';
import { zoneOf } from '../../time/zone.ts';
import { causesFor } from '../causes/slack.ts';
import { aheadOrder, REVIEW_DELIVERY, reviewOrder } from '../deliveries.ts';
import {
  holdAfterAll,
  monthMenu,
  moveMonth,
  moveOpen,
  moveTyped,
  pickRep,
  prepDaysOpen,
  skipMonth,
  skipOpen,
} from '../ids.ts';
import { mustFindPair, mustJoin } from '../pair.ts';
import { prepDaysOf, type Review } from '../store.ts';
import { withoutFigures } from '../words-view.ts';
import {
  canMove,
  canSkip,
  holdReview,
  type MonthPlace,
  moveReview,
  mustOpenMonth,
  setPrepDays,
  skipReview,
} from './move-review.ts';
import {
  type MeetingPlace,
  movedView,
  moveMeetingForm,
  prepDaysForm,
  prepDaysText,
  skipMeetingForm,
} from './move-view.ts';
import {
  firstView,
  heardText,
  heldText,
  meanwhileText,
  meetingFormScreen,
  movedText,
  moveScreen,
  placeNow,
  readWhose,
  scheduleOf,
  skippedText,
} from './show-schedule.ts';
import { aheadOf } from './store.ts';

const TIME_OVER = mrkdwn`:wave: Its time is over: pick a new one.`;

/** What a form needs to know of the button that opens it. */
type Pressed = Pick<Click<unknown>, 'actor' | 'view'>;
type Submitted = Pick<
  Submission<MeetingPlace, never, unknown>,
  'actor' | 'about' | 'view' | 'client'
>;

export function listenToSchedule(context: Context): void {
  const { clock, commands, on } = context;

  commands.subcommand(
    'review',
    ({ actor, args, open }) => {
      if (/^causes?$/i.test(args)) return open(() => causesFor(context, actor));
      return open(async () => {
        const reader = await meetPerson(context, actor);
        const view = await firstView(context, reader, readWhose(args), clock.now());
        return view ?? causesFor(context, actor);
      });
    },
    'your monthly 1:1s: when, how the months stand, move or skip one; a manager may name a rep',
  );

  on.act(pickRep, ({ actor, value, update }) => update(() => scheduleFor(actor, value)));

  on.click(monthMenu, (click) => {
    const { what, ...place } = click.value;
    return click.showOver(() => (what === 'skip' ? skipView : moveView)(click, place));
  });
  on.click(moveMonth, (click) => click.showOver(() => moveView(click, click.value)));
  on.click(skipMonth, (click) => click.showOver(() => skipView(click, click.value)));
  on.click(moveOpen, (click) => click.showOver(async () => moveView(click, await placeIn(click))));
  on.click(skipOpen, (click) => click.showOver(async () => skipView(click, await placeIn(click))));

  on.click(holdAfterAll, async (click) => {
    const { actor, respond } = click;
    const place = await placeIn(click);
    const now = clock.now();
    const month = await mustOpenMonth(context, actor, place, now);
    const { state, meeting } = month.scheduled;
    if (state === 'skipped' && meeting.at <= now) {
      return click.showOver(() => moveView(click, place, TIME_OVER));
    }
    const held = await holdReview(context, actor, place);
    const done = held ? mrkdwn`${heldText(held.month)}${heardText(held.month)}` : heldText(month);
    if (click.view) await click.update(() => scheduleFor(actor, place.repId, done));
    else if (!held) {
      await respond({ response_type: 'ephemeral', replace_original: false, text: done.mrkdwn });
    } else if (!(await isHeadsUp(click, held.review))) {
      await respond({ replace_original: true, ...message(done, [section(done)]) });
    }
  });

  on.act(moveTyped, async ({ actor, view, update }) => {
    const shown = moveMeetingForm.metadata.read(view?.metadata ?? '');
    if (!view || !shown) return;
    const { about, submissionId } = shown;
    await update(async () => {
      const month = await mustOpenMonth(context, actor, about, clock.now());
      const screen = moveScreen(month, about, view.state.values);
      return moveMeetingForm.view({ ...screen, submissionId: submissionId ?? undefined });
    });
  });

  on.submit(moveMeetingForm, async ({ raw, read, ...submitted }) => {
    const { actor, about } = submitted;
    const { locale, timeZone } = await meetPerson(context, actor);
    const { date, time, reason } = read(withoutFigures(locale));
    const at = zoneOf(timeZone).instantAt(date, time);
    const outcome = await moveReview(context, actor, { ...about, at, reason });
    const { month } = outcome;
    if (outcome.kind === 'meanwhile') {
      const screen = moveScreen(month, placeNow(month, about), raw);
      return { update: moveMeetingForm.view({ ...screen, notice: meanwhileText(month) }) };
    }
    return done(submitted, movedText(month));
  });

  on.submit(skipMeetingForm, async ({ raw, read, ...submitted }) => {
    const { actor, about } = submitted;
    const { reason } = read(withoutFigures());
    const outcome = await skipReview(context, actor, { ...about, reason });
    const { month } = outcome;
    if (outcome.kind === 'changed') return done(submitted, skippedText(month));
    if (month.scheduled.state === 'skipped') return done(submitted, meanwhileText(month));
    const screen = meetingFormScreen(month, placeNow(month, about), raw);
    return { update: skipMeetingForm.view({ ...screen, notice: meanwhileText(month) }) };
  });

  on.click(prepDaysOpen, ({ actor, value, view, showOver }) =>
    showOver(async () => {
      const { pair, side } = await mustFindPair(context.db, actor, value);
      const style = withoutFigures(pair.rep.locale);
      const prepDays = await prepDaysOf(context.db, pair.rep);
      return prepDaysForm.view({
        about: { repId: pair.rep.userId, month: '', moves: 0, over: isOver({ view }) },
        style,
        raw: { prepDays: String(prepDays) },
        rev: '0',
        isOwn: side === 'rep',
      });
    }),
  );

  on.submit(prepDaysForm, async ({ read, ...submitted }) => {
    const { actor, about } = submitted;
    const { prepDays } = read(withoutFigures());
    await setPrepDays(context, actor, { repId: about.repId, prepDays });
    const whom =
      about.repId === actor.userId ? mrkdwn`You are` : mrkdwn`${mention(about.repId)} is`;
    const days = prepDaysText(prepDays);
    return done(submitted, mrkdwn`✓ *Saved.* ${whom} asked ${days} before each 1:1.`);
  });

  async function scheduleFor(
    { workspaceId, userId }: PersonRef,
    repId: string,
    notice?: SlackText,
  ): Promise<ModalView> {
    const reader = await meetPerson(context, { workspaceId, userId });
    return scheduleOf(context, reader, { repId, ...(notice && { notice }) }, clock.now());
  }

  async function moveView(
    { actor, view }: Pressed,
    at: MonthPlace,
    notice?: SlackText,
  ): Promise<ModalView> {
    const now = clock.now();
    const month = await mustOpenMonth(context, actor, at, now);
    if (!canMove(month, now)) {
      throw new UserError('review_over', 'That 1:1 is over: there is nothing to move any more.');
    }
    const place = placeNow(month, { ...at, moves: 0, over: isOver({ view }) });
    const reason = { reason: null };
    return moveMeetingForm.view({ ...moveScreen(month, place, reason), notice });
  }

  async function skipView({ actor, view }: Pressed, at: MonthPlace): Promise<ModalView> {
    const month = await mustOpenMonth(context, actor, at, clock.now());
    if (!canSkip(month)) {
      throw new UserError(
        'review_over',
        'That 1:1 has begun, or is over: it can’t be skipped now.',
      );
    }
    const place = placeNow(month, { ...at, moves: 0, over: isOver({ view }) });
    return skipMeetingForm.view(meetingFormScreen(month, place));
  }

  /** The month of the review that a button names. */
  async function placeIn({ actor, value }: Pick<Click<string>, 'actor' | 'value'>) {
    const { review } = await mustJoin(context, actor, value);
    return { repId: review.repId, month: review.month };
  }

  /** Whether it was pressed in the message that tells the manager of the 1:1, which is kept up to date. */
  async function isHeadsUp({ actor, message: pressed }: Click<string>, review: Review) {
    const about = { workspaceId: actor.workspaceId, userId: actor.userId };
    const days = (await aheadOf(context.db, review.id)).filter(
      ({ managerId }) => managerId === actor.userId,
    );
    const orders = [
      reviewOrder('headsUp', about, review),
      ...days.map(({ day }) => aheadOrder(about, day)),
    ];
    const sent = await Promise.all(
      orders.map(({ key }) =>
        context.outbox.find({ ...about, kind: REVIEW_DELIVERY.headsUp, key }),
      ),
    );
    return sent.flat().some((one) => one.message?.ts === pressed?.ts);
  }

  /** A form over the schedule closes, and that shows what came of it; one from a message says it itself. */
  function done({ actor, about, view, client }: Submitted, notice: SlackText): FormAnswer {
    const under = about.over && view.rootId !== view.id ? view.rootId : null;
    if (under === null) return { update: movedView(notice) };
    return {
      after: () => updateView(client, under, () => scheduleFor(actor, about.repId, notice)),
    };
  }
}

/** All other views hold none of these buttons. */
const isOver = ({ view }: Pick<Pressed, 'view'>): boolean => view?.type === 'modal';
