import type { Activity } from '../../plan/schemas.ts';
import { formatCount, formatDate, formatPercent } from '../../slack/format.ts';
import { type Mrkdwn, mrkdwn } from '../../slack/text.ts';
import { counted, STAGE_NAMES } from '../words-view.ts';
import type { CatchUp } from './catch-up-rules.ts';

type Beyond = Omit<Extract<CatchUp, { kind: 'beyond' }>, 'kind'>;

/** What does instead, where no level that can be kept up makes up for a deficit. */
export function leverLines(
  { wouldTake, until, levers, deficit }: Beyond,
  activity: Activity,
  locale: string,
): Mrkdwn[] {
  const count = (value: number) => formatCount(value, locale, 1);
  const percent = (fraction: number) => formatPercent(fraction, locale);
  const { volume, conversion, insurance } = levers;
  if (wouldTake === null || until === null) {
    return [
      mrkdwn`The period is too near its end to catch up on ${count(deficit)} ${activity}. What it means belongs in the next plan.`,
    ];
  }
  const madeUp = volume.left === 0 ? 'all' : count(volume.makesUp);
  return [
    mrkdwn`Catching up would take ${counted(activity, wouldTake, locale)} a day. That isn’t a plan. Ways that are:`,
    mrkdwn`• *Volume:* ${count(volume.perDay)} a day until ${formatDate(until, locale, 'day')} makes up ${madeUp} of the ${count(deficit)}.`,
    conversion
      ? mrkdwn`• *Conversion:* ${STAGE_NAMES[conversion.stage]} at ${percent(conversion.rate)} instead of ${percent(conversion.planRate)} brings the same from the ${activity} made now.`
      : mrkdwn`• *Conversion:* no rate in reach makes up for it alone; a better one helps with the rest.`,
    insurance.absorbs > 0
      ? mrkdwn`• *Insurance:* the plan is insured; the buffer absorbs ${count(insurance.absorbs)} and leaves ${count(insurance.left)}.`
      : mrkdwn`• *Insurance:* there is no buffer in this number. A higher X in the plan would make one.`,
  ];
}
