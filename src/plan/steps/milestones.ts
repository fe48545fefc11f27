import { WEEKDAY_NAMES } from '../../people/views/words.ts';
import { choice, time } from '../../slack/fields.ts';
import { mrkdwn } from '../../slack/text.ts';
import { WEEKDAYS } from '../../time/local-date.ts';
import type { PlanDraft } from '../draft.ts';
import { form, type Step } from './step.ts';

const ORDINALS = ['1', '2', '3', '4'] as const;
const ORDINAL_NAMES = { '1': 'First', '2': 'Second', '3': 'Third', '4': 'Fourth' };

const fields = {
  ordinal: choice(
    { label: 'Which one of the month?', live: true },
    ORDINALS.map((value) => ({ value, label: ORDINAL_NAMES[value] })),
  ),
  weekday: choice(
    { label: 'Which day?', live: true },
    WEEKDAYS.map((value) => ({ value, label: WEEKDAY_NAMES[value] })),
  ),
  time: time({ label: 'At what time?', hint: 'Your local time.' }),
};

export const milestonesStep: Step = {
  title: 'Milestones',
  intro: mrkdwn`Each month ends at a milestone, and each milestone is looked at in the 1:1 of the month after it. When is that?`,
  form: form<PlanDraft, typeof fields>({
    fields: () => fields,
    read: ({ reviews }) => ({
      ordinal: ORDINALS.find((value) => value === String(reviews.ordinal)) ?? '1',
      weekday: reviews.weekday,
      time: reviews.time,
    }),
    apply: (draft, { ordinal, weekday, time }) => ({
      ...draft,
      reviews: { ordinal: Number(ordinal), weekday, time },
    }),
  }),
};
