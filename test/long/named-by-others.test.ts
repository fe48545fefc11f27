/**
 * Whoever names somebody in a sub-command, of every sub-command there is, changes nothing of theirs and is answered as
 * if there were nobody of that name, but for what one table says of those who work with them.
 */
import type { KnownBlock, ModalView } from '@slack/types';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withLayers } from '../support/actuals-app.ts';
import { agreePlanOf, everyDayDraft, LATE_REVIEWS, mintAgreed } from '../support/agreed-rep.ts';
import { startDayApp } from '../support/day-app.ts';
import { mintPerson } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';
import { addOthers, isOther, OTHERS, type Other, touched } from '../support/submissions/others.ts';
import { toMonday } from '../support/submissions/scenario.ts';
import { now, putBack, takeWorld, tell, type World } from '../support/submissions/state.ts';

/** By role: those of `others.ts`, and those who work with whoever is named. */
const WHO = { ...OTHERS, boss: 'U0BOSS', partner: 'U0PARTNER', standIn: 'U0STANDIN' };
type Role = Other | 'boss' | 'partner' | 'standIn';
const ROLES = Object.keys(WHO) as Role[];

/** What is typed after the name, beside nothing; of a sub-command that isn't here, the name alone is tried. */
const TYPED: Record<string, readonly string[]> = {
  '': ['how am I doing'],
  away: ['5 Jul – 16 Jul', 'list', 'cancel 5 Apr – 9 Apr', 'back'],
  leads: ['6 inbound 4 outbound'],
  log: ['25 calls 2 demos'],
  lost: ['Acme'],
  pipeline: ['300k new'],
  touch: ['Acme call pricing', 'list', 'paste'],
  won: ['Acme 24000 new', 'list'],
  worth: ['24k new'],
};

/** Who may do what with whose name, and what that comes to. Nobody else gets or changes anything by it. */
type May = Partial<Record<Role, readonly ['reads' | 'changes', RegExp]>>;
const MAY: Record<string, May> = {
  'away @somebody list': { boss: ['reads', /Time off for .*Apr 5, 2027/] },
  'away @somebody 5 Jul – 16 Jul': { boss: ['changes', /is away: Mon, Jul 5/] },
  'away @somebody cancel 5 Apr – 9 Apr': { boss: ['changes', /Apr 5/] },
  'away @somebody back': { boss: ['reads', /Time off for/] },
  'away @somebody': { boss: ['reads', /Time off for/] },
  'coach @somebody': { boss: ['reads', /Coaching hour/], standIn: ['reads', /Coaching hour/] },
  'leads @somebody': { boss: ['reads', /Viable leads/], partner: ['reads', /Viable leads/] },
  'leads @somebody 6 inbound 4 outbound': {
    boss: ['changes', /✓ \*6 inbound, 4 outbound/],
    partner: ['changes', /✓ \*6 inbound, 4 outbound/],
  },
  'lost @somebody': { boss: ['reads', /A deal.*For </] },
  'lost @somebody Acme': { boss: ['changes', /\$120,000 not renewed/] },
  'pipeline @somebody': { boss: ['reads', /Qualified pipeline.*For </] },
  'pipeline @somebody 300k new': { boss: ['reads', /Qualified pipeline.*300k/] },
  'promises @somebody': { boss: ['reads', /promise_ask_open/] },
  'review @somebody': { boss: ['reads', /You and <.*\$24k\* booked/] },
  'status @somebody': { boss: ['reads', /\$24k of \$124k by today/] },
  'touch @somebody': { boss: ['reads', /A touch.*For </] },
  'touch @somebody Acme call pricing': { boss: ['changes', /✓ \*Acme\* · call/] },
  'touch @somebody list': { boss: ['reads', /Prospects.*Umbrella/] },
  'touch @somebody paste': { boss: ['reads', /Paste touches.*For </] },
  'won @somebody': { boss: ['reads', /A deal.*For </] },
  'won @somebody Acme 24000 new': { boss: ['changes', /\$24,000 won.*Acme/] },
  'won @somebody list': { boss: ['reads', /\$24,000 won.*Initech/] },
};

const app = await startDayApp();
app.sendsAnything = true;
afterAll(() => app.stop());

const ELSEWHERE = 'U0ELSEWHERE';
const NOBODY = 'U0NOSUCHBODY';
let rep: string;
let ready: World;

beforeAll(async () => {
  toMonday(app);
  const draft = { ...withLayers(WHO.partner), ...LATE_REVIEWS };
  const pair = await mintAgreed(app, draft);
  rep = pair.rep;
  WHO.boss = pair.manager;
  await mintPerson(app, WHO.partner, { name: 'Pat' });
  await mintPerson(app, WHO.standIn, { name: 'Sam' });
  await addOthers(app);
  await coachedBy(WHO.standIn, WHO.boss);
  for (const words of [
    'won Initech 24000 new',
    'touch Umbrella call',
    'away 5 Apr – 9 Apr',
    'away 3 May – 7 May',
  ])
    await app.slack.command('/bigplan', words, { user: rep });
  await inAnotherWorkspace(ELSEWHERE, WHO.boss);
  await app.bigplan.settled();
  ready = await takeWorld(app);
});

