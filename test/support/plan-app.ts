/** Pairs who plan with each other, and a plan filled in as people fill it in. */
import type { KnownBlock } from '@slack/types';
import { expect } from 'vitest';
import { inTransaction } from '../../src/db/transaction.ts';
import { ensureTeam, saveDefaults, savePerson, workspaceOf } from '../../src/people/store.ts';
import type { OpenPlan } from '../../src/plan/on-version.ts';
import { findOwnPlan } from '../../src/plan/open-plan.ts';
import type { TestApp } from './app.ts';
import { eventually } from './eventually.ts';
import type { Person } from './slack.ts';
import { type Entries, type FakeSlack, type SlackMessage, TEAM } from './slack.ts';

export interface TestPair {
  rep: string;
  manager: string;
}

/** How many each workspace has, since test files may share this module. */
const pairsOf = new WeakMap<FakeSlack, number>();

/** Workspace defaults are saved, so that nobody is led through the set-up. */
export async function setUpWorkspace({ db }: Pick<TestApp, 'db'>, currency = 'USD'): Promise<void> {
  const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
  await inTransaction(db, async (tx) => {
    const defaults = { currency, workdays: [...workdays], country: null, region: null };
    await workspaceOf(tx, TEAM);
    await saveDefaults(tx, TEAM, defaults, new Date());
  });
}

/** Two people of their own for a test, known to Slack and to Bigplan, the one planning with the other. */
export async function mintPair(
  app: Pick<TestApp, 'slack' | 'db'>,
  facts: { rep?: Partial<Person>; manager?: Partial<Person> } = {},
): Promise<TestPair> {
  const n = (pairsOf.get(app.slack) ?? 0) + 1;
  pairsOf.set(app.slack, n);
  const pair = { rep: `U0REP${n}`, manager: `U0MGR${n}` };
  await mintPerson(app, pair.rep, { name: `Dana ${n}`, ...facts.rep });
  await mintPerson(app, pair.manager, { name: `Max ${n}`, ...facts.manager });
  await joinTeam(app, pair.rep, pair.manager);
  return pair;
}

export async function mintPerson(
  app: Pick<TestApp, 'slack' | 'db'>,
  id: string,
  facts: Partial<Person> = {},
) {
  const { name, tz, locale, deleted } = app.slack.addPerson(id, facts);
  const known = {
    name,
    timeZone: tz,
    locale,
    slackAdmin: false,
    deactivated: deleted,
    outsider: false,
    bot: false,
  };
  await savePerson(app.db, { workspaceId: TEAM, userId: id }, known, new Date());
}

/** Monday's digest comes to those who ask for it: it is no part of most stories. */
export async function joinTeam(
  { db }: Pick<TestApp, 'db'>,
  repId: string,
  managerId: string,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const workspaceId_personId = { workspaceId: TEAM, personId: managerId };
    const create = { ...workspaceId_personId, digest: false };
    await tx.nudgeSettings.upsert({ where: { workspaceId_personId }, create, update: {} });
    const team = await ensureTeam(tx, { workspaceId: TEAM, userId: managerId });
    await tx.person.updateMany({ where: { userId: repId }, data: { teamId: team.id } });
  });
}

/** What a rep enters in each step, in order: the spec's worked check (target 1,333,333.33). */
export const ENTRIES: readonly Entries[] = [
  {
    'period.start': '2027-01-01',
    'period.end': '2027-12-31',
    'goal.income': '250,000',
  },
  {
    baseSalary: '100k',
    earns: '10%',
    quota: '1m',
    lines: '100% 1.5x',
  },
  { xFactor: '3x', winRate: '33.6%' },
  {},
  {},
  { averageDealSize: '25k' },
  {},
  {},
  {},
];

/** Enters a whole plan in the modal in front, up to the review. */
export async function fillWizard(slack: FakeSlack, user: string, entries = ENTRIES): Promise<void> {
  for (const entry of entries) {
    const { status, body } = await slack.submit(user, entry);
    const answer = JSON.stringify(body);
    if (status !== 200 || /"errors"/.test(answer)) throw new Error(`Refused: ${answer}`);
  }
}

