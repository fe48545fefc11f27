import { missingSections, type PlanDraft, STEP_IDS, type StepId, termsOf } from '../draft.ts';
import { checkPlan, checkWorkingDays } from '../model/checks.ts';

/** Something a draft still lacks before it is signed. */
export interface OpenPoint {
  step: StepId;
  text: string;
  /** It can't be proposed like this. */
  blocking: boolean;
}

const MISSING = {
  goal: 'an income, or living costs.',
  compensation: 'base salary, quota and what it pays.',
  newBusiness: 'who wins new business, and how large a deal is.',
} as const;

/** Which step a problem's path (such as `renewals.3.date`) belongs to. */
function stepOf(path: string): StepId {
  const [section] = path.split('.');
  const own = STEP_IDS.find((id) => id === section);
  return own ?? (section === 'calendar' ? 'activities' : 'goal');
}

/** What is still open: first what keeps the plan from being proposed, then what deserves a thought. */
export function openPoints(draft: PlanDraft): OpenPoint[] {
  const missing = missingSections(draft).map((step) => ({
    step,
    text: MISSING[step],
    blocking: true,
  }));
  const terms = termsOf(draft);
  const problems = terms ? checkPlan(terms) : checkWorkingDays(draft.period, draft.calendar);
  const wrong = problems.map(({ path, problem }) => ({
    step: stepOf(path),
    text: `${rowName(draft, path)} ${problem}.`,
    blocking: true,
  }));
  return [...missing, ...wrong.slice(0, 10), ...thoughts(draft)];
}

/** What the reader calls the thing at `path`. */
function rowName(draft: PlanDraft, path: string): string {
  const [section, index] = path.split('.');
  if (section === 'renewals') return draft.renewals[Number(index)]?.account ?? 'a renewal';
  if (section === 'insurance') return 'the insured X';
  if (section === 'newBusiness') return 'the average deal size';
  return section === 'calendar' ? 'the calendar' : 'an entry';
}

function thoughts(draft: PlanDraft): OpenPoint[] {
  const { renewals, newBusiness, callBlocks, risks } = draft;
  const idle = renewals.filter(({ nextActivities }) => nextActivities === '').length;
  const { leadIdentification = '', prospecting = '' } = newBusiness?.selfSourcing ?? {};
  const points: (OpenPoint | false)[] = [
    idle > 0 && {
      step: 'renewals',
      text: `${idle === 1 ? 'one has' : `${idle} have`} no next selling activity yet.`,
      blocking: false,
    },
    newBusiness?.carried === true &&
      leadIdentification === '' &&
      prospecting === '' && {
        step: 'newBusiness',
        text: 'how you find and reach your own leads isn’t written down.',
        blocking: false,
      },
    callBlocks.length === 0 && {
      step: 'activities',
      text: 'no call blocks yet: what is in the calendar happens.',
      blocking: false,
    },
    risks.length === 0 && {
      step: 'insurance',
      text: 'no risks named yet.',
      blocking: false,
    },
  ];
  return points.filter((point) => point !== false);
}
