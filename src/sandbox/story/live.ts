/** Two months of a team of six, lived by what people would type and press, with the clock moved on. */
import {
  addDays,
  datesBetween,
  daysBetween,
  firstOfMonth,
  lastDayOfMonth,
  mondayOf,
  monthsApart,
  weekdayOf,
} from '../../time/local-date.ts';
import { localDateIn, zoneOf } from '../../time/zone.ts';
import type { PostedMessage } from '../slack/conversations.ts';
import { HOME_ZONE, people } from '../team.ts';
import { managersItems, type PlanStep, reps, type StoryRep, type Why } from './cast.ts';
import { sayJoined } from './coaching.ts';
import { type Desk, type Entries, Hands, holds } from './hands.ts';
import { type Happening, happenings } from './happenings.ts';
import { CAST, type CastName, type Expected, type Moment } from './moment.ts';

export interface StoryParts extends Desk {
  now(): Date;
  /** Lives through all that falls due up to an instant. */
  advance(to: Date): Promise<void>;
  /** Hears what is being lived, in a few words. */
  tell(words: string): void;
}

const TEAM_CHANNEL = 'C0MAXTEAM';
const zone = zoneOf(HOME_ZONE);
/** When each day's check-in has come. */
const EVENING = '16:45';
/** When what is written in the morning has come, in Berlin's afternoon. */
const MORNING = '10:15';
/** Set up so long before the plans begin, they can all be signed: nobody gets all signatures in one day. */
const SET_UP_DAYS = 4;
/** June's first day, before the week in which the plans begin. */
const JOINED_DAYS = 21;
const AFTER_THE_MEETINGS = '11:30';

/** From set-up and signatures to the check-in on the day after the third month's 1:1s. */
export async function liveStory(parts: StoryParts): Promise<void> {
  const story = new Story(parts);
  await story.begin();
  await story.live();
}

interface Lived {
  rep: StoryRep;
  hands: Hands;
  /** What of each activity is begun and not done yet. */
  owed: Map<string, number>;
  said: Set<string>;
  /** What was answered or written about already, by `ts`. */
  done: Set<string>;
}

class Story {
  readonly #parts: StoryParts;
  readonly #people: Omit<Moment, 'today' | 'once'>;
  readonly #max: Hands;
  readonly #reps: Lived[];
  readonly #start: string;
  /** The threads about which Max has written. */
  readonly #discussed = new Set<string>();
  #expected: (Expected & { by: string })[] = [];

