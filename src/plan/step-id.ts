/** The steps of the capture, in their order. */
export const STEP_IDS = [
  'goal',
  'compensation',
  'pipeline',
  'renewals',
  'expansion',
  'newBusiness',
  'activities',
  'insurance',
  'milestones',
  'review',
] as const;
export type StepId = (typeof STEP_IDS)[number];

/** The step of that name; the first where there is none (a step that an older release had). */
export function stepIdOf(text: string): StepId {
  return STEP_IDS.find((id) => id === text) ?? 'goal';
}

/** The step `by` places on (negative: back), held within the first and the last. */
export function stepBeside(step: StepId, by: number): StepId {
  const at = Math.min(STEP_IDS.length - 1, Math.max(0, STEP_IDS.indexOf(step) + by));
  return STEP_IDS[at] ?? step;
}
