/** `/bigplan coach`, the buttons of coaching hours, and their forms. */
import type { ModalView } from '@slack/types';
import type { Context } from '../../context.ts';
import { recordSeen } from '../../db/audit.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { styleWithoutMoney } from '../../people/settings/view.ts';
import { type Person, teamLedBy, teamsOf } from '../../people/store.ts';
import type { Click, FormAnswer, Submission } from '../../slack/on.ts';
import { mention, mrkdwn, type SlackText } from '../../slack/text.ts';
import { updateView } from '../../slack/views.ts';
import { addDays } from '../../time/local-date.ts';
import { localDateIn } from '../../time/zone.ts';
import { handOffAge } from '../hand-off/store.ts';
import { handOffLine } from '../hand-off/view.ts';
import {
  coachDayOpen,
  coachLogOpen,
  coachMenu,
  coachMoveOpen,
  coachNone,
  coachOwnOpen,
  coachPage,
  coachReopen,
  coachSkipOpen,
  coachTopicOpen,
  coachUseful,
  standInDecline,
  standInEnd,
  standInOpen,
  WHOLE_TEAM,
  WITHOUT_DAY,
} from '../ids.ts';
import { type Hour, heldHours, hoursIn, rhythmsOf, standInsFor } from '../store.ts';
import {
  type CoachPlace,
  coachDoneView,
  type HourAbout,
  isForSeveral,
  loggedView,
  logHourForm,
  moveHourForm,
  rhythmForm,
  skipHourForm,
  standInForm,
  topicForm,
} from './forms-view.ts';
import {
  type HourRef,
  logHour,
  moveHour,
  mustCoach,
  mustHaveCoach,
  pickNoDay,
  pickRhythm,
  reopenHour,
  sayTopic,
  sayUseful,
  skipHour,
  USUAL_TIME,
  weekToCome,
} from './hold-hour.ts';
import { type HourNow, hoursNow } from './hours-now.ts';
import { hourScreen, hoursHeldBy, prepOf } from './show-hours.ts';
import { declineStandIn, nameStandIn, takeStandInBack } from './stand-in.ts';
import { coachListView, coverageView, ownCoachingView } from './view.ts';

/** So many days after an hour its tweak is measured where nobody says otherwise. */
const USUAL_DAYS = 14;
const MOST_HELD = 5;
/** Reps without a day whose day is picked in one form. */
const MOST_AT_ONCE = 100;

