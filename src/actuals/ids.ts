/** What is pressed about actuals, and what it carries. */
import { z } from 'zod';
import { action } from '../slack/action.ts';
import { json, one, parts, stashed, wholeNumber } from '../slack/codec.ts';
import { DealValues, KeptDeal, KeptLeads, KeptSnapshot, WorthQuestion } from './schemas.ts';

const EntryId = one(z.string());
/** Slack's user id. */
const RepId = one(z.string());

/** The form of something new, wherever that is asked for: what it was opened from stays as it is. */
export const dealAdd = action('deal_add', RepId);
export const pipelineAdd = action('pipeline_add', RepId);
export const leadsAdd = action('leads_add', RepId);

/** In the form: what kind of deal it is. */
export const dealKind = action('deal_kind', one(z.string()));
export const dealEdit = action('deal_edit', EntryId);
/** The deal, as it is kept to be put back. */
export const dealUndo = action('deal_undo', stashed(json(KeptDeal)));
export const dealPutBack = action('deal_put_back', stashed(json(KeptDeal)));
/** What the form begins with. */
export const dealOpen = action(
  'deal_open',
  stashed(json(z.object({ rep: z.string(), values: DealValues }))),
);
/** A page of somebody's deals. */
export const dealList = action(
  'deal_list',
  parts(z.object({ rep: z.string(), page: wholeNumber })),
);
/** The `⋯` of a row in that list. */
export const dealMenu = action(
  'deal_menu',
  parts(
    z.object({
      what: z.enum(['edit', 'undo']),
      deal: z.string(),
      rep: z.string(),
      page: wholeNumber,
    }),
  ),
);

/** What a deal pays, once what was doubtful is picked. */
export const worthAsked = action('worth_asked', stashed(json(WorthQuestion)));

export const pipelineEdit = action('pipeline_edit', EntryId);
export const pipelineUndo = action('pipeline_undo', stashed(json(KeptSnapshot)));
export const pipelinePutBack = action('pipeline_put_back', stashed(json(KeptSnapshot)));

export const leadsEdit = action('leads_edit', EntryId);
export const leadsUndo = action('leads_undo', stashed(json(KeptLeads)));
export const leadsPutBack = action('leads_put_back', stashed(json(KeptLeads)));

/** Whose figures, asked in the message of which local date. */
const asked = parts(z.object({ date: z.iso.date(), rep: z.string() }));

/** The one form of everything that the plan judges beside the days. */
export const updateOpen = action('actuals_update', asked);
/** It stands as it was said last. */
export const updateSame = action('actuals_same', asked);

/** A renewal of the plan whose date has passed, asked about in the check-in of a local date. */
const dueRenewal = parts(z.object({ date: z.iso.date(), renewal: z.string().min(1) }));

export const renewalWon = action('renewal_won', dueRenewal);
export const renewalLost = action('renewal_lost', dueRenewal);
export const renewalLater = action('renewal_later_open', dueRenewal);
