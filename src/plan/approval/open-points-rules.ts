import { winsNewBusiness } from '../carried-rules.ts';
import { missingSections, type PlanDraft, STEP_IDS, type StepId, termsOf } from '../draft.ts';
import { checkPlan, checkWorkingDays, under } from '../model/checks.ts';

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
  newBusiness: 'whether it is part of the job, and the average deal size.',
} as const;

/** Which step a problem's path (such as `renewals.3.date`) belongs to. */
function stepOf(path: string): StepId {
  const [section] = path.split('.');
  if (section === 'calendar') return 'activities';
  return STEP_IDS.find((id) => id === section) ?? 'goal';
}

/** What is still open: first what keeps the plan from being proposed, then what deserves a thought. */
export function openPoints(draft: PlanDraft): OpenPoint[] {
  const missing = missingSections(draft).map((step) => ({
    step,
    text: MISSING[step],
    blocking: true,
  }));
  const terms = termsOf(draft);
  const problems = terms
    ? checkPlan(terms)
    : under('calendar', checkWorkingDays(draft.period, draft.calendar));
  const wrong = problems.map(({ path, problem }) => ({
    step: stepOf(path),
    text: `${rowName(draft, path)} ${problem}.`,
    blocking: true,
  }));
  return [...missing, ...wrong.slice(0, 10), ...thoughts(draft)];
}

/** What the reader calls the thing at `path`. */
function rowName(draft: PlanDraft, path: string): string {
  const [section, part, index] = path.split('.');
  switch (section) {
    case 'renewals':
      return draft.renewals[Number(part)]?.account ?? 'a renewal';
    case 'compensation':
      return componentName(draft, Number(index));
    case 'calendar':
      return 'the calendar';
    case 'insurance':
      return 'the insured X';
    case 'newBusiness':
      return 'the average deal size';
    default:
      return 'an entry';
  }
}

/** The first stands in the comp plan, the others are rows. */
function componentName({ compensation, components }: PlanDraft, index: number): string {
  const found = index === 0 ? compensation?.first : components[index - 1];
  return found?.name ?? 'the comp plan';
}

function thoughts(draft: PlanDraft): OpenPoint[] {
  const { renewals, newBusiness, callBlocks, risks } = draft;
  const hunts = winsNewBusiness(draft);
  const idle = renewals.filter(({ nextActivities }) => nextActivities === '').length;
  const { leadIdentification = '', prospecting = '' } = newBusiness?.selfSourcing ?? {};
  const points: (OpenPoint | false)[] = [
    idle > 0 && {
      step: 'renewals',
      text: `${idle === 1 ? 'one has' : `${idle} have`} no next selling activity yet.`,
      blocking: false,
    },
    newBusiness !== null &&
      hunts &&
      leadIdentification === '' &&
      prospecting === '' && {
        step: 'newBusiness',
        text: 'how you find and reach your own leads isn’t written down.',
        blocking: false,
      },
    hunts &&
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
