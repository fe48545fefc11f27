/** What six reps read on the page that they sign, and above the fields of each step. */
import { describe, expect, it } from 'vitest';
import { openTermsOf, STEP_IDS } from '../../src/plan/draft.ts';
import { liveFigures } from '../../src/plan/model/compute.ts';
import { milestoneBlocks, summaryBlocks } from '../../src/plan/reading/summary-view.ts';
import { stepFigures } from '../../src/plan/wizard/figures-view.ts';
import { toMrkdwn } from '../../src/slack/text.ts';
import { PROFILES } from '../support/profiles.ts';
import { readBlocks } from '../support/read-blocks.ts';

const US = { locale: 'en-US', currency: 'USD', digits: 2 };
const BEFORE = '2026-12-15';

describe.each(Object.entries(PROFILES))('%s', (_, profile) => {
  const draft = profile();
  const live = liveFigures(openTermsOf(draft));
  const page = readBlocks(summaryBlocks(draft, live, US, BEFORE));
  const timeline = readBlocks(milestoneBlocks(draft, live, US));
  const steps = STEP_IDS.flatMap((step) => {
    const figures = stepFigures(step, draft, live, US);
    return figures === null ? [] : [`## ${step}\n${toMrkdwn(figures)}`];
  });

  it('reads the page that is signed', () => {
    expect(page).toMatchSnapshot();
  });
  it('reads the timeline', () => {
    expect(timeline).toMatchSnapshot();
  });
  it('reads this above the fields', () => {
    expect(steps.join('\n\n')).toMatchSnapshot();
  });
});
