/** The wizard as it stands for its reader, with what they typed and didn't save. */
import type { KnownBlock, ModalView } from '@slack/types';
import { actions, button, context } from '../../slack/blocks.ts';
import { formatFactor, type NumberStyle } from '../../slack/format.ts';
import { mention, mrkdwn, type SlackText } from '../../slack/text.ts';
import { readerOf } from '../access.ts';
import { openPoints } from '../approval/open-points-rules.ts';
import { viewerOf } from '../currency.ts';
import {
  DEFAULT_PIPELINE,
  type ListId,
  openTermsOf,
  type PlanDraft,
  type StepId,
  stepBeside,
} from '../draft.ts';
import { goToStep, useX } from '../ids.ts';
import { meetingHoursOf } from '../meeting-hours.ts';
import { type LiveFigures, liveFigures } from '../model/compute.ts';
import { evenChanceX } from '../model/pipeline.ts';
import type { OpenPlan } from '../on-version.ts';
import { meetingHoursText } from '../reading/meeting-hours-view.ts';
import { dropButton, takesOverText } from '../reading/plan-view.ts';
import { requestBlocks } from '../reading/request-view.ts';
import { milestoneBlocks } from '../reading/summary-view.ts';
import { placeOf } from '../round/place-rules.ts';
import type { TypedEntry } from '../store.ts';
import { stepFigures } from './figures-view.ts';
import type { OpenForm } from './keep-typed.ts';
import { reviewBlocks } from './review-view.ts';
import { baseOfRow } from './rows/change-rows.ts';
import { LISTS } from './rows/lists.ts';
import { pasteForm, rowForm, storedRow } from './rows/row-view.ts';
import { submitted } from './section.ts';
import { stepForm, storedStep, submitStep } from './step-view.ts';
import { baseOf, typedKey, unfinishedSteps } from './typed.ts';

export interface StepOptions {
  step?: StepId;
  /** Page of the step's list, from 0. */
  page?: number;
  /** Keep the block ids of the view that is open, so that typing goes on undisturbed. */
  rev?: string;
  /** Of the form that is open, where it is shown again. */
  submissionId?: string | undefined;
  notice?: SlackText;
  /** Local date of the reader. */
  today: string;
}

/** What is said above a form that was submitted and has something left to ask. */
export const STILL_ASKED = mrkdwn`*One thing is left to say:* it can be read in more than one way, so there is a question below.`;

/** What a step shows of a request for changes; the page with the plan has all of it. */
const REQUEST_MAX = 800;

/** A step of the wizard. */
export function showStep(plan: OpenPlan, { today, ...options }: StepOptions): ModalView {
  const { version, pair } = plan;
  const reader = readerOf(plan);
  const step = options.step ?? version.step;
  const viewer = viewerOf(reader, version.draft);
  const typed = version.typed[typedKey.step(reader.userId, step)];
  const stored = storedStep({ ...viewer, draft: version.draft, step });
  const raw = typed?.raw ?? stored;
  const base = baseOf(stored);
  const tried = submitStep(raw, { ...viewer, draft: version.draft, step });
  const draft = tried.ok ? tried.draft : version.draft;
  const live = liveFigures(openTermsOf(draft));
  const rev = options.rev ?? String(version.revision);
  const shown = viewerOf(reader, draft);
  const meeting = meetingHoursOf(draft, pair);
  return stepForm.view({
    about: { versionId: version.id, step, rev, base, page: options.page ?? 0 },
    style: { ...shown, draft, step },
    raw,
    rev,
    submissionId: options.submissionId,
    unfinished: unfinishedSteps(version.typed, reader.userId),
    notice: options.notice,
    request: plan.request ? requestBlocks(plan.request, reader.userId, version, REQUEST_MAX) : [],
    overtaken: overtaken(plan, typed, base),
    figures: stepFigures(step, draft, live, shown),
    ...(step === 'milestones' && { asides: { time: meetingHoursText(meeting, pair) } }),
    offers: offers(step, draft, live, shown),
    more: [
      ...extras(step, draft, live, shown, { versionId: version.id, pair, meeting, today, rev }),
      ...placeBlocks(plan, step, shown, today),
    ],
    submit: step === 'review' ? reviewSubmit(plan) : undefined,
  });
}

