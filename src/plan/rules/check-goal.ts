import type { Goal } from '../schemas.ts';
import type { Problem } from './problem.ts';

/** An income, or living costs; path `income`. */
export function checkGoal({
  income,
  livingCosts,
}: Pick<Goal, 'income' | 'livingCosts'>): Problem[] {
  if (income !== null || livingCosts !== null) return [];
  return [
    { path: 'income', problem: 'is missing: an income for the period, or livingCosts, is needed' },
  ];
}
