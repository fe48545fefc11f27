import type { Insurance, Pipeline } from '../schemas.ts';
import type { Exact } from './exact.ts';
import { impliedXFactor, requiredPipeline } from './headline-pipeline.ts';

/** Step 6 of one plan; money in minor units. */
export interface PipelineFigures {
  required: Exact;
  insured: Exact;
  impliedXFactor: Exact;
}

export function pipelineFigures(
  target: Exact,
  { xFactor, winRate }: Pipeline,
  insurance: Pick<Insurance, 'xFactor'>,
): PipelineFigures {
  return {
    required: requiredPipeline(target, xFactor),
    insured: requiredPipeline(target, insurance.xFactor),
    impliedXFactor: impliedXFactor(winRate),
  };
}
