/** The ways to every form, slice by slice. */
import { activityScenarios } from './activity.ts';
import { actualsScenarios } from './actuals.ts';
import { coachingScenarios } from './coaching.ts';
import { coachingHourScenarios } from './coaching-hours.ts';
import { peopleScenarios } from './people.ts';
import { planScenarios } from './plan.ts';
import { reviewScenarios } from './review.ts';

export const scenarios = [
  ...peopleScenarios,
  ...planScenarios,
  ...actualsScenarios,
  ...activityScenarios,
  ...coachingScenarios,
  ...coachingHourScenarios,
  ...reviewScenarios,
];
