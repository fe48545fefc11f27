/** One line that asks for everything that the plan judges beside the days, and the one form behind it. */
import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import type { Layer } from '../../plan/schemas.ts';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { amount, count, type Field, optional, textLines } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import { formatCount, formatDate, formatMoneyShort } from '../../slack/format.ts';
import { lines, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import { updateOpen, updateSame } from '../ids.ts';
import { MOST_LEADS } from '../schemas.ts';
import type { LayerAmounts, LeadCounts } from '../store.ts';
import { dayText, LAYER_NAMES, onDay, type Reader, UNDER_BEFORE } from '../words-view.ts';
import { readDealLines, type SaidLine } from './read-lines.ts';

/** Everything that is asked for, as it was said last. */
export interface UpdateFigures {
  /** The local date of the message that asks. */
  date: string;
  /** The layers whose pipeline is judged. */
  layers: readonly Layer[];
  /** Null: nothing was said. */
  pipeline: { layers: LayerAmounts; date: string; isCarried: boolean } | null;
  isLeadsJudged: boolean;
  /** Of this month so far; null: nothing was entered. */
  leads: LeadCounts | null;
  /** Won and lost since Monday. */
  deals: number;
}

/** What a plan judges, by the rep's id: a question until something is said of its day, then what was. */
export function updateBlocks(figures: UpdateFigures, repId: string, reader: Reader): KnownBlock[] {
  const { date, pipeline, layers } = figures;
  const place = { date, rep: repId };
  const update = button('Update', {
    ...updateOpen.with(place),
    spoken: 'Update deals, pipeline and leads',
  });
  if (pipeline !== null && pipeline.date >= date) {
    return [section(mrkdwn`✓ ${saidText(figures, reader)}`, { accessory: update })];
  }
  const canStay = layers.length > 0 && pipeline !== null;
  return [
    section(questionText(figures, reader)),
    actions([
      ...(canStay
        ? [
            button('Same as before', {
              ...updateSame.with(place),
              spoken: 'Nothing won or lost, pipeline and leads as they stand here',
            }),
          ]
        : []),
      update,
    ]),
  ];
}

/** `Won or lost anything? Pipeline $410k, as on 8 January? Leads: 3 in, 1 out?` */
function questionText(figures: UpdateFigures, reader: Reader): Mrkdwn {
  const { pipeline, layers, isLeadsJudged, leads } = figures;
  const before = pipeline?.isCarried ? UNDER_BEFORE : '';
  const said =
    pipeline && `${totalText(figures, reader)}, as ${onDay(pipeline.date, reader)}${before}?`;
  const parts = [
    'Won or lost anything?',
    layers.length === 0 ? null : `Pipeline ${said ?? 'today? Nothing was said yet.'}`,
    isLeadsJudged ? `Leads this month: ${leads ? leadsText(leads, reader) : 'none yet'}?` : null,
  ];
  return mrkdwn`${parts.filter((part) => part !== null).join(' ')}`;
}

/** `Pipeline $410k today · leads this month: 3 in, 1 out · 1 deal this week`. */
function saidText(figures: UpdateFigures, reader: Reader): Mrkdwn {
  const { pipeline, isLeadsJudged, leads, deals } = figures;
  const day = dayText(pipeline?.date ?? figures.date, reader);
  const parts = [
    `Pipeline ${totalText(figures, reader)} ${day}`,
    isLeadsJudged && leads ? `leads this month: ${leadsText(leads, reader)}` : null,
    deals > 0
      ? `${formatCount(deals, reader.locale)} ${deals === 1 ? 'deal' : 'deals'} this week`
      : null,
  ];
  return mrkdwn`${parts.filter((part) => part !== null).join(' · ')}`;
}

function totalText({ pipeline, layers }: UpdateFigures, reader: Reader): string {
  const total = layers.reduce((sum, layer) => sum + (pipeline?.layers[layer] ?? 0), 0);
  return formatMoneyShort(total, reader);
}

const leadsText = ({ inbound, outbound }: LeadCounts, { locale }: Reader) =>
  `${formatCount(inbound, locale)} in, ${formatCount(outbound, locale)} out`;

/** Whose figures, and the message that asked. */
const UpdatePlace = z.object({ rep: z.string(), date: z.iso.date() });
type UpdatePlace = z.infer<typeof UpdatePlace>;

/** What is read depends on what is judged. */
export interface UpdateStyle extends Reader {
  layers: readonly Layer[];
  isLeadsJudged: boolean;
}

interface UpdateScreen extends Shown<UpdatePlace, UpdateStyle> {
  figures: UpdateFigures;
}

const NO_AMOUNTS: LayerAmounts = { renewal: null, expansion: null, newBusiness: null };

/** Several fields are asked of some plans only, so each is read as text, amount or nothing. */
type UpdateField = Field<SaidLine[] | number | null>;

function fieldsOf(style: UpdateStyle): Record<string, UpdateField> {
  const fields: Record<string, UpdateField> = {
    deals: textLines<SaidLine[]>(
      {
        label: 'Won or lost',
        hint: 'A line each; empty: nothing.',
        placeholder: 'Acme 24k new\nlost renewal Globex',
      },
      { schema: () => readDealLines(style), write: () => '' },
    ),
  };
  for (const layer of style.layers) {
    fields[layer] = optional(
      amount({ label: `Pipeline today: ${LAYER_NAMES[layer].toLowerCase()}`, placeholder: '300k' }),
    );
  }
  if (style.isLeadsJudged) {
    fields.inbound = newLeads('New leads: inbound');
    fields.outbound = newLeads('New leads: outbound');
  }
  return fields;
}

const newLeads = (label: string) =>
  optional(count({ label, placeholder: '0' }, { max: MOST_LEADS }));

export const updateForm = form({
  id: 'actuals_update_form',
  about: UpdatePlace,
  fields: (style: UpdateStyle) => fieldsOf(style),
  apply(values, { layers }) {
    const numberIn = (path: string) => {
      const value = values[path];
      return typeof value === 'number' ? value : null;
    };
    const said = layers.map((layer) => [layer, numberIn(layer)] as const);
    const [inbound, outbound] = [numberIn('inbound'), numberIn('outbound')];
    return {
      deals: Array.isArray(values.deals) ? values.deals : [],
      /** Null: nothing is said of any layer. */
      layers: said.some(([, value]) => value !== null)
        ? { ...NO_AMOUNTS, ...Object.fromEntries(said) }
        : null,
      leads:
        inbound === null && outbound === null
          ? null
          : { inbound: inbound ?? 0, outbound: outbound ?? 0 },
    };
  },
  frame: () => ({ title: 'Deals, pipeline, leads', submit: 'Save', close: 'Cancel' }),
  arrange(inputs, { about, style, figures }: UpdateScreen) {
    const { pipeline, leads } = figures;
    const of = (...paths: string[]) => paths.flatMap((path) => inputs[path] ?? []);
    const entered = leads ? leadsText(leads, style) : 'none';
    return [
      ...(about.rep === style.userId ? [] : [section(mrkdwn`For ${mention(about.rep)}`)]),
      ...of('deals'),
      ...of(...style.layers),
      ...(style.layers.length > 0
        ? [
            context(
              lines(
                mrkdwn`Count what meets all four: verbally qualified, BANT and risks known, demo done, actively moving. Empty: as it stood.`,
                pipeline &&
                  mrkdwn`Last said ${onDay(pipeline.date, style)}: ${formatDate(pipeline.date, style.locale, 'date')}${pipeline.isCarried ? UNDER_BEFORE : ''}.`,
              ),
            ),
          ]
        : []),
      ...of('inbound', 'outbound'),
      ...(style.isLeadsJudged
        ? [context(mrkdwn`Those that aren’t entered yet: this month has ${entered} so far.`)]
        : []),
    ];
  },
});
