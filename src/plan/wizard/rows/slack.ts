/** The editor of a row, pasted lines and dropped files. */
import type { WebClient } from '@slack/web-api';
import type { Context } from '../../../context.ts';
import { UserError } from '../../../errors.ts';
import { FieldProblems } from '../../../input/problem.ts';
import type { RawFields } from '../../../slack/fields.ts';
import { lines, mrkdwn, type SlackText } from '../../../slack/text.ts';
import { readTextFile } from '../../../slack/text-file.ts';
import { truncate } from '../../../slack/truncate.ts';
import { updateView } from '../../../slack/views.ts';
import type { ListId } from '../../draft.ts';
import type { OpenPlan } from '../../on-version.ts';
import { stepToday, submittable } from '../open-form.ts';
import { STILL_ASKED, showPaste, showRow } from '../show-step.ts';
import type { WizardState } from '../step-view.ts';
import { saveRow } from './change-rows.ts';
import { LISTS } from './lists.ts';
import { type Pasted, pasteRows } from './paste-rows.ts';
import { pasteForm, rowForm } from './row-view.ts';

/** Problems that are told one by one; more are counted. */
const PROBLEMS_SHOWN = 8;
const PROBLEM_MAX = 250;
const HEADING_MAX = 40;
const LEFT_OUT_MAX = 400;

const LAST_PAGE = Number.MAX_SAFE_INTEGER;

export function listenToRows(context: Context): void {
  const { on, client } = context;

  on.submit(submittable(rowForm), async ({ actor, id, about, raw, at, view }) => {
    const list = listIn(about);
    const outcome = await saveRow(context, actor, { about, list, formId: id, raw, at });
    if (outcome.kind === 'invalid') throw new FieldProblems(outcome.problems);
    const { plan } = outcome;
    if (outcome.kind === 'asks') {
      const form = { about, formId: id };
      return { update: showRow(plan, form, list, about.rowId ?? null, STILL_ASKED) };
    }
    if (outcome.kind === 'changed_meanwhile') {
      return { update: showRow(plan, { about, formId: null }, list, about.rowId ?? null) };
    }
    const page = about.rowId ? about.page : LAST_PAGE;
    return { after: () => showStepUnder(view.rootId, plan, { ...about, page }) };
  });

  on.submit(submittable(pasteForm), async ({ actor, id, about, raw, view }) => {
    const list = listIn(about);
    const text = await pastedText(client, raw);
    const { versionId } = about;
    const again = Array.isArray(raw.again) && raw.again.includes('again');
    const pasted = await pasteRows(context, actor, { versionId, list, text, again, formId: id });
    const { added, problems, plan, twice } = pasted;
    const form = { notice: told(pasted, list), asksAgain: twice > 0 };
    const left = problems.length > 0 ? showPaste(plan, about, list, form) : null;
    const notice = left ? null : byHeadings(pasted);
    return {
      update: left ?? undefined,
      after: async () => {
        if (added > 0)
          await showStepUnder(view.rootId, plan, { ...about, page: LAST_PAGE }, notice);
      },
    };
  });

  const showStepUnder = (
    viewId: string,
    plan: OpenPlan,
    { step, page }: WizardState,
    notice: SlackText | null = null,
  ) =>
    updateView(client, viewId, stepToday(context, plan, { step, page, ...(notice && { notice }) }));
}

function listIn({ list }: WizardState): ListId {
  if (!list) throw new Error('an editor names no list');
  return list;
}

/** What was read from which column, and what wasn't; null where no headings said so. */
function byHeadings({ added, readBy }: Pasted): SlackText | null {
  if (!readBy) return null;
  const { taken, leftOut, defaulted } = readBy;
  const renamed = taken.filter(({ label, heading }) => label !== heading);
  return lines(
    mrkdwn`*${added}* added, by ${added === 1 ? 'its' : 'their'} headings.`,
    renamed.length > 0 &&
      mrkdwn`${renamed.map(({ label, heading }) => `${label} is “${truncate(heading, HEADING_MAX)}”`).join(', ')}.`,
    ...defaulted.map(({ label, value }) => mrkdwn`No column says ${label}: each is at *${value}*.`),
    leftOut.length > 0 &&
      mrkdwn`Not read: ${truncate(leftOut.map((one) => `“${truncate(one, HEADING_MAX)}”`).join(', '), LEFT_OUT_MAX)}.`,
  );
}

function told(pasted: Pasted, list: ListId): SlackText {
  const { added, problems, cut: noRoom, twice } = pasted;
  const { one } = LISTS[list];
  const shown = problems.slice(0, PROBLEMS_SHOWN);
  const rest = problems.length - shown.length;
  return lines(
    added > 0 && (byHeadings(pasted) ?? mrkdwn`*${added}* added.`),
    added > 0 &&
      mrkdwn`${problems.length === 1 ? 'This line needs' : 'These lines need'} another look:`,
    added === 0 &&
      (twice === problems.length
        ? mrkdwn`Nothing new was found, so nothing is added yet:`
        : mrkdwn`No ${one} could be read yet:`),
    ...shown.map(({ line, problem }) => mrkdwn`• Line ${line}: ${truncate(problem, PROBLEM_MAX)}`),
    rest > 0 && mrkdwn`• and ${rest} more`,
    noRoom > 0 &&
      mrkdwn`The last ${noRoom} of these lines don’t fit the field below: mend them in your file and drop it again.`,
  );
}

/**
 * What was pasted and what was dropped, one after the other.
 * @throws FieldProblems where there is nothing, or a file that can't be read.
 */
async function pastedText(client: WebClient, raw: RawFields): Promise<string> {
  const typed = typeof raw.lines === 'string' ? raw.lines : '';
  const [fileId] = Array.isArray(raw.file) ? raw.file : [];
  if (!fileId) {
    if (typed.trim() !== '') return typed;
    const problem = 'Paste at least one line, or drop a file below.';
    throw new FieldProblems([{ path: 'lines', problem }]);
  }
  try {
    const file = await readTextFile(client, fileId);
    return typed.trim() === '' ? file : `${typed}\n${file}`;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new FieldProblems([{ path: 'file', problem: error.text }]);
  }
}