const cells = ['', 'help', ...app.bigplan.context.commands.names()].flatMap((name) =>
  ['', ...(TYPED[name] ?? [])].map((words) => `${name} @somebody ${words}`.trim()),
);

it.each(cells)('/bigplan %s', async (typed) => {
  const may = MAY[typed] ?? {};
  const near = ROLES.filter((role) => may[role]);
  const far = ROLES.filter((role) => !may[role]);
  const nobody = await ask(typed, NOBODY, ROLES);
  const elsewhere = await ask(typed, ELSEWHERE, ['boss', 'admin']);
  const here = await ask(typed, rep, far);
  expect([...nobody.changed, ...elsewhere.changed, ...here.changed]).toEqual([]);
  for (const { told } of [elsewhere, here])
    for (const [role, said] of Object.entries(told))
      expect(said, role).toEqual(nobody.told[role as Role]);
  for (const role of near) {
    const [how, words] = may[role] ?? [];
    const alone = await ask(typed, rep, [role]);
    expect(alone.told[role], role).not.toEqual(nobody.told[role]);
    expect(JSON.stringify(alone.told[role]), role).toMatch(words ?? /^$/);
    expect(alone.changed.length > 0 ? 'changes' : 'reads', role).toBe(how);
  }
});

it('the table names nothing else', () => {
  const names = new Set(cells.map((cell) => cell.split(/ ?@/)[0]));
  expect(Object.keys(TYPED).filter((name) => !names.has(name))).toEqual([]);
  expect(Object.keys(MAY).filter((cell) => !cells.includes(cell))).toEqual([]);
});

interface Asked {
  /** By role, what they were shown, whoever is named in it nameless. */
  told: Partial<Record<Role, unknown>>;
  /** The rows that are no asker's own. */
  changed: string[];
}

/** Has each of them type it, at once, from the same beginning. */
async function ask(typed: string, named: string, roles: readonly Role[]): Promise<Asked> {
  const from = app.slack.responses.length;
  const since = { before: ready, from: now(app) };
  const text = typed.replace('@somebody', `<@${named}|dana>`);
  await Promise.all(roles.map((role) => app.slack.command('/bigplan', text, { user: WHO[role] })));
  await app.bigplan.settled();
  const after = await takeWorld(app);
  const shown = JSON.stringify(
    Object.fromEntries(roles.map((role) => [role, shownTo(WHO[role], { after, from })])),
  );
  const all = [rep, ELSEWHERE, NOBODY].reduce((told, id) => told.replaceAll(id, 'U0NAMED'), shown);
  const told = tell(app, since, JSON.parse(all)) as Asked['told'];
  const changed = roles
    .map((role) => touched(ready, after, WHO[role]))
    .reduce((rows, its) => rows.filter((row) => its.includes(row)));
  if (isOther(ready, after)) await putBack(app, ready);
  else app.slack.restore(ready.slack);
  return { told, changed };
}

function shownTo(user: string, { after, from }: { after: World; from: number }): unknown[] {
  const inDm = ({ slack }: World) =>
    slack.messages.filter(({ channel }) => channel === app.slack.dmChannel(user));
  const { modals = [] } = after.slack.stacks.find((one) => one.user === user) ?? {};
  const shown = [
    ...app.slack.responses
      .slice(from)
      .filter((one) => one.user === user)
      .map(({ body }) => body.blocks ?? body.text),
    ...modals
      .filter((view) => view.callback_id !== 'placeholder')
      .map((view) => wordIn(view) ?? [view.title, view.blocks, view.private_metadata]),
    ...inDm(after)
      .slice(inDm(ready).length)
      .map(({ text, blocks }) => [text, blocks]),
  ];
  return [...new Map(shown.map((one) => [JSON.stringify(one), one])).values()];
}

/** A refusal stands where a form waits already, beside it, or where Slack is slow in both: that is as it happens. */
function wordIn({ submit, blocks }: ModalView): string | null {
  const [only, ...more] = blocks as KnownBlock[];
  return !submit && only?.type === 'section' && more.length === 0
    ? (only.text?.text ?? null)
    : null;
}

/** Who holds a manager's coaching hours for them now. */
async function coachedBy(standInId: string, managerId: string): Promise<void> {
  const days = { from: '2027-02-22', to: '2027-03-12', namedAt: app.clock.now() };
  await app.db.coachingStandIn.create({
    data: { id: crypto.randomUUID(), workspaceId: TEAM, managerId, standInId, ...days },
  });
}

/** A rep of another workspace, with a plan, whose manager there has the same id as one here. */
async function inAnotherWorkspace(userId: string, managerId: string): Promise<void> {
  const workspaceId = 'T0ELSEWHERE';
  await app.db.workspace.create({ data: { id: workspaceId } });
  const facts = {
    name: 'Eve',
    timeZone: 'America/New_York',
    locale: 'en-US',
    refreshedAt: app.clock.now(),
  };
  for (const id of [managerId, userId])
    await app.db.person.create({ data: { workspaceId, userId: id, ...facts } });
  const team = await app.db.team.create({ data: { workspaceId, managerId } });
  await app.db.person.updateMany({ where: { workspaceId, userId }, data: { teamId: team.id } });
  await agreePlanOf(app, userId, everyDayDraft(LATE_REVIEWS), workspaceId);
}
