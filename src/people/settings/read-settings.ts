import type { Read } from '../../input/read.ts';
import { type FormState, parseForm, readState } from '../../slack/form.ts';
import { checkPeople } from '../check-people.ts';
import type { Actor } from '../deps.ts';
import { type MeetDeps, meetPerson } from '../meet-person.ts';
import { Settings } from '../schemas.ts';
import type { CompanyDays } from '../store.ts';
import { readCompanyDays } from './company-days.ts';
import type { SettingsValues } from './view.ts';

type StateValues = Parameters<typeof readState>[0];
type Checked<T> = { ok: true; value: T } | { ok: false; errors: Record<string, string> };

/** What a form about the settings holds as it is, for showing it again. */
export function settingsValues(state: StateValues): SettingsValues {
  const { values } = readState(state);
  const many = (path: string) => listOf(values[path]);
  const one = (path: string) => listOf(values[path])[0] ?? null;
  return {
    leaders: many('leaders'),
    managers: many('managers'),
    admins: many('admins'),
    currency: one('currency'),
    workdays: many('workdays'),
    country: one('country'),
    region: one('region'),
    daysOff: one('companyDays'),
  };
}

/** Checks the form and meets everybody named in it. Errors are by block id, as Slack wants them. */
export async function readSettings(
  deps: MeetDeps,
  actor: Actor,
  state: StateValues,
): Promise<Checked<Settings>> {
  const form = readState(state);
  const parsed = parseForm(Settings, form);
  if (!parsed.ok) return { ok: false, errors: parsed.errors };
  const { leaders, managers, admins } = parsed.value;
  const { locale } = await meetPerson(deps, actor.workspaceId, actor.userId);
  const problems = await checkPeople(deps, actor.workspaceId, { leaders, managers, admins });
  const days = readDays(form, locale);
  if (days?.ok === false) problems.companyDays = days.problem;
  const errors = byBlock(problems, form);
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, value: { ...parsed.value, ...(days?.ok && { companyDays: days.value }) } };
}

/** Null where the form doesn't ask for them. */
function readDays({ values }: FormState, locale: string): Read<CompanyDays[]> | null {
  if (values.companyDays === undefined) return null;
  return readCompanyDays(listOf(values.companyDays)[0] ?? '', locale);
}

/** From field paths to block ids. */
export function byBlock(
  problems: Readonly<Record<string, string>>,
  { blockIds }: FormState,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(problems).map(([path, problem]) => [blockIds[path] ?? path, problem]),
  );
}

function listOf(value: string | string[] | null | undefined): string[] {
  return Array.isArray(value) ? value : value ? [value] : [];
}