/** Opens the rep's own wizard, as `/bigplan` does. */
export async function openOwn({ slack }: Pick<TestApp, 'slack'>, user: string): Promise<void> {
  await slack.command('/bigplan', '', { user });
}

/** Opens a rep's plan for their manager, who is asked whose. */
export async function openAsManager({ slack }: TestApp, { rep, manager }: TestPair): Promise<void> {
  await slack.command('/bigplan', '', { user: manager });
  await slack.action({ user: manager, actionId: 'plan_open', value: rep });
}

/** A plan that is filled in and proposed by the rep. Returns the manager's message. */
export async function proposed(app: TestApp, pair: TestPair): Promise<SlackMessage> {
  await openOwn(app, pair.rep);
  await fillWizard(app.slack, pair.rep);
  await app.slack.submit(pair.rep);
  return lastMessage(app.slack, pair.manager);
}

/** A plan that both have signed. Returns the manager's message about it. */
export async function agreed(app: TestApp, pair: TestPair): Promise<SlackMessage> {
  const message = await proposed(app, pair);
  await app.slack.action({ user: pair.manager, actionId: 'plan_agree', message });
  return lastMessage(app.slack, pair.manager);
}

export function lastMessage(slack: FakeSlack, user: string): SlackMessage {
  const message = slack.dm(user).at(-1);
  if (message === undefined) throw new Error(`${user} has no message`);
  return message;
}

/** Everything that stands in the modal in front, as one text to look into. */
export function shown(slack: FakeSlack, user: string): string {
  return JSON.stringify(slack.modal(user)?.blocks ?? null);
}

/** Words of the answer, wherever the app put them: under a field, on a view, in a reply, in the DM. */
export function lastWords(slack: FakeSlack, user: string): string {
  const told = slack.responses.filter((one) => one.user === user).at(-1)?.text ?? '';
  return `${shown(slack, user)}\n${told}\n${slack.dm(user).at(-1)?.text ?? ''}`;
}

/**
 * Waits until what was opened is there, not only the placeholder that a busy machine shows first: an app in a
 * process of its own can't be asked whether it is done.
 */
export async function opened(slack: FakeSlack, user: string): Promise<void> {
  await eventually(() => {
    expect(slack.modal(user)).toBeDefined();
    expect(slack.modal(user)?.callback_id).not.toBe('placeholder');
  });
}

export function title(slack: FakeSlack, user: string): string | undefined {
  return slack.modal(user)?.title.text;
}

/** What stands in an input when the view is shown. */
export function initial(slack: FakeSlack, user: string, path: string): unknown {
  const block = ((slack.modal(user)?.blocks ?? []) as KnownBlock[]).find(
    (one) => one.type === 'input' && one.block_id?.startsWith(`${path}:`),
  );
  if (block?.type !== 'input') throw new Error(`No field ${path}: ${shown(slack, user)}`);
  const { element } = block;
  if ('initial_value' in element) return element.initial_value;
  if ('initial_date' in element) return element.initial_date;
  if ('initial_time' in element) return element.initial_time;
  if ('initial_user' in element) return element.initial_user;
  if ('initial_option' in element) return element.initial_option?.value;
  if ('initial_options' in element) return element.initial_options?.map(({ value }) => value);
  return undefined;
}

/** The rep's plan as it is stored. */
export async function storedPlan(app: TestApp, userId: string): Promise<OpenPlan> {
  const plan = await findOwnPlan(app.bigplan.context, { workspaceId: TEAM, userId });
  if (!plan) throw new Error(`${userId} has no plan`);
  return plan;
}

/** The buttons of a message, by action id. */
export function buttonsOf({ blocks }: Pick<SlackMessage, 'blocks'>): string[] {
  return blocks.flatMap((block) =>
    block.type === 'actions' ? block.elements.map((element) => element.action_id ?? '') : [],
  );
}
