import type { Insurance, Pipeline } from '../schemas.ts';
import type { Exact } from './exact.ts';
import {
  date,
  type Explanation,
  explanation,
  money,
  number,
  type PipelineKey,
} from './explanation.ts';
import { impliedXFactor, requiredPipeline } from './headline-pipeline.ts';

/** Step 6 of one plan; money in minor units. */
export interface PipelineFigures {
  required: Exact;
  insured: Exact;
  impliedXFactor: Exact;
  explanations: Record<PipelineKey, Explanation>;
}

export function pipelineFigures(
  target: Exact,
  { xFactor, winRate }: Pipeline,
  insurance: Pick<Insurance, 'xFactor' | 'by'>,
): PipelineFigures {
  const required = requiredPipeline(target, xFactor);
  const insured = requiredPipeline(target, insurance.xFactor);
  const implied = impliedXFactor(winRate);
  return {
    required,
    insured,
    impliedXFactor: implied,
    explanations: {
      'pipeline.xFactor': explanation(
        'qualified pipeline for each unit of target, as agreed',
        { 'win rate': number('fraction', winRate), '1 ÷ win rate': number('factor', implied) },
        number('factor', xFactor),
      ),
      'pipeline.required': explanation(
        'target × X',
        { target: money(target), X: number('factor', xFactor) },
        money(required),
      ),
      'pipeline.insured': explanation(
        'target × insured X',
        {
          target: money(target),
          'insured X': number('factor', insurance.xFactor),
          'insured by': date(insurance.by),
        },
        money(insured),
      ),
      'pipeline.impliedXFactor': explanation(
        '1 ÷ win rate',
        { 'win rate': number('fraction', winRate) },
        number('factor', implied),
      ),
    },
  };
}
