/** A plan in one file: the spec's JSON, in major units, checked down to the last field. */
import { z } from 'zod';
import type { Problem } from '../../input/problem.ts';
import { checkInsurance, checkNewBusiness, checkWorkingDays, under } from '../model/checks.ts';
import { currencyDigits, isCurrency } from '../model/currencies.ts';
import { winRateOf } from '../model/funnel.ts';
import { carriesNewBusiness } from '../model/known-layers.ts';
import { defaultInsurance } from '../model/pipeline.ts';
import { Pipeline, type PlanTerms } from '../schemas.ts';
import { compensationSection } from './compensation-section.ts';
import {
  calendarSection,
  callBlocksSection,
  funnelSection,
  periodSection,
  sectionsFor,
} from './file-sections.ts';
import { describeIssue, readJson } from './read-json.ts';

export type PlanFileResult = { ok: true; terms: PlanTerms } | { ok: false; problems: Problem[] };

/** More problems than this are only counted. */
const MOST_PROBLEMS = 100;
/** Until the currency is known, the most decimals that any has. */
const ANY_DIGITS = 4;

const currencySection = z.string().refine(isCurrency, {
  error: 'must be the code of a currency in ISO 4217, in capitals: "USD" would do',
});

/** What may stand at the top of the file; the sections themselves are parsed one by one. */
const topLevel = z.strictObject({
  currency: z.unknown().optional(),
  period: z.unknown().optional(),
  calendar: z.unknown().optional(),
  goal: z.unknown().optional(),
  compensation: z.unknown().optional(),
  pipeline: z.unknown().optional(),
  renewals: z.unknown().optional(),
  expansion: z.unknown().optional(),
  newBusiness: z.unknown().optional(),
  callBlocks: z.unknown().optional(),
  funnel: z.unknown().optional(),
  insurance: z.unknown().optional(),
} satisfies Record<keyof PlanTerms, z.ZodOptional>);

/**
 * Reads a plan file: JSON text into the terms of a plan, or everything that is wrong with it, at
 * most `MOST_PROBLEMS` and a count of the rest. The path of the whole file is `plan`.
 */
export function parsePlanFile(text: string): PlanFileResult {
  if (text.trim() === '') return refuse([whole('is empty: a plan in JSON would do')]);
  const json = readJson(text);
  if (!json.ok) {
    return refuse([
      whole(`is not JSON: line ${json.line}, column ${json.column} is not understood`),
    ]);
  }
  return parsePlan(json.value);
}

function parsePlan(value: unknown): PlanFileResult {
  const problems: Problem[] = [];
  /** The section, or null with its problems noted. */
  function section<Schema extends z.ZodType>(
    schema: Schema,
    input: unknown,
    path: string[],
  ): z.output<Schema> | null {
    const result = schema.safeParse(input, { error: describeIssue });
    if (result.success) return result.data;
    problems.push(...result.error.issues.flatMap((issue) => problemsOf(issue, path)));
    return null;
  }

  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse([whole('must be an object { … }')]);
  }
  const file: Partial<Record<keyof PlanTerms, unknown>> = value;
  section(topLevel, file, []);
  const currency = section(currencySection, file.currency, ['currency']);
  const period = section(periodSection, file.period, ['period']);
  const calendar = section(calendarSection, file.calendar, ['calendar']);
  const digits = currency === null ? ANY_DIGITS : currencyDigits(currency);
  const sections = sectionsFor(digits, period);
  const goal = section(sections.goal, file.goal, ['goal']);
  const compensation = section(
    compensationSection(file.compensation, digits, period),
    file.compensation,
    ['compensation'],
  );
  const agreed = section(sections.pipeline, file.pipeline, ['pipeline']);
  const renewals = section(sections.renewals, file.renewals, ['renewals']);
  const expansion = section(sections.expansion, file.expansion, ['expansion']);
  const newBusiness = section(sections.newBusiness, file.newBusiness, ['newBusiness']);
  const callBlocks = section(callBlocksSection, file.callBlocks, ['callBlocks']);
  const funnel = section(funnelSection(agreed?.winRate), file.funnel, ['funnel']);
  const insured = section(sections.insurance, file.insurance, ['insurance']);
  const winRate =
    agreed && funnel
      ? section(Pipeline.shape.winRate, agreed.winRate ?? winRateOf(funnel), [
          'pipeline',
          'winRate',
        ])
      : null;
  const insurance = period &&
    agreed &&
    insured && { ...defaultInsurance(period, agreed.xFactor), ...insured };

  if (period && calendar) problems.push(...checkWorkingDays(period, calendar));
  if (newBusiness) {
    const carried = compensation
      ? carriesNewBusiness({ newBusiness, compensation })
      : newBusiness.carried;
    problems.push(...under('newBusiness', checkNewBusiness({ ...newBusiness, carried })));
  }
  if (agreed && insurance) problems.push(...under('insurance', checkInsurance(insurance, agreed)));
  const sound = currency && period && calendar && goal && compensation && agreed && winRate;
  if (!sound || !renewals || !expansion || !newBusiness || !callBlocks || !funnel || !insurance) {
    return refuse(problems);
  }
  if (problems.length > 0) return refuse(problems);
  return {
    ok: true,
    terms: {
      currency,
      period,
      calendar,
      goal,
      compensation,
      pipeline: { ...agreed, winRate },
      renewals,
      expansion,
      newBusiness,
      callBlocks,
      funnel,
      insurance,
    },
  };
}

const whole = (problem: string): Problem => ({ path: 'plan', problem });

function refuse(problems: Problem[]): PlanFileResult {
  const rest = problems.length - MOST_PROBLEMS;
  if (rest <= 0) return { ok: false, problems };
  const more = whole(`and ${rest.toLocaleString('en-US')} more`);
  return { ok: false, problems: [...problems.slice(0, MOST_PROBLEMS), more] };
}

/** An issue at its path; unknown keys each at their own. */
function problemsOf(issue: z.core.$ZodIssue, section: readonly string[]): Problem[] {
  const at = [...section, ...issue.path.map(String)];
  const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...at, key]) : [at];
  return paths.map((path) => ({
    path: path.map(pathPart).join('.'),
    problem: issue.message,
  }));
}

/** A key as part of a path: on one line and of readable length, whatever the file calls it. */
function pathPart(key: string): string {
  return /^[\w-]{1,60}$/.test(key) ? key : JSON.stringify(key.slice(0, 60));
}
