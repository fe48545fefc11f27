/** The charts of a rep's month that runs, for the rep and their manager: drawn when they are asked for. */
import { createHash } from 'node:crypto';
import type { ModalView } from '@slack/types';
import type { Chart } from '../../charts/chart.ts';
import type { Context } from '../../context.ts';
import { remember } from '../../db/remember.ts';
import type { Person } from '../../people/store.ts';
import { chartsOf, uploadChart } from '../thread/charts.ts';
import type { ShownChart } from '../thread/replies-view.ts';
import { ownStatusOf, repStatusOf } from './status.ts';
import { chartsModal } from './view.ts';

type Deps = Pick<Context, 'db' | 'encryption' | 'clock' | 'client' | 'log'>;

/**
 * How a rep's year stands, as pictures: at quota, as the channel of their reviews will see it.
 * @throws UserError `not_yours` for anybody but the rep and whoever plans with them.
 */
export async function standingCharts(
  deps: Deps,
  reader: Person,
  repId: string,
): Promise<ModalView> {
  const own =
    reader.userId === repId
      ? await ownStatusOf(deps, reader)
      : (await repStatusOf(deps, reader, repId)).own;
  if (own.kind !== 'agreed') return chartsModal([]);
  const charts = Object.values(chartsOf(own.card, own.style));
  return chartsModal(
    await Promise.all(charts.map((chart) => shownChart(deps, reader.workspaceId, chart))),
  );
}

/** Pictures in Slack by what they show, so that who looks again waits for none. */
const known = new Map<string, string>();
const MOST_KNOWN = 500;

/** In words where Slack doesn't take it. */
async function shownChart(
  { client, log }: Pick<Deps, 'client' | 'log'>,
  workspaceId: string,
  chart: Chart,
): Promise<ShownChart> {
  const { alt, title, spec } = chart;
  const what = JSON.stringify([workspaceId, title, alt, spec]);
  const key = createHash('sha256').update(what).digest('base64url');
  try {
    const fileId = known.get(key) ?? (await uploadChart(client, chart, 'standing.png'));
    remember(known, key, fileId, MOST_KNOWN);
    return { alt, title, fileId };
  } catch (err) {
    log.warn({ err }, 'A chart could not be uploaded: its words are shown');
    return { alt, title, fileId: null };
  }
}
