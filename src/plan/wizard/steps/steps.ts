/** All steps of the wizard, and those that are too small for a file. */
import { choice } from '../../../slack/fields.ts';
import { mrkdwn } from '../../../slack/text.ts';
import type { PlanDraft, StepId } from '../../draft.ts';
import { takenProblems } from '../../taken-view.ts';
import { ROWS, VALUES } from '../../values.ts';
import { REVIEW_MINUTES, weekOf } from '../../week-rules.ts';
import { type Step, wizardSection } from '../section.ts';
import { activitiesStep } from './activities.ts';
import { compensationStep } from './compensation.ts';
import { goalStep } from './goal.ts';
import { newBusinessStep } from './new-business.ts';
import { insuranceStep, pipelineStep } from './pipeline.ts';

const ORDINALS = ['1', '2', '3', '4'] as const;
const ORDINAL_NAMES = { '1': 'First', '2': 'Second', '3': 'Third', '4': 'Fourth' };

const reviewFields = {
  ordinal: choice(
    { label: VALUES.reviews.ordinal.question, live: true },
    ORDINALS.map((value) => ({ value, label: ORDINAL_NAMES[value] })),
  ),
  weekday: VALUES.reviews.weekday.ask({ live: true }),
  time: VALUES.reviews.time.ask({ hint: 'Your local time.', live: true }),
};

const milestonesStep: Step = {
  title: 'Milestones',
  intro: mrkdwn`Each month ends at a milestone, and each milestone is looked at in the 1:1 of the month after it. When is that?`,
  section: wizardSection<PlanDraft, typeof reviewFields>({
    fields: () => reviewFields,
    read: ({ reviews }) => ({
      ordinal: ORDINALS.find((value) => value === String(reviews.ordinal)) ?? '1',
      weekday: reviews.weekday,
      time: reviews.time,
    }),
    check({ weekday, time }, draft) {
      const parts = weekOf(draft);
      const before = parts.find(({ kind }) => kind === 'review') ?? null;
      const span = { days: [weekday], start: time, minutes: REVIEW_MINUTES };
      const others = parts.filter((part) => part !== before);
      return takenProblems('time', span, before, { parts: others });
    },
    apply: (draft, { ordinal, weekday, time }) => ({
      ...draft,
      reviews: { ordinal: Number(ordinal), weekday, time },
    }),
  }),
};

export const STEPS: Record<StepId, Step> = {
  goal: goalStep,
  compensation: compensationStep,
  pipeline: pipelineStep,
  renewals: {
    title: ROWS.renewals.title,
    intro: mrkdwn`Account by account: what you both think is likely, then cut to at most half. Cross-sell and added modules for the same buying center count here too.`,
    section: null,
  },
  expansion: {
    title: 'Expansion',
    intro: mrkdwn`Buying centers you haven’t reached yet and products they don’t have, in accounts that already know you.`,
    section: null,
  },
  newBusiness: newBusinessStep,
  activities: activitiesStep,
  insurance: insuranceStep,
  milestones: milestonesStep,
  review: {
    title: 'Review',
    intro: mrkdwn`*The plan on one page.* Read it together, then sign it.`,
    section: null,
  },
};
