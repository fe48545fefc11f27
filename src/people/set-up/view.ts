/** The two steps of the set-up, and how it ends: what happens next, and one button. */
import type { ModalView } from '@slack/types';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { form, type Shown } from '../../slack/form.ts';
import type { NumberStyle } from '../../slack/format.ts';
import { modal, progress } from '../../slack/surfaces.ts';
import { lines, mention, mrkdwn } from '../../slack/text.ts';
import { planOpened } from '../ids.ts';
import { mentions } from '../names-view.ts';
import {
  currencyNames,
  NoSubject,
  SETTINGS_REV,
  settingsFields,
  styleWithoutMoney,
} from '../settings/view.ts';
import type { Person, Settings } from '../store.ts';
import type { TeamSaved } from '../team/save-team.ts';
import { TeamAbout, type TeamShown, teamFields, teamSavedWords } from '../team/view.ts';
import { hasNobody, homeCountry, homeCurrency } from './rules.ts';

interface WelcomeScreen extends Shown<NoSubject, NumberStyle> {
  /** Who may leave it for their own plan. */
  userId: string;
}

const NOBODY = {
  path: 'managers',
  problem: 'Pick somebody who manages or leads. Not yours to say? Skip for now, above.',
};

export const welcomeForm = form({
  id: 'people_welcome',
  about: NoSubject,
  fields: settingsFields,
  check: (values) => (hasNobody(values) ? [NOBODY] : []),
  frame: () => ({ title: 'Welcome to Bigplan', submit: 'Next', close: 'Later' }),
  arrange: (inputs, { userId }: WelcomeScreen) => [
    section(mrkdwn`*Two short steps, and your team can plan.* All of it can be changed later.`),
    context(progress(1, 2)),
    section('Here for your own plan only? Somebody else can do this later.', {
      accessory: button('Skip for now', planOpened.with(userId)),
    }),
    ...Object.values(inputs).flat(),
  ],
});

/** The first step as it begins, with what can be guessed of the person's country. */
export function welcomeScreen(
  { userId, locale, timeZone }: Pick<Person, 'userId' | 'locale' | 'timeZone'>,
  settings: Settings,
): WelcomeScreen {
  const country = homeCountry(locale, timeZone);
  const codes = currencyNames().map(({ code }) => code);
  const style = styleWithoutMoney(locale);
  const guessed = {
    ...settings,
    admins: [userId],
    currency: homeCurrency(country, codes),
    country,
  };
  const raw = welcomeForm.write(guessed, style);
  return { about: {}, style, raw, rev: SETTINGS_REV, userId };
}

interface WelcomeTeamScreen extends TeamShown {
  /** Who may leave it for their own plan. */
  userId: string;
}

export const welcomeTeamForm = form({
  id: 'people_welcome_team',
  about: TeamAbout,
  fields: teamFields,
  frame: () => ({ title: 'Welcome to Bigplan', submit: 'Finish', close: 'Later' }),
  arrange: ({ reps, channel }, { style, userId }: WelcomeTeamScreen) => [
    section(
      style.appointed
        ? mrkdwn`*Who plans with you?* Pick your reps, and Bigplan says hello to them.`
        : mrkdwn`*Do you plan with reps yourself?* Pick them here. If not, leave it empty and finish.`,
    ),
    context(progress(2, 2)),
    ...(style.appointed
      ? [
          section('Nobody to pick yet? `/bigplan team` is there whenever you are.', {
            accessory: button('Skip for now', planOpened.with(userId)),
          }),
        ]
      : []),
    ...reps,
    ...channel,
  ],
});

const opening = (text: string, repId: string) =>
  actions([button(text, { ...planOpened.with(repId), style: 'primary' })]);

/** For whoever finished it. `joined` and `asked` are what their team came to. */
export function setUpDoneView(
  { userId, manages }: { userId: string; manages: boolean },
  saved: TeamSaved,
): ModalView {
  const [first] = saved.joined;
  const next =
    first !== undefined
      ? [
          section(
            mrkdwn`*Next:* sit down with ${mention(first)} and make the first plan together. It takes about five minutes, from what they want to earn to today's calls.`,
          ),
          opening('Start the first plan', first),
        ]
      : saved.asked.length > 0 || manages
        ? [
            section(
              mrkdwn`*Next:* \`/bigplan team\` shows who has said yes. Meanwhile, see for yourself what a plan asks.`,
            ),
            opening('Try it with my own plan', userId),
          ]
        : [
            section(
              mrkdwn`*Next:* managers pick their reps with \`/bigplan team\`, reps start with \`/bigplan\`. So can you.`,
            ),
            opening('Start my own plan', userId),
          ];
  const changed = saved.joined.length + saved.asked.length + saved.left.length > 0;
  return modal({
    title: 'Bigplan is set up',
    close: 'Done',
    blocks: [
      section(changed || saved.channel !== 'same' ? teamSavedWords(saved) : mrkdwn`✓ *Saved.*`),
      ...next,
    ],
  });
}

/** For somebody who was second and is no admin: the set-up as the first one left it stays. */
export function setUpLateView(userId: string, admins: readonly string[]): ModalView {
  return modal({
    title: 'Bigplan is set up',
    close: 'Done',
    blocks: [
      section(
        lines(
          mrkdwn`*Somebody was a moment quicker,* and Bigplan is ready to use.`,
          admins.length > 0 &&
            mrkdwn`If something should be otherwise, ${mentions(admins)} can change it.`,
        ),
      ),
      opening('Start my plan', userId),
    ],
  });
}