export function listenToHours(context: Context): void {
  const { on, commands, clock, db } = context;
  const style = styleWithoutMoney;

  commands.subcommand(
    'coach',
    ({ actor, args, open }) =>
      open(async () => {
        const reader = await meetPerson(context, actor);
        const repId = readRep(args);
        if (repId === null) return firstView(reader);
        const { week } = await mustCoach(context, actor, repId, clock.now());
        return logView(reader, { repId, week }, 'command');
      }),
    'your weekly coaching hours, or your own; `coach @rep` logs one',
  );

  on.click(coachLogOpen, (click) => click.showOver(() => over(click, 'log')));
  on.click(coachMoveOpen, (click) => click.showOver(() => over(click, 'move')));
  on.click(coachSkipOpen, (click) => click.showOver(() => over(click, 'skip')));
  on.act(coachReopen, async ({ actor, value }) => reopenHour(context, actor, value));
  on.click(coachMenu, async (click) => {
    const { actor, value } = click;
    const { what, repId } = value;
    if (what === 'day') return click.showOver(() => dayView(actor, repId));
    if (what !== 'reopen') return click.showOver(() => over(click, what));
    await reopenHour(context, actor, value);
    await click.update(() => listOf(actor, { notice: mrkdwn`✓ Open again.` }));
  });
  on.act(coachPage, ({ actor, value: page, update }) => update(() => listOf(actor, { page })));
  on.click(coachDayOpen, ({ actor, value, showOver }) => showOver(() => dayView(actor, value)));
  on.click(coachNone, ({ actor, open }) =>
    open(async () => {
      await pickNoDay(context, actor);
      const notice = mrkdwn`✓ *No hours for those without a day.* You aren’t asked again; a day can be picked here whenever you want.`;
      return listOf(actor, { notice });
    }),
  );
  on.click(coachOwnOpen, ({ actor, showOver }) => showOver(() => ownOf(actor)));

  on.submit(logHourForm, async (submission) => {
    const { actor, about, read } = submission;
    const { locale } = await meetPerson(context, actor);
    await logHour(context, actor, about, read(style(locale)));
    if (about.place === 'command') return { update: loggedView(about.repId) };
    return shownAgain(submission, mrkdwn`✓ *Logged.* ${mention(about.repId)} gets the tweak.`);
  });

  on.submit(moveHourForm, async (submission) => {
    const { actor, about, read } = submission;
    const { locale } = await meetPerson(context, actor);
    await moveHour(context, actor, about, read(style(locale)));
    return shownAgain(submission, mrkdwn`✓ *Moved.* ${mention(about.repId)} sees it too.`);
  });

  on.submit(skipHourForm, async (submission) => {
    const { actor, about, read } = submission;
    const { locale } = await meetPerson(context, actor);
    await skipHour(context, actor, about, read(style(locale)).reason);
    return shownAgain(submission, mrkdwn`Skipped this week. The next one comes as planned.`);
  });

  on.submit(rhythmForm, async ({ actor, about, read, view, client }) => {
    const { locale } = await meetPerson(context, actor);
    const picked = read({ ...style(locale), isTeam: isForSeveral(about.repId) });
    const repIds =
      about.repId === WHOLE_TEAM ? await membersOf(actor) : (about.without ?? [about.repId]);
    await pickRhythm(context, actor, { ...picked, repIds });
    const notice =
      picked.day === 'none'
        ? mrkdwn`✓ *Stopped.* No more coaching hours until you pick a day.`
        : mrkdwn`✓ *Saved.* The prompts come on those days.`;
    if (view.rootId === view.id) return { update: coachDoneView(notice) };
    return { after: () => updateView(client, view.rootId, () => listOf(actor, { notice })) };
  });

  on.click(coachTopicOpen, ({ actor, view, showOver }) =>
    showOver(async () => {
      const reader = await meetPerson(context, actor);
      const found = await mustHaveCoach(context, actor, clock.now());
      const kept = await hourOf(found, weekToCome(found));
      return topicForm.view({
        about: { place: view?.type === 'modal' ? 'own' : 'message' },
        style: style(reader.locale),
        raw: { topic: kept?.topic ?? null },
        rev: kept?.topic ?? '0',
      });
    }),
  );

  on.submit(topicForm, async ({ actor, about, read, view, client }) => {
    const { locale } = await meetPerson(context, actor);
    const { topic } = read(style(locale));
    await sayTopic(context, actor, topic);
    const notice =
      topic === null
        ? mrkdwn`✓ Taken back.`
        : mrkdwn`✓ *Noted.* Whoever holds your hour reads it there.`;
    if (about.place === 'message' || view.rootId === view.id) return;
    return { after: () => updateView(client, view.rootId, () => ownOf(actor, notice)) };
  });

  on.act(coachUseful, ({ actor, value: { said, hourId } }) =>
    sayUseful(context, actor, hourId, said === 'yes'),
  );

  on.click(standInOpen, ({ actor, showOver }) =>
    showOver(async () => {
      const { locale, timeZone } = await meetPerson(context, actor);
      const today = localDateIn(timeZone, clock.now());
      const raw = { from: today, to: addDays(today, 7) };
      return standInForm.view({ about: {}, style: style(locale), raw, rev: '0' });
    }),
  );

  on.submit(standInForm, async ({ actor, id, read, view, client }) => {
    const { locale } = await meetPerson(context, actor);
    const named = read(style(locale));
    await meetPerson(context, { workspaceId: actor.workspaceId, userId: named.standIn });
    await nameStandIn(context, actor, id, named);
    const notice = mrkdwn`✓ *${mention(named.standIn)} is told.* They get the prompts of those days; you hear if they can’t.`;
    if (view.rootId === view.id) return { update: coachDoneView(notice) };
    return { after: () => updateView(client, view.rootId, () => listOf(actor, { notice })) };
  });

  on.act(standInDecline, ({ actor, value }) => declineStandIn(context, actor, value));
  on.act(standInEnd, async ({ actor, value, update }) => {
    const { standInId } = await takeStandInBack(context, actor, value);
    const notice = mrkdwn`✓ Taken back: ${mention(standInId)} knows.`;
    await update(() => listOf(actor, { notice }));
  });

  /** What the command opens: the hours somebody holds, their own, or who had theirs. */
  async function firstView(reader: Person): Promise<ModalView> {
    const held = await hoursHeldBy(context, reader, clock.now());
    if (held.length > 0) return listOf(reader);
    const [own] = await hoursNow(context, reader.workspaceId, [reader.userId], clock.now());
    if (own?.manager) return ownOf(reader);
    return reader.leader ? coverageOf(reader) : listOf(reader);
  }

  async function listOf(
    actor: PersonRef,
    { page = 0, notice }: { page?: number; notice?: SlackText } = {},
  ): Promise<ModalView> {
    const reader = await meetPerson(context, actor);
    const now = clock.now();
    const { workspaceId, userId, locale } = reader;
    const hours = await hoursHeldBy(context, reader, now);
    const [own] = await hoursNow(context, workspaceId, [userId], now);
    const today = localDateIn(reader.timeZone, now);
    return coachListView({
      hours: hours.map((one) => hourScreen(one, locale)),
      page,
      standIns: await standInsFor(db, workspaceId, [userId], today),
      isManager: hours.some(({ manager }) => manager?.userId === userId),
      isCoached: Boolean(own?.manager),
      readerId: userId,
      locale,
      notice,
    });
  }

  async function ownOf(actor: PersonRef, notice?: SlackText): Promise<ModalView> {
    const { locale } = await meetPerson(context, actor);
    const now = clock.now();
    const found = await mustHaveCoach(context, actor, now);
    const kept = await hourOf(found, weekToCome(found));
    const prep = await prepOf(context, found);
    return ownCoachingView({
      hour: hourScreen(found, locale),
      prep: { ...prep, topic: kept?.topic ?? null },
      held: await heldHours(context, actor, MOST_HELD),
      notice,
    });
  }

  async function coverageOf({ workspaceId, locale }: Person): Promise<ModalView> {
    const teams = (await teamsOf(db, workspaceId)).filter(({ members }) => members.length > 0);
    const ids = teams.flatMap(({ members }) => members.map(({ userId }) => userId));
    const hours = await hoursNow(context, workspaceId, ids, clock.now());
    return coverageView({
      teams: teams.map(({ managerId }) => ({
        managerId,
        hours: hours
          .filter(({ manager }) => manager?.userId === managerId)
          .map((one) => hourScreen(one, locale)),
      })),
    });
  }

  async function hourOf({ rep }: HourNow, week: string): Promise<Hour | null> {
    const [hour] = await hoursIn(context, rep.workspaceId, [rep.userId], [week]);
    return hour ?? null;
  }

  /** The form that a button of the list or of a message opens. */
  async function over(
    { actor, view, value }: Pick<Click<HourRef>, 'actor' | 'view' | 'value'>,
    what: 'log' | 'move' | 'skip',
  ): Promise<ModalView> {
    const reader = await meetPerson(context, actor);
    const place = view?.type === 'modal' ? 'list' : 'message';
    if (what === 'log') return logView(reader, value, place);
    const found = await mustCoach(context, actor, value.repId, clock.now());
    const screen = {
      about: { repId: value.repId, week: value.week, place },
      style: style(reader.locale),
      rev: '0',
      hour: hourScreen(found, reader.locale),
    } as const;
    if (what === 'skip') return skipHourForm.view({ ...screen, raw: {} });
    const raw = { date: found.at?.date ?? found.today, time: found.at?.time ?? USUAL_TIME };
    return moveHourForm.view({ ...screen, raw });
  }

  async function logView(
    reader: Person,
    { repId, week }: HourRef,
    place: CoachPlace,
  ): Promise<ModalView> {
    const now = clock.now();
    const found = await mustCoach(context, reader, repId, now);
    const hour = found.week === week ? found.hour : await hourOf(found, week);
    const prep = await prepOf(context, found);
    await recordSeen(db, reader, { kind: 'standing_seen', repIds: [repId] }, now);
    const today = localDateIn(found.rep.timeZone, now);
    const { evidence } = prep;
    const nearest = evidence.kind === 'weak' || evidence.kind === 'nearest' ? evidence.stage : null;
    const shown = style(reader.locale);
    const raw = logHourForm.write(
      {
        which: hour?.which ?? null,
        link: hour?.link ?? null,
        heard: hour?.heard ?? null,
        ...(hour?.reviewed && { reviewed: hour.reviewed }),
        ...(hour?.tweak && { tweak: hour.tweak }),
        ...((hour?.metric ?? nearest) && { metric: hour?.metric ?? nearest }),
        measureOn: hour?.measureOn ?? addDays(today, USUAL_DAYS),
      },
      shown,
    );
    return logHourForm.view({
      about: { repId, week, place },
      style: shown,
      raw,
      rev: '0',
      hour: hourScreen(found, reader.locale),
      prep,
      card: handOffLine(await handOffAge(db, reader.workspaceId), clock.now(), reader.locale),
    });
  }

  async function dayView(actor: PersonRef, repId: string): Promise<ModalView> {
    const { locale } = await meetPerson(context, actor);
    const members = await membersOf(actor);
    if (members.length === 0) {
      throw new UserError('no_team', 'Nobody plans with you yet: `/bigplan team` adds your reps.');
    }
    const known = await rhythmsOf(db, actor.workspaceId, members);
    const without = members.filter((id) => !known.has(id)).slice(0, MOST_AT_ONCE);
    // Once each has one, it is the whole team's that can be picked anew.
    const whose = repId === WITHOUT_DAY && without.length === 0 ? WHOLE_TEAM : repId;
    const isTeam = isForSeveral(whose);
    const ids = whose === WITHOUT_DAY ? without : isTeam ? members : [whose];
    const hours = await hoursNow(context, actor.workspaceId, ids, clock.now());
    const rhythm = hours.find((one) => one.rhythm)?.rhythm;
    const picked = rhythm && !isTeam ? (rhythm.weekday ?? 'none') : null;
    return rhythmForm.view({
      about: { repId: whose, ...(whose === WITHOUT_DAY && { without }) },
      style: { ...style(locale), isTeam },
      raw: { day: picked ?? (isTeam ? 'spread' : 'thu'), time: rhythm?.time ?? USUAL_TIME },
      rev: '0',
      count: whose === WITHOUT_DAY ? without.length : members.length,
    });
  }

  async function membersOf(actor: PersonRef): Promise<string[]> {
    const team = await teamLedBy(db, actor);
    const here = (team?.members ?? []).filter((one) => !one.deactivated);
    return here.map(({ userId }) => userId);
  }

  /** A form over the list closes, and that shows what came of it; a message shows it by itself. */
  function shownAgain(
    {
      actor,
      about,
      view,
      client,
    }: Pick<Submission<HourAbout, never, unknown>, 'actor' | 'about' | 'view' | 'client'>,
    notice: SlackText,
  ): FormAnswer {
    if (about.place !== 'list' || view.rootId === view.id) return;
    return { after: () => updateView(client, view.rootId, () => listOf(actor, { notice })) };
  }
}

/** @throws UserError `not_read` where it is neither nothing nor somebody. */
function readRep(args: string): string | null {
  if (args === '') return null;
  const [, id] = /^<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>$/.exec(args) ?? [];
  if (id !== undefined) return id;
  throw new UserError(
    'not_read',
    'Whose hour? `/bigplan coach` lists them; to log one, pick the name from the list that Slack shows after @.',
  );
}
