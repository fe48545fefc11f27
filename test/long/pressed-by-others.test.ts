/**
 * Whatever is pressed or chosen by somebody else, with what it carries where it is shown, changes nothing that isn't
 * theirs and shows them nothing of others, but for what one table says. For everything that can be pressed.
 */
import { afterAll, expect, it } from 'vitest';
import { startDayApp } from '../support/day-app.ts';
import {
  addOthers,
  isOther,
  OTHERS,
  type Other,
  ROLES,
  touched,
} from '../support/submissions/others.ts';
import { BESIDE, MAY_PRESS, MAY_READ, SCENES } from '../support/submissions/others-pressing.ts';
import {
  beside,
  type Pressable,
  pressAs,
  pressables,
  toldOf,
} from '../support/submissions/pressing.ts';
import { toMonday } from '../support/submissions/scenario.ts';
import { scenarios } from '../support/submissions/scenarios.ts';
import { putBack, takeWorld, type World } from '../support/submissions/state.ts';

const app = await startDayApp();
const blank = await takeWorld(app);
const pressed = new Set<string>();
/** `action role`, of what was changed and of what was read. */
const changed = new Set<string>();
const read = new Set<string>();
app.sendsAnything = true;
afterAll(() => app.stop());

const settled = async () => {
  await app.bigplan.settled();
  await app.bigplan.tick();
};

it.each(Object.entries(SCENES))('%s', async (what, when) => {
  const scenario = scenarios.find((one) => one.what === what);
  if (!scenario) throw new Error('there is no such scenario');
  await putBack(app, blank);
  toMonday(app);
  const from = app.slack.responses.length;
  const { user, entries } = await scenario.open(app);
  await settled();
  if (when.includes('before')) await pressAll({ from, somebody: user });
  if (!when.includes('after')) return;
  await app.slack.submission(user, entries).heard();
  await settled();
  await pressAll({ from, somebody: user });
});

it('everything that can be pressed was', () => {
  const left = app.bigplan.context.on
    .actions()
    .filter((id) => ![...pressed].some((one) => one.split(' ')[0] === id));
  expect(left).toEqual([]);
});

it('whom a button is for, beside those of whom it is, does something with it', () => {
  const seen = { changed: [...changed].sort(), read: [...read].sort() };
  expect(seen).toEqual({ changed: tellingOf(MAY_PRESS), read: tellingOf(MAY_READ) });
});

const tellingOf = (table: Record<string, readonly Other[]>) =>
  Object.entries(table)
    .flatMap(([action, roles]) => roles.map((role) => `${action} ${role}`))
    .sort();

/** Everything that wasn't pressed yet, by everybody. */
async function pressAll(scene: { from: number; somebody: string }): Promise<void> {
  const own = await takeWorld(app);
  const shown = pressables(app, own, scene);
  const later = Object.entries(BESIDE).flatMap(([action, [where, write]]) => {
    const by = shown.find(({ like }) => like === where);
    return by ? [beside(by, action, write(by.carried, scene.somebody))] : [];
  });
  await addOthers(app);
  const ready = await takeWorld(app);
  for (const one of [...shown, ...later]) {
    if (pressed.has(one.like)) continue;
    pressed.add(one.like);
    const came = await press(ready, one, ROLES);
    if (came.size === 0) continue;
    // Who it was shows where each presses alone.
    for (const role of ROLES) {
      const alone = (await press(ready, one, [role])).get(role);
      if (alone?.changed.length) changed.add(`${one.action} ${role}`);
      if (alone?.read.length) read.add(`${one.action} ${role}`);
      if (!MAY_PRESS[one.action]?.includes(role))
        expect(alone?.changed ?? [], `${one.like} ${role}`).toEqual([]);
    }
  }
  await putBack(app, own);
}

interface Came {
  changed: string[];
  read: string[];
}

async function press(
  ready: World,
  one: Pressable,
  roles: readonly Other[],
): Promise<Map<Other, Came>> {
  const answers = app.slack.responses.length;
  app.logged.length = 0;
  await pressAs(app, ready, one, roles);
  await app.bigplan.settled();
  const after = await takeWorld(app);
  const bugs = app.logged.filter(({ level }) => Number(level) >= 50);
  expect(bugs, one.like).toEqual([]);
  const came = new Map<Other, Came>();
  for (const role of roles) {
    const user = OTHERS[role];
    const all = touched(ready, after, user);
    // Of what all have pressed, what the others have made of their own is theirs.
    const theirs = roles.filter((other) => other !== role).map((other) => OTHERS[other]);
    const rows = all.filter((row) => row.includes(user) || !theirs.some((id) => row.includes(id)));
    const news = toldOf(app, { before: ready, after, answers }, one, user);
    if (rows.length > 0 || news.length > 0) came.set(role, { changed: rows, read: news });
  }
  if (came.size > 0 || isOther(ready, after)) await putBack(app, ready);
  return came;
}
