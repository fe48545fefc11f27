import type { Pipeline } from '../schemas.ts';
import { type Exact, exact, ONE } from './exact.ts';

/** Qualified pipeline for a target, in minor units: T × X (spec step 6). */
export function requiredPipeline(target: Exact, xFactor: number): Exact {
  return target.mul(exact(xFactor));
}

/** The X that the rep's own win rate asks for: 1 ÷ win rate (spec step 6). */
export function impliedXFactor(winRate: Pipeline['winRate']): Exact {
  return ONE.div(exact(winRate));
}

/** Whether X is below 1 ÷ win rate (spec step 6). */
export function isThin({ xFactor, winRate }: Pipeline): boolean {
  return exact(xFactor).mul(exact(winRate)).lt(ONE);
}