/** At both ends of the wizard: where this version stands among the rep's plans, and the way out of it. */
function placeBlocks(
  { version, plans }: OpenPlan,
  step: StepId,
  viewer: NumberStyle,
  today: string,
): KnownBlock[] {
  if (step !== 'goal' && step !== 'review') return [];
  const { planId, draft, status } = version;
  const { takesOver, hasOther } = placeOf({ planId, period: draft.period, status }, plans, today);
  return [
    ...(takesOver ? [context(takesOverText(version, viewer))] : []),
    ...(hasOther ? [actions([dropButton(version)])] : []),
  ];
}

function reviewSubmit({ version, pair, side }: OpenPlan): string | null {
  if (openPoints(version.draft).some(({ blocking }) => blocking)) return null;
  const other = side === 'rep' ? pair.manager : pair.rep;
  return other ? `Propose to ${other.name}` : 'Propose it';
}

/** What can be done about a thin X, in a tap. */
function offers(
  step: StepId,
  draft: PlanDraft,
  { warnings }: LiveFigures,
  { locale }: NumberStyle,
): KnownBlock[] {
  if (step !== 'pipeline' || !warnings.some(({ code }) => code === 'x_factor_thin')) return [];
  const { winRate, xFactor } = draft.pipeline ?? DEFAULT_PIPELINE;
  const better = evenChanceX(winRate);
  if (better === null || better <= xFactor) return [];
  return [
    actions([
      button(`Use ${formatFactor(better, locale)}`, useX.with(String(better))),
      button(`Keep ${formatFactor(xFactor, locale)}`, {
        ...goToStep.numbered('keep', stepBeside(step, 1)),
        spoken: `Keep ${formatFactor(xFactor, locale)} and go on`,
      }),
    ]),
  ];
}

function extras(
  step: StepId,
  draft: PlanDraft,
  live: LiveFigures,
  viewer: NumberStyle,
  review: Parameters<typeof reviewBlocks>[3],
): KnownBlock[] {
  if (step === 'milestones') return milestoneBlocks(draft, live, viewer);
  return step === 'review' ? reviewBlocks(draft, live, viewer, review) : [];
}

/** The editor of a row; of a new one where the form names none. */
export function showRow(
  plan: OpenPlan,
  { about, formId }: OpenForm,
  list: ListId,
  rowId: string | null,
  notice?: SlackText,
): ModalView {
  const { draft, id, typed: kept } = plan.version;
  const reader = readerOf(plan);
  const style = { ...viewerOf(reader, draft), draft, list, rowId: rowId ?? '' };
  const typed = kept[typedKey.row(reader.userId, list, rowId)];
  const raw = typed?.raw ?? storedRow(style);
  const base = baseOfRow(style, rowId);
  const tried = submitted(() => rowForm.read(raw, style));
  return rowForm.view({
    about: { ...about, versionId: id, list, rowId, base },
    style,
    raw,
    rev: about.rev,
    submissionId: formId ?? undefined,
    notice,
    overtaken: overtaken(plan, typed, base),
    preview: tried.ok ? LISTS[list].preview(tried.draft, style.rowId, style) : null,
  });
}

/** Where several rows are pasted, with the lines that could not be read last time. */
export function showPaste(
  plan: OpenPlan,
  about: OpenForm['about'],
  list: ListId,
  { notice, asksAgain }: { notice: SlackText | null; asksAgain: boolean } = {
    notice: null,
    asksAgain: false,
  },
): ModalView | null {
  const { paste } = LISTS[list];
  if (!paste) return null;
  const { version } = plan;
  const reader = readerOf(plan);
  // Lines that were added are taken out of the field: a new rev shows what is left.
  const rev = String(version.revision);
  return pasteForm.view({
    about: { ...about, list, rev },
    style: { ...viewerOf(reader, version.draft), list, paste },
    raw: version.typed[typedKey.paste(reader.userId, list)]?.raw ?? {},
    rev,
    notice,
    asksAgain,
  });
}

/** What to say where somebody else has changed what the reader is editing; null where nobody has. */
function overtaken(
  { pair, side }: OpenPlan,
  typed: TypedEntry | undefined,
  base: string,
): SlackText | null {
  if (!typed || typed.base === base) return null;
  const other = side === 'rep' ? pair.manager?.userId : pair.rep.userId;
  return mrkdwn`:wave: ${other ? mention(other) : 'Somebody'} changed this while you were typing. Yours is in the fields: submit once more to keep yours.`;
}
