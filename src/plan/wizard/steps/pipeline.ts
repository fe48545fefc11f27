import { mrkdwn } from '../../../slack/text.ts';
import { DEFAULT_PIPELINE, type PlanDraft } from '../../draft.ts';
import { defaultInsurance } from '../../model/pipeline.ts';
import { PARTS, VALUES } from '../../values.ts';
import { type Step, wizardSection } from '../section.ts';

const { pipeline, insurance } = VALUES;

const pipelineFields = {
  xFactor: pipeline.xFactor.ask({
    hint: 'How many times your target stands in qualified pipeline. 3X is the usual start.',
    live: true,
  }),
  winRate: pipeline.winRate.ask({
    hint: 'Of ten qualified opportunities, how many become deals? About one in three is usual.',
    live: true,
  }),
};

export const pipelineStep: Step = {
  title: PARTS.pipeline,
  intro: mrkdwn`*Qualified* (25% stage or higher) means all four: verbally qualified in discovery · BANT and the risks to close known · demo or pitch done · actively moving.`,
  section: wizardSection<PlanDraft, typeof pipelineFields>({
    fields: () => pipelineFields,
    read: ({ pipeline }) => pipeline ?? DEFAULT_PIPELINE,
    check: ({ xFactor, winRate }) => [
      ...(xFactor > 0 && xFactor <= 1000
        ? []
        : [
            { path: 'xFactor', problem: 'The X factor has to be over 0 and at most 1,000: try 3.' },
          ]),
      ...(winRate > 0
        ? []
        : [
            {
              path: 'winRate',
              problem: 'A win rate of 0 wins nothing: try your last year’s, such as 25%.',
            },
          ]),
    ],
    apply: (draft, pipeline) => ({ ...draft, pipeline }),
  }),
};

const insuranceFields = {
  xFactor: insurance.xFactor.ask({
    hint: 'A little more pipeline than the plan needs, so that one bad quarter doesn’t sink the year.',
    live: true,
  }),
  by: insurance.by.ask({ hint: 'Early in the second quarter is usual.' }),
};

export const insuranceStep: Step = {
  title: PARTS.insurance,
  intro: mrkdwn`*What could go wrong?* Name the risks while all is well. Activity levels are raised for what each may cost.`,
  section: wizardSection<PlanDraft, typeof insuranceFields>({
    fields: () => insuranceFields,
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
