/** Who does what and what new plans begin with: the form of the settings and of the set-up's first step. */
import type { KnownBlock, ModalView } from '@slack/types';
import { button, context, section } from '../../slack/blocks.ts';
import { checkboxesInput, multiUsersInput, selectInput, textInput } from '../../slack/inputs.ts';
import { modal, progress } from '../../slack/surfaces.ts';
import { mrkdwn } from '../../slack/text.ts';
import { holidayCountries, holidayRegions } from '../../time/holidays.ts';
import { WEEKDAYS } from '../../time/local-date.ts';
import { ACTION, CALLBACK } from '../ids.ts';
import { WEEKDAY_NAMES } from '../names-view.ts';
import { currencyNames } from './currencies.ts';

/** What the inputs show; whatever somebody has picked so far need not be valid. */
export interface SettingsValues {
  leaders: readonly string[];
  managers: readonly string[];
  admins: readonly string[];
  currency: string | null;
  workdays: readonly string[];
  country: string | null;
  region: string | null;
  /** The company's own days off as typed, a line each. */
  daysOff?: string | null;
}

const REV = 'settings';

function inputs(values: SettingsValues): KnownBlock[] {
  const field = (path: keyof SettingsValues, label: string) => ({ path, rev: REV, label });
  const regions = values.country ? holidayRegions(values.country) : [];
  const choices = (places: { code: string; name: string }[]) =>
    places.map(({ code, name }) => ({ value: code, label: name }));
  return [
    multiUsersInput({
      ...field('leaders', 'Who leads?'),
      hint: 'Heads of sales. They see teams and causes, and nobody’s personal goal.',
      initial: values.leaders,
      placeholder: 'Nobody yet',
      optional: true,
    }),
    multiUsersInput({
      ...field('managers', 'Who manages reps?'),
      hint: 'Reps they pick join at once. Anybody else can manage too; each rep is asked first.',
      initial: values.managers,
      placeholder: 'Nobody yet',
      optional: true,
    }),
    multiUsersInput({
      ...field('admins', 'Who looks after these settings?'),
      hint: 'Besides the admins of this Slack workspace, who always can.',
      initial: values.admins,
    }),
    selectInput({
      ...field('currency', 'Currency of new plans'),
      choices: currencyNames().map(({ code, name }) => ({ value: code, label: `${code} ${name}` })),
      initial: values.currency,
    }),
    checkboxesInput({
      ...field('workdays', 'Working days'),
      choices: WEEKDAYS.map((day) => ({ value: day, label: WEEKDAY_NAMES[day] })),
      initial: values.workdays,
    }),
    selectInput({
      ...field('country', 'Country'),
      hint: 'Its public holidays are no selling days. Leave it empty to count none.',
      choices: choices(holidayCountries()),
      initial: values.country,
      placeholder: 'No public holidays',
      optional: true,
      dispatch: true,
      actionId: ACTION.country,
    }),
    ...(regions.length > 0
      ? [
          selectInput({
            ...field('region', 'Region'),
            rev: `${REV}-${values.country}`,
            hint: 'Some holidays are only kept here.',
            choices: choices(regions),
            initial: values.region,
            placeholder: 'The whole country',
            optional: true,
          }),
        ]
      : []),
  ];
}

/** `/bigplan settings`. `notice` says what happened meanwhile. */
export function settingsView(values: SettingsValues, notice?: string): ModalView {
  return modal({
    title: 'Settings',
    callbackId: CALLBACK.settings,
    submit: 'Save',
    close: 'Cancel',
    blocks: [
      ...(notice ? [section(mrkdwn`*${notice}*`)] : []),
      section(mrkdwn`*What concerns you alone:* when Bigplan asks you, and about what.`, {
        accessory: button('My settings', { actionId: ACTION.ownSettings }),
      }),
      section('New plans begin with these. Plans under way keep what they have.'),
      ...inputs(values),
      textInput({
        path: 'companyDays',
        rev: REV,
        label: 'The company’s own days off',
        hint: 'Besides public holidays, a line each: nobody is asked anything then, and plans shrink with them.',
        placeholder: '24 Dec 2027 – 31 Dec 2027, Closed for the holidays',
        initial: values.daysOff,
        multiline: true,
        maxLength: 3000,
        optional: true,
      }),
    ],
  });
}

/** The first step of the set-up, which `userId` may leave for their own plan. */
export function welcomeView(values: SettingsValues, userId: string): ModalView {
  return modal({
    title: 'Welcome to Bigplan',
    callbackId: CALLBACK.welcome,
    submit: 'Next',
    close: 'Later',
    blocks: [
      section(mrkdwn`*Two short steps, and your team can plan.* All of it can be changed later.`),
      context(progress(1, 2)),
      section('Here for your own plan only? Somebody else can do this later.', {
        accessory: button('Skip for now', { actionId: ACTION.openPlan, value: userId }),
      }),
      ...inputs(values),
    ],
  });
}