  constructor(parts: StoryParts) {
    this.#parts = parts;
    const hands = (name: CastName) => new Hands(parts, person(name));
    this.#people = {
      dana: hands('dana'),
      tom: hands('tom'),
      june: hands('june'),
      max: hands('max'),
      lena: hands('lena'),
      aisha: hands('aisha'),
      idOf: (name) => person(name).id,
    };
    this.#max = this.#people.max;
    this.#reps = reps.map((rep) => ({
      rep,
      hands: this.#people[rep.name],
      owed: new Map(),
      said: new Set(),
      done: new Set(),
    }));
    const soonest = addDays(localDateIn(HOME_ZONE, parts.now()), SET_UP_DAYS);
    this.#start = firstOfMonth(soonest, 1);
  }

  async begin(): Promise<void> {
    this.#parts.tell('Max sets Bigplan up for his team.');
    await this.#max.command('');
    await this.#max.submit({ leaders: [person('lena').id], managers: [person('max').id] });
    const members = reps.map(({ name }) => person(name).id);
    await this.#max.submit({ reps: members, channel: TEAM_CHANNEL });
    await this.#max.close();
    const joinedOn = addDays(mondayOf(this.#start), -JOINED_DAYS);
    await sayJoined(this.#max, person('june').realName, joinedOn);
    for (const { rep, hands } of this.#reps) {
      this.#parts.tell(`${person(rep.name).realName} makes a plan, and Max agrees to it.`);
      await plan(hands, this.#stepsOf(rep));
      // Somebody who has had the day's messages gets the next ones in the morning.
      if (!this.#max.find('plan_agree')) await this.#nextMorning();
      await this.#max.press(await this.#max.sent('plan_agree'), 'plan_agree');
      await this.#max.close();
    }
  }

  #nextMorning(): Promise<void> {
    return this.#to(addDays(localDateIn(HOME_ZONE, this.#parts.now()), 1), MORNING);
  }

  #stepsOf(rep: StoryRep): PlanStep[] {
    const start = this.#start;
    return rep.plan({
      start,
      end: lastDayOfMonth(start, 11),
      dayIn(month, day) {
        const inMonth = datesBetween(firstOfMonth(start, month), lastDayOfMonth(start, month));
        return inMonth[day - 1] ?? lastDayOfMonth(start, month);
      },
    });
  }

  async live(): Promise<void> {
    const third = firstOfMonth(this.#start, 2);
    const lastMeetings = firstTuesday(third);
    const last = addDays(lastMeetings, 1);
    const meetings = [firstTuesday(firstOfMonth(this.#start, 1)), lastMeetings];
    for (const date of datesBetween(this.#start, last)) {
      if (['sat', 'sun'].includes(weekdayOf(date))) continue;
      this.#parts.tell(`They live through ${dayName(date)}.`);
      const weeksLeft = daysBetween(mondayOf(date), mondayOf(last)) / 7;
      const due = happenings.filter(
        (one) => one.weeksLeft === weeksLeft && one.on === weekdayOf(date),
      );
      await this.#happen(due, date, 'morning');
      if (date === addDays(firstTuesday(firstOfMonth(this.#start, 1)), 9)) await this.#tick();
      if (meetings.includes(date)) {
        await this.#to(date, AFTER_THE_MEETINGS);
        await this.#meet(date, { closing: date < third });
      }
      await this.#to(date, EVENING);
      const about = meetings.findIndex((meeting) => date <= meeting);
      for (const lived of this.#reps) await this.#answer(lived, about);
      await this.#happen(due, date, 'evening');
      await this.#answerExpected(date, last);
      if (date === last) continue;
      await Promise.all(
        this.#reps.map(async (lived) => {
          await this.#tellDay(lived, date);
          lived.hands.read();
        }),
      );
    }
    for (const name of CAST) await this.#people[name].openHome();
  }

  async #happen(due: readonly Happening[], date: string, at: Happening['at']): Promise<void> {
    const now = due.filter((one) => one.at === at);
    if (now.length > 0 && at === 'morning') await this.#to(date, MORNING);
    for (const { live } of now) await live(this.#moment(date));
  }

  #moment(today: string): Moment {
    return {
      ...this.#people,
      today,
      once: (expected) =>
        this.#expected.push({ ...expected, by: addDays(today, expected.withinDays) }),
    };
  }

  /** What has come is answered; what should have come by now is waited for. */
  async #answerExpected(date: string, last: string): Promise<void> {
    const still: (Expected & { by: string })[] = [];
    for (const expected of this.#expected.splice(0)) {
      const { who, action, words, by, answer } = expected;
      const sought = words === undefined ? {} : { words };
      const hands = this.#people[who];
      const isLate = date >= by || date === last;
      const message = isLate ? await hands.sent(action, sought) : hands.find(action, sought);
      if (message) await answer(message, this.#moment(date));
      else still.push(expected);
    }
    this.#expected.push(...still);
  }

  #to(date: string, time: string): Promise<void> {
    return this.#parts.advance(zone.instantAt(date, time));
  }

  /** What somebody did today, and what came of it. */
  async #tellDay(lived: Lived, date: string): Promise<void> {
    const { rep, hands, owed, said } = lived;
    const month = monthsApart(this.#start, date);
    const { effort, yield: result, said: sayings, leads } = rep.months[month] ?? rep.months[1];
    const day = Number(date.slice(8));
    const question = hands.inbox().findLast((message) => holds(message, 'day_skip_open'));
    // Nobody is asked on a holiday.
    if (!question || lived.done.has(question.ts)) return;
    lived.done.add(question.ts);
    for (const saying of month < rep.months.length ? sayings : []) {
      const key = `${month} ${saying.words}`;
      if (saying.day > day || said.has(key)) continue;
      said.add(key);
      await hands.command(saying.words);
      if (hands.asked().includes('criteria'))
        await hands.submit({ criteria: hands.offered('criteria') });
    }
    if (weekdayOf(date) === 'fri' && month < rep.months.length) {
      const [inbound, outbound] = leads[Math.floor((day - 1) / 7) % leads.length] ?? [];
      if (inbound !== undefined)
        await hands.command(`leads ${inbound} inbound ${outbound} outbound`);
    }
    const counts = plannedIn(question).map(([activity, planned]) => {
      const share = activity === 'calls' ? effort * swing(date, rep.name) : result;
      const all = (owed.get(activity) ?? 0.5) + planned * share;
      const done = Math.floor(all);
      owed.set(activity, all - done);
      return [activity, done] as const;
    });
    const words = counts.filter(([activity, done]) => done > 0 || activity === 'calls');
    if (words.length > 0) await hands.say(words.map(countText).join(', '));
  }

  /** Says why, where it is asked before a 1:1. */
  async #answer({ rep, hands, done }: Lived, meeting: number): Promise<void> {
    const asked = hands.inbox().findLast((message) => holds(message, 'review_answer'));
    if (!asked || done.has(asked.ts)) return;
    done.add(asked.ts);
    const { whys } = rep.months[meeting] ?? rep.months[1];
    await hands.press(asked, 'review_answer');
    await answerAll(hands, { whys, worked: WORKED[meeting] ?? WORKED[0] });
    await hands.close();
  }

  /** A week later some of what was agreed on is done. */
  async #tick(): Promise<void> {
    const agreed = this.#max
      .channel(TEAM_CHANNEL)
      .filter((message) => holds(message, 'recovery_done'));
    for (const message of agreed.slice(0, -1)) await this.#max.press(message, 'recovery_done');
  }

  /** The 1:1s of a day: what is agreed on stands in the recovery plan. */
  async #meet(date: string, { closing }: { closing: boolean }): Promise<void> {
    const max = this.#max;
    const threads = max
      .channel(TEAM_CHANNEL)
      .filter(({ thread_ts }) => thread_ts === undefined)
      .filter((message) => holds(message, 'recovery_open') && !this.#discussed.has(message.ts));
    for (const [at, thread] of threads.entries()) {
      this.#discussed.add(thread.ts);
      const about = reps.find(({ name }) =>
        JSON.stringify(thread.blocks).includes(person(name).id),
      );
      // The last of the open ones is left to whoever opens the story.
      if (!about || (!closing && at === threads.length - 1)) continue;
      await max.press(thread, 'recovery_open');
      await max.pressInForm('recovery_add');
      await max.submit({
        text: about.months[closing ? 0 : 1].whys[0]?.proposal ?? '',
        owner: 'rep',
        due: addDays(date, 21),
      });
      await max.pressInForm('recovery_add');
      await max.submit({
        text: managersItems[about.name],
        owner: 'manager',
        due: addDays(date, 10),
      });
      if (closing) {
        await max.pressInForm('review_close_open');
        await max.submit();
      }
      await max.close();
    }
  }
}

/** Captures a plan and proposes it. */
async function plan(hands: Hands, steps: readonly PlanStep[]): Promise<void> {
  await hands.command('');
  for (const { entries, pasted, rows = [] } of steps) {
    if (pasted) {
      await hands.pressInForm('plan_row_paste', { beside: pasted.list });
      await hands.submit({ lines: pasted.lines });
    }
    for (const row of rows) {
      await hands.pressInForm('plan_row_add', { beside: row.list });
      await hands.submit(row.entries);
    }
    await hands.submit(entries);
  }
  await hands.submit();
  await hands.close();
}

/** There are never so many: a form that stays would hold the story for ever. */
const MOST_FORMS = 10;
/** What worked, by the month. */
const WORKED = [
  'Two blocks a day, and a note to each of them the same afternoon.',
  'The date of their next audit in the first sentence: they look for their calendar.',
] as const;

/** Answers what the forms ask about a month, and sends it. */
async function answerAll(
  hands: Hands,
  { whys, worked }: { whys: readonly Why[]; worked: string },
): Promise<void> {
  let given = 0;
  for (let forms = 0; forms < MOST_FORMS && hands.asked().length > 0; forms += 1) {
    const asked = hands.asked();
    const entries: Entries = {};
    for (const path of asked.filter((one) => one.endsWith('words'))) {
      const topic = path.slice(0, -'words'.length);
      const why = asked.includes(`${topic}causes`) ? whys[given++ % whys.length] : undefined;
      entries[path] = why?.words ?? worked;
      if (!why) continue;
      entries[`${topic}causes`] = why.causes;
      entries[`${topic}proposal`] = why.proposal;
    }
    await hands.submit(entries);
  }
  if (hands.title() === 'Send your answers') await hands.submit();
}

/** What a check-in plans: calls, visits and what follows. */
function plannedIn({ text }: PostedMessage): [string, number][] {
  return [...text.matchAll(/(calls|visits|demos|proposals|contracts) (\d+)/gi)].map(
    ([, activity = '', planned]) => [activity.toLowerCase(), Number(planned)],
  );
}

/** `1 visit`, `2 visits`. */
const countText = ([activity, done]: readonly [string, number]): string =>
  `${done} ${done === 1 ? activity.slice(0, -1) : activity}`;

const SWINGS = [0.86, 1.12, 1.04, 0.93, 1.15, 0.97, 1.08, 0.9, 1.1, 0.85, 1];

/** No two days are alike: what of the usual is done on one, 1 on average. */
function swing(date: string, name: string): number {
  const day = Date.parse(date) / 86_400_000 + name.length * 3;
  return SWINGS[day % SWINGS.length] ?? 1;
}

function person(name: string) {
  const found = people.find((one) => one.name === name);
  if (!found) throw new Error(`Nobody is called ${name}`);
  return found;
}

function firstTuesday(first: string): string {
  let date = first;
  while (weekdayOf(date) !== 'tue') date = addDays(date, 1);
  return date;
}

const dayName = (date: string): string =>
  new Date(date).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
