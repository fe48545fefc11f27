/** Which kind of touch precedes a next stage, where there is enough to say it and chance would seldom say it. */
import { daysBetween } from '../../time/local-date.ts';
import { stageOfKind } from './rules.ts';
import { TOUCH_KINDS, type TouchKind } from './schemas.ts';

interface OneTouch {
  prospectId: string;
  /** Local date. */
  date: string;
  kind: TouchKind;
}

/** A prospect came to a stage on a local date. */
interface Step {
  prospectId: string;
  date: string;
}

export interface LeadingKind {
  kind: TouchKind;
  /** Touches of the kind, and how many of them were the last before a next stage. */
  touches: number;
  leading: number;
  /** The same of all other kinds. */
  others: { touches: number; leading: number };
  /** How often chance alone would say as much, a fraction. */
  chance: number;
}

/** A stage later than this follows from something else. */
const WITHIN_DAYS = 21;
const LEAST_OF_A_KIND = 10;
const LEAST_OF_OTHERS = 10;
const LEAST_STEPS = 8;
/** For all kinds together: each is asked at its share of it. */
const MOST_CHANCE = 0.05;

/**
 * The kind that is most clearly ahead of the others; null where too little is known, or chance would say it more
 * often than one time in twenty. A touch that is a stage itself, such as a demo, leads to nothing but the next one:
 * those aren't compared. Touches whose three weeks aren't over count once they led somewhere.
 */
export function leadingKind(
  touches: readonly OneTouch[],
  steps: readonly Step[],
  today: string,
): LeadingKind | null {
  const compared = touches.filter(({ kind }) => stageOfKind(kind) === null && kind !== 'other');
  const led = new Set(steps.flatMap((step) => lastBefore(compared, step) ?? []));
  if (led.size < LEAST_STEPS) return null;
  const known = compared.filter(
    (touch) => led.has(touch) || daysBetween(touch.date, today) > WITHIN_DAYS,
  );
  const kinds = TOUCH_KINDS.filter((kind) => known.some((touch) => touch.kind === kind));
  const found = kinds.flatMap((kind) => {
    const its = known.filter((touch) => touch.kind === kind);
    const leading = its.filter((touch) => led.has(touch)).length;
    const others = { touches: known.length - its.length, leading: led.size - leading };
    if (its.length < LEAST_OF_A_KIND || others.touches < LEAST_OF_OTHERS) return [];
    const chance = chanceOfDraw(leading, its.length, led.size, known.length);
    return [{ kind, touches: its.length, leading, others, chance }];
  });
  const [best] = found.sort((a, b) => a.chance - b.chance);
  return best && best.chance * kinds.length <= MOST_CHANCE ? best : null;
}

/** The last touch of a prospect before it came to a stage, or on that day. */
function lastBefore(touches: readonly OneTouch[], { prospectId, date }: Step): OneTouch | null {
  const before = touches.filter(
    (touch) =>
      touch.prospectId === prospectId &&
      touch.date <= date &&
      daysBetween(touch.date, date) <= WITHIN_DAYS,
  );
  return before.reduce<OneTouch | null>(
    (last, touch) => (last === null || touch.date >= last.date ? touch : last),
    null,
  );
}

/** Fisher's exact test, one-sided: at least `hits` of `drawn` where `marked` of `all` are marked. */
export function chanceOfDraw(hits: number, drawn: number, marked: number, all: number): number {
  const logs = [0];
  for (let n = 1; n <= all; n += 1) logs.push((logs[n - 1] ?? 0) + Math.log(n));
  const choose = (n: number, k: number) => (logs[n] ?? 0) - (logs[k] ?? 0) - (logs[n - k] ?? 0);
  let sum = 0;
  for (let k = hits; k <= Math.min(drawn, marked); k += 1) {
    if (drawn - k > all - marked) continue;
    sum += Math.exp(choose(marked, k) + choose(all - marked, drawn - k) - choose(all, drawn));
  }
  return Math.min(1, sum);
}
