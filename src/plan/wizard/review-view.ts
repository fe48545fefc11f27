import type { KnownBlock } from '@slack/types';
import { actions, button, section } from '../../slack/blocks.ts';
import type { NumberStyle } from '../../slack/format.ts';
import { userInput } from '../../slack/inputs.ts';
import { lines, mrkdwn } from '../../slack/text.ts';
import type { Pair } from '../access.ts';
import { openPoints } from '../approval/open-points-rules.ts';
import type { PlanDraft } from '../draft.ts';
import { goToStep } from '../ids.ts';
import type { MeetingHours } from '../meeting-hours-rules.ts';
import type { LiveFigures } from '../model/compute.ts';
import { explainPicker } from '../reading/explanation-view.ts';
import { historyButton } from '../reading/history-view.ts';
import { unkindMeetingText } from '../reading/meeting-hours-view.ts';
import { summaryBlocks } from '../reading/summary-view.ts';
import { STEPS } from './steps/steps.ts';

/** The last step: the plan on one page, what is still open, and with whom it is agreed. */
export function reviewBlocks(
  draft: PlanDraft,
  live: LiveFigures,
  viewer: NumberStyle,
  {
    versionId,
    pair,
    meeting,
    today,
    rev,
  }: {
    versionId: string;
    pair: Pair;
    meeting: MeetingHours | null;
    today: string;
    rev: string;
  },
): KnownBlock[] {
  const points = openPoints(draft);
  const hours = unkindMeetingText(meeting, pair);
  return [
    ...summaryBlocks(draft, live, viewer, today),
    ...(hours ? [section(hours)] : []),
    ...explainPicker(live, versionId),
    actions([historyButton(versionId)]),
    ...(points.length > 0
      ? [
          section(
            lines(
              mrkdwn`*Still open*`,
              ...points.map(
                ({ step, text, blocking }) =>
                  mrkdwn`${blocking ? '○' : '·'} ${STEPS[step].title}: ${text}`,
              ),
            ),
          ),
          actions(
            points
              .slice(0, 1)
              .map(({ step }) => button(`Go to ${STEPS[step].title}`, goToStep.with(step))),
            'open',
          ),
        ]
      : []),
    // Slack refuses a view that asks for something and has no submit button.
    ...(pair.manager === null && !points.some(({ blocking }) => blocking)
      ? [
          userInput({
            path: 'managerId',
            rev,
            label: 'Who do you plan with?',
            hint: 'Your manager. They get the plan to read and sign, and see it from then on.',
          }),
        ]
      : []),
  ];
}
