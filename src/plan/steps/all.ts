import { mrkdwn } from '../../slack/text.ts';
import type { StepId } from '../step-id.ts';
import { activitiesStep } from './activities.ts';
import { compensationStep } from './compensation.ts';
import { goalStep } from './goal.ts';
import { insuranceStep } from './insurance.ts';
import { milestonesStep } from './milestones.ts';
import { newBusinessStep } from './new-business.ts';
import { pipelineStep } from './pipeline.ts';
import type { Step } from './step.ts';

export const STEPS: Record<StepId, Step> = {
  goal: goalStep,
  compensation: compensationStep,
  pipeline: pipelineStep,
  renewals: {
    title: 'Renewals',
    intro: mrkdwn`Account by account: what you both think is likely, then cut to at most half. Cross-sell and added modules for the same buying center count here too.`,
    form: null,
  },
  expansion: {
    title: 'Expansion',
    intro: mrkdwn`Buying centers you haven’t reached yet and products they don’t have, in accounts that already know you.`,
    form: null,
  },
  newBusiness: newBusinessStep,
  activities: activitiesStep,
  insurance: insuranceStep,
  milestones: milestonesStep,
  review: {
    title: 'Review',
    intro: mrkdwn`*The plan on one page.* Read it together, then sign it.`,
    form: null,
  },
};
