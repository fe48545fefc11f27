/** The charts of a review: drawn, and uploaded once. */
import type { WebClient } from '@slack/web-api';
import { STAGE_ENDS, STAGES } from '../../activity/pace/stage-rate-rules.ts';
import { type Chart, toPng } from '../../charts/chart.ts';
import { funnelChart } from '../../charts/funnel-chart.ts';
import { milestoneChart } from '../../charts/milestone-chart.ts';
import { chartMonth } from '../../charts/words.ts';
import type { Context } from '../../context.ts';
import { ACTIVITIES } from '../../plan/schemas.ts';
import { ACTIVITY_NAMES } from '../../plan/words.ts';
import { classifySlackError } from '../../slack/errors.ts';
import type { NumberStyle } from '../../slack/format.ts';
import { uploadImage } from '../../slack/upload-image.ts';
import { monthOf } from '../../time/local-date.ts';
import type { Scorecard } from '../schemas.ts';
import { findReview, type Review, saveCharts } from '../store.ts';
import type { ShownChart } from './replies-view.ts';

/** Stage rates look back over weeks, whatever the month (see activity/pace/stage-rate-rules.ts). */
const ROLLING = 'Rolling, over up to 63 logged days';
/** The month's counts have them, and so its rate from calls is another one. */
const ROLLING_WITHOUT_LEADS = 'Rolling, up to 63 logged days, without leads’ visits';

/** `March 2027`; of a quarter `Jan – Mar 2027`, since its counts are those of all three. */
function spanText({ span: { from, to } }: Scorecard, locale: string): string {
  const [first, last] = [monthOf(from), monthOf(to)];
  return first === last
    ? chartMonth(last, locale, 'year')
    : `${chartMonth(first, locale, 'short')} – ${chartMonth(last, locale, 'shortYear')}`;
}

/** What is drawn of a card; the same for whoever sees it. */
export function chartsOf(card: Scorecard, style: NumberStyle): Record<string, Chart> {
  const coverage = card.lines.find(({ kpi }) => kpi === 'coverage');
  const { asOf, bookings } = card;
  const isKnown = coverage?.actual != null && coverage.target !== null;
  return {
    milestones: milestoneChart({
      ...style,
      months: card.months,
      quotaLabel: 'quota',
      ...(asOf !== null && { soFar: { date: asOf, target: bookings.target } }),
      ...(isKnown && {
        coverage: { actual: floored(coverage.actual), planned: coverage.target ?? 0 },
      }),
    }),
    funnel: funnelChart({
      locale: style.locale,
      period: spanText(card, style.locale),
      stages: ACTIVITIES.map((activity) => {
        const line = card.lines.find(({ kpi }) => kpi === activity);
        return {
          name: ACTIVITY_NAMES[activity],
          planned: line?.target ?? 0,
          done: line?.actual ?? 0,
        };
      }),
      // As the scorecard judges them: counts of one month are too few.
      rolling: {
        window: card.leads === null ? ROLLING : ROLLING_WITHOUT_LEADS,
        rates: STAGES.flatMap((stage) => {
          const rate = card.lines.find(({ kpi }) => kpi === stage);
          const { from, to } = STAGE_ENDS[stage];
          return rate
            ? [
                {
                  from: ACTIVITY_NAMES[from],
                  to: ACTIVITY_NAMES[to],
                  done: rate.actual,
                  planned: rate.target,
                },
              ]
            : [];
        }),
      },
    }),
  };
}

/** As the scorecard has it: what is short of X never reads as X. */
const floored = (factor: number | null) => Math.floor((factor ?? 0) * 100) / 100;

/**
 * The review's charts as they can be shown. What Slack refuses for good is told in words.
 *
 * @throws what may pass: Slack's limits, a lost connection. Nothing was posted then.
 */
export async function shownCharts(
  context: Pick<Context, 'db' | 'encryption' | 'bulkClient' | 'log'>,
  review: Review,
  style: NumberStyle,
): Promise<ShownChart[]> {
  const { card } = review;
  if (!card) return [];
  const shown: ShownChart[] = [];
  for (const [name, chart] of Object.entries(chartsOf(card, style))) {
    const { alt, title } = chart;
    // Of a month that goes on, they are drawn anew once it is over.
    const key = card.asOf === null ? name : `${name} ${card.asOf}`;
    shown.push({ alt, title, fileId: await uploaded(context, review, { key, name, chart }) });
  }
  return shown;
}

async function uploaded(
  { db, encryption, bulkClient, log }: Pick<Context, 'db' | 'encryption' | 'bulkClient' | 'log'>,
  review: Review,
  { key, name, chart }: { key: string; name: string; chart: Chart },
): Promise<string | null> {
  const { charts = {} } = (await findReview({ db, encryption }, review.id)) ?? {};
  const known = charts[key];
  if (known !== undefined) return known;
  try {
    const id = await uploadChart(bulkClient, chart, `${review.month}-${name}.png`);
    await saveCharts(db, review, { ...charts, [key]: id });
    return id;
  } catch (err) {
    const failure = classifySlackError(err);
    // Without that scope messages go out all the same; with a token that is refused, this one waits as well.
    const isScope = failure.kind === 'refused' && failure.code === 'missing_scope';
    if (failure.kind !== 'permanent' && !isScope) throw err;
    log.warn({ err, code: failure.code }, 'A chart could not be uploaded: its words are posted');
    return null;
  }
}

/** Draws a chart and puts it into Slack. Returns its file's id. @throws as `uploadImage`. */
export async function uploadChart(
  client: WebClient,
  chart: Chart,
  filename: string,
): Promise<string> {
  const { alt, title } = chart;
  return uploadImage(client, { png: await toPng(chart), filename, title, alt });
}
