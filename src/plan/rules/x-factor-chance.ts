/**
 * What a pipeline of X times the target is worth at a win rate (spec A5).
 *
 * Ten wins stand for the target: with X × 10 equal opportunities, wins are Binomial(10X, winRate),
 * and the chance is P(wins ≥ 10). A chance is an estimate, so floating point is exact enough here.
 */
const WINS = 10;

/** The chance (a fraction) that X × 10 opportunities at `winRate` bring ten wins or more. */
export function chanceOfTenWins(xFactor: number, winRate: number): number {
  const opportunities = Math.round(xFactor * WINS);
  if (opportunities < WINS) return 0;
  if (winRate >= 1) return 1;
  const odds = winRate / (1 - winRate);
  let logTerm = opportunities * Math.log1p(-winRate);
  let fewer = 0;
  for (let wins = 0; wins < WINS; wins++) {
    fewer += Math.exp(logTerm);
    logTerm += Math.log(((opportunities - wins) / (wins + 1)) * odds);
  }
  return Math.max(0, Math.min(1, 1 - fewer));
}

/** The least X, in steps of a half, that reaches ten wins more often than not; null over 20. */
export function evenChanceX(winRate: number): number | null {
  for (let x = 1; x <= 20; x += 0.5) if (chanceOfTenWins(x, winRate) > 0.5) return x;
  return null;
}
