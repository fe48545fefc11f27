/** What Max and his reps do in coaching hours, about objections, and in a new hire's first weeks. */
import { mondayOf } from '../../time/local-date.ts';
import type { CoachedHour, StoryObjection } from './coached-hours.ts';
import type { Hands } from './hands.ts';
import type { Moment } from './moment.ts';

const GENERAL = 'C0GENERAL';

/** Max says when June began, before anybody has a plan. */
export async function sayJoined(max: Hands, june: string, joinedOn: string): Promise<void> {
  await max.command('team');
  await max.pressInForm('plan_dues');
  await max.pressInForm('plan_joined', { beside: june });
  await max.submit({ joinedOn });
  await max.close();
}

/** June says what a week of hers is about; both look back on day 30 and day 60. */
export async function beginFirstWeeks({ once }: Moment): Promise<void> {
  once({
    who: 'june',
    action: 'onboarding_week',
    withinDays: 8,
    async answer(message, { june }) {
      await june.press(message, 'onboarding_week');
      await june.submit({ words: 'Joint calls with Dana: who decides in a district, and when.' });
      await june.close();
    },
  });
  for (const { day, withinDays, shadowed, called } of [
    { day: 30, withinDays: 21, shadowed: 2, called: 2 },
    { day: 60, withinDays: 51, shadowed: 0, called: 4 },
  ]) {
    const look = { action: 'onboarding_open', words: `Day ${day}`, withinDays };
    if (shadowed > 0)
      once({
        ...look,
        who: 'june',
        async answer(message, { june }) {
          await june.press(message, 'onboarding_open');
          for (let week = 0; week < shadowed; week++) await june.pressInForm('onboarding_confirm');
          await june.close();
        },
      });
    once({
      ...look,
      who: 'max',
      async answer(message, { max }) {
        await max.press(message, 'onboarding_open');
        for (let week = 0; week < called; week++) await max.pressInForm('onboarding_confirm');
        await max.close();
        await max.press(message, 'onboarding_look');
      },
    });
  }
}

export async function pickDay({ max }: Moment): Promise<void> {
  await max.command('coach');
  await max.pressInForm('coach_day_open');
  await max.submit({ day: 'wed' });
  await max.close();
}

/** Tom has told what he won, and may be named. */
export async function wantItTold({ tom }: Moment): Promise<void> {
  await tom.command('objections');
  await tom.pressInForm('recognition_open');
  await tom.submit({ kinds: ['wins', 'sharing'], channelId: GENERAL, more: ['handles'] });
  await tom.close();
}

/** Max logs an hour; its rep gets the tweak, and says what they think of it. */
export async function holdHour(moment: Moment, hour: CoachedHour): Promise<void> {
  const { max, idOf, once } = moment;
  const { rep, useful, objection, weeksLeft: _, ...logged } = hour;
  await max.command(`coach <@${idOf(rep)}>`);
  await max.submit(logged);
  if (objection) {
    await max.pressInForm('objection_open');
    await max.submit({ ...objection });
  }
  await max.close();
  if (useful === null) return;
  once({
    who: rep,
    action: 'coach_useful',
    words: logged.tweak,
    withinDays: 5,
    answer: (message, people) => people[rep].press(message, `coach_useful.${useful}`),
  });
}

export async function callOffHour({ max, idOf, today }: Moment): Promise<void> {
  const prompt = await max.sent('coach_skip_open', { words: mondayOf(today) });
  await max.press(prompt, 'coach_skip_open', { beside: idOf('june') });
  await max.submit({
    reason: 'June is at the county fair until Friday. Next week we take two calls.',
  });
  await max.close();
}

/** June says before the next hour what she wants to talk about. */
export async function wishForHour({ june }: Moment): Promise<void> {
  await june.command('coach');
  await june.pressInForm('coach_topic_open');
  await june.submit({ topic: 'Districts stop at the yearly minimum. What may I offer them?' });
  await june.close();
}

export async function logObjections(hands: Hands, met: readonly StoryObjection[]): Promise<void> {
  await hands.command('objections');
  for (const objection of met) {
    await hands.pressInForm('objection_open');
    await hands.submit({ ...objection });
  }
  await hands.close();
}
