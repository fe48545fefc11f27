/** Pasted lines and dropped files: many rows at once. */
import type { WebClient } from '@slack/web-api';
import type { Context } from '../../../context.ts';
import { UserError } from '../../../errors.ts';
import { type FormState, readState } from '../../../slack/form.ts';
import { fitView } from '../../../slack/limits.ts';
import { actorOf } from '../../../slack/request.ts';
import { lines, mrkdwn, type SlackText } from '../../../slack/text.ts';
import { readTextFile } from '../../../slack/text-file.ts';
import { truncate } from '../../../slack/truncate.ts';
import { updateView } from '../../../slack/views.ts';
import { localDateIn } from '../../../time/zone.ts';
import { readerOf } from '../../access.ts';
import { CALLBACK } from '../../ids.ts';
import { openVersion } from '../../open-plan.ts';
import { problemsAnswer, wizardState } from '../request.ts';
import { showPaste, showStep } from '../show-step.ts';
import { type Pasted, pasteRows } from './change-rows.ts';
import { LISTS } from './lists.ts';

/** Problems that are told one by one; more are counted. */
const PROBLEMS_SHOWN = 8;
const PROBLEM_MAX = 250;

export function listenToPaste(context: Context): void {
  const { app, client, clock } = context;

  app.view(CALLBACK.paste, async ({ ack, body, view }) => {
    const actor = actorOf(body);
    const state = wizardState(view.private_metadata);
    const form = readState(view.state.values);
    const { list, versionId } = state;
    if (!list) throw new Error('a pasted list names no list');
    const read = await pastedText(client, form);
    if ('problem' in read) return ack(problemsAnswer([read], form));
    const pasted = await pasteRows(context, actor, { versionId, list, text: read.text });
    const plan = await openVersion(context, actor, versionId);
    const again = pasted.problems.length > 0 && showPaste(plan, state, list, told(pasted, list));
    await ack(again ? { response_action: 'update', view: fitView(again) } : undefined);
    if (pasted.added === 0) return;
    const today = localDateIn(readerOf(plan).timeZone, clock.now());
    const page = Number.MAX_SAFE_INTEGER;
    await updateView(
      client,
      view.root_view_id ?? view.id,
      showStep(plan, { step: state.step, page, today }),
    );
  });
}

function told({ added, problems, cut: noRoom }: Pasted, list: keyof typeof LISTS): SlackText {
  const { one } = LISTS[list];
  const shown = problems.slice(0, PROBLEMS_SHOWN);
  const rest = problems.length - shown.length;
  return lines(
    added > 0 &&
      mrkdwn`*${added}* added. ${problems.length === 1 ? 'This line needs' : 'These lines need'} another look:`,
    added === 0 && mrkdwn`No ${one} could be read yet:`,
    ...shown.map(({ line, problem }) => mrkdwn`• Line ${line}: ${truncate(problem, PROBLEM_MAX)}`),
    rest > 0 && mrkdwn`• and ${rest} more`,
    noRoom > 0 &&
      mrkdwn`The last ${noRoom} of these lines don’t fit the field below: mend them in your file and drop it again.`,
  );
}

/** What was pasted and what was dropped, one after the other; or what is wrong, at its field. */
async function pastedText(
  client: WebClient,
  { values }: FormState,
): Promise<{ text: string } | { path: string; problem: string }> {
  const typed = typeof values.lines === 'string' ? values.lines : '';
  const [fileId] = Array.isArray(values.file) ? values.file : [];
  if (!fileId) {
    return typed.trim() === ''
      ? { path: 'lines', problem: 'Paste at least one line, or drop a file below.' }
      : { text: typed };
  }
  try {
    const file = await readTextFile(client, fileId);
    return { text: typed.trim() === '' ? file : `${typed}\n${file}` };
  } catch (error) {
    if (error instanceof UserError) return { path: 'file', problem: error.text };
    throw error;
  }
}
