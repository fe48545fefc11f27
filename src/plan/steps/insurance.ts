import { date, factor } from '../../slack/fields.ts';
import { mrkdwn } from '../../slack/text.ts';
import { DEFAULT_PIPELINE, type PlanDraft } from '../draft.ts';
import { defaultInsurance } from '../rules/insurance.ts';
import { form, type Step } from './step.ts';

const fields = {
  xFactor: factor({
    label: 'Insured X factor',
    hint: 'A little more pipeline than the plan needs, so that one bad quarter doesn’t sink the year.',
    live: true,
  }),
  by: date({ label: 'Reached by', hint: 'Early in the second quarter is usual.' }),
};

export const insuranceStep: Step = {
  title: 'Insurance',
  intro: mrkdwn`*What could go wrong?* Name the risks while all is well. Activity levels are raised for what each may cost.`,
  form: form<PlanDraft, typeof fields>({
    fields: () => fields,
    read: ({ insurance, pipeline, period }) =>
      insurance ?? defaultInsurance(period, (pipeline ?? DEFAULT_PIPELINE).xFactor),
    check: ({ xFactor }) =>
      xFactor > 0 && xFactor <= 1000
        ? []
        : [
            {
              path: 'xFactor',
              problem: 'The X factor has to be over 0 and at most 1,000: try 3.25.',
            },
          ],
    apply: (draft, { xFactor, by }) => ({ ...draft, insurance: { xFactor, by } }),
  }),
};
