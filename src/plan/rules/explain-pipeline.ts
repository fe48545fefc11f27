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
import type { PipelineFigures } from './pipeline-figures.ts';

export function explainPipeline(
  figures: PipelineFigures,
  target: Exact,
  { xFactor, winRate }: Pipeline,
  insurance: Pick<Insurance, 'xFactor' | 'by'>,
): Record<PipelineKey, Explanation> {
  return {
    'pipeline.xFactor': explanation(
      'qualified pipeline for each unit of target, as agreed',
      {
        'win rate': number('fraction', winRate),
        '1 ÷ win rate': number('factor', figures.impliedXFactor),
      },
      number('factor', xFactor),
    ),
    'pipeline.required': explanation(
      'target × X',
      { target: money(target), X: number('factor', xFactor) },
      money(figures.required),
    ),
    'pipeline.insured': explanation(
      'target × insured X',
      {
        target: money(target),
        'insured X': number('factor', insurance.xFactor),
        'insured by': date(insurance.by),
      },
      money(figures.insured),
    ),
    'pipeline.impliedXFactor': explanation(
      '1 ÷ win rate',
      { 'win rate': number('fraction', winRate) },
      number('factor', figures.impliedXFactor),
    ),
  };
}
