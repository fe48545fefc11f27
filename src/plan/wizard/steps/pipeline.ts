import { type Field, notAsked, optional, orElse } from '../../../slack/fields.ts';
import { formatFactor } from '../../../slack/format.ts';
import { mrkdwn } from '../../../slack/text.ts';
import { winsNewBusiness } from '../../carried-rules.ts';
import { DEFAULT_PIPELINE, type PlanDraft } from '../../draft.ts';
import { exact, max, toNumber, ZERO } from '../../model/exact.ts';
import { defaultInsurance } from '../../model/pipeline.ts';
import { PARTS, VALUES } from '../../values.ts';
import { withPipeline } from '../../win-rate-rules.ts';
import { type Step, wizardSection } from '../section.ts';

const { pipeline, insurance } = VALUES;

const pipelineFields = {
  xFactor: pipeline.xFactor.ask({
    hint: 'How many times your target stands in qualified pipeline. 3X is the usual start.',
    live: true,
  }),
  winRate: pipeline.winRate.ask({
    hint: 'Of ten qualified opportunities, how many become deals? About one in three is usual. The funnel says the same thing, and follows.',
    live: true,
  }),
};

const opening = optional(
  pipeline.opening.newBusiness.ask({
    hint: 'At the 25% stage or higher: what closes early in the period comes from it. Leave it empty if you start with none.',
    live: true,
  }),
);

const coverage = pipeline.coverage.ask({
  hint: 'New business and expansion that are still to be won within that time, times X, are to be open at each month’s end.',
  live: true,
});

/** The insured X over another X: as it is while it insures something, else with what it added before. */
function insuredOver(x: number, before: number, insured: number): number {
  if (insured >= x) return insured;
  const added = max(ZERO, exact(insured).sub(exact(before)));
  return Math.min(1000, toNumber(exact(x).add(added)));
}

interface PipelineFields {
  [path: string]: Field<unknown>;
  xFactor: Field<number>;
  winRate: Field<number>;
  /** Null where new business isn't carried: it isn't asked then. */
  'opening.newBusiness': Field<number | null>;
  coverage: typeof coverage;
}

export const pipelineStep: Step = {
  title: PARTS.pipeline,
  intro: mrkdwn`*Qualified* (25% stage or higher) means all four: verbally qualified in discovery · BANT and the risks to close known · demo or pitch done · actively moving.`,
  section: wizardSection<PlanDraft, PipelineFields>({
    fields: (draft) => ({
      ...pipelineFields,
      'opening.newBusiness': winsNewBusiness(draft) ? opening : notAsked,
      coverage: orElse(coverage, (draft.pipeline ?? DEFAULT_PIPELINE).coverage),
    }),
    read({ pipeline }) {
      const { opening, ...rest } = pipeline ?? DEFAULT_PIPELINE;
      return { ...rest, 'opening.newBusiness': opening.newBusiness || null };
    },
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
    apply(draft, { 'opening.newBusiness': typed, ...values }) {
      const before = draft.pipeline ?? DEFAULT_PIPELINE;
      const opening = winsNewBusiness(draft) ? { newBusiness: typed ?? 0 } : before.opening;
      const insurance = draft.insurance && {
        ...draft.insurance,
        xFactor: insuredOver(values.xFactor, before.xFactor, draft.insurance.xFactor),
      };
      return withPipeline({ ...draft, insurance }, { ...values, opening });
    },
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
    check({ xFactor }, { pipeline }, _part, { locale }) {
      if (xFactor <= 0 || xFactor > 1000) {
        const problem = 'The X factor has to be over 0 and at most 1,000: try 3.25.';
        return [{ path: 'xFactor', problem }];
      }
      const own = (pipeline ?? DEFAULT_PIPELINE).xFactor;
      if (xFactor >= own) return [];
      const problem = `Less than the plan’s own X insures nothing: ${formatFactor(own, locale)} or more.`;
      return [{ path: 'xFactor', problem }];
    },
    apply: (draft, { xFactor, by }) => ({ ...draft, insurance: { xFactor, by } }),
  }),
};
