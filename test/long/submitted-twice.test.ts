/**
 * Whatever is submitted twice is done once: sent again since Slack said that it had trouble connecting,
 * twice at the same time, or again after Bigplan was killed between its commit and its answer. For every
 * form that the app listens to. And whatever is submitted by somebody else changes nothing that isn't for them.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDayApp } from '../support/day-app.ts';
import { type DoomedApp, startDoomedApp } from '../support/doomed-app.ts';
import type { Ack, TestSubmission } from '../support/slack.ts';
import {
  addOthers,
  isFor,
  OF_ONES_OWN,
  OTHERS,
  ROLES,
  touched,
  unmakeRoles,
  whatIsFor,
} from '../support/submissions/others.ts';
import { type Filled, type Scenario, toMonday } from '../support/submissions/scenario.ts';
import { scenarios } from '../support/submissions/scenarios.ts';
import {
  now,
  putBack,
  type Since,
  type Told,
  takeWorld,
  tell,
  tellModals,
  tellState,
  type World,
} from '../support/submissions/state.ts';

// The tests are made of what it listens to.
const app = await startDayApp();
/** What others were seen to do: form and role. */
const done = new Set<string>();
/** Of a former version: what is typed in them goes into another form, where it is tested. */
const FORMER = ['review_send', 'review_why', 'review_worked'];
/** They look something up and change nothing. */
const LOOKING = ['prospect_list'];
const left = [...FORMER, ...LOOKING];
const forms = app.bigplan.context.on.forms().filter((form) => !left.includes(form));
const blank = await takeWorld(app);
const settled = () => app.bigplan.settled();
const doomed: DoomedApp[] = [];

afterAll(async () => {
  await Promise.all(doomed.map((one) => one.stop()));
  await app.stop();
});

it('every form has a scenario, and every scenario a form', () => {
  expect([...new Set(scenarios.map(({ form }) => form))].sort()).toEqual(forms);
});

describe.each(forms)('%s', (form) => {
  const ways = scenarios.filter((one) => one.form === form);
  describe.each(ways)('$what', (scenario) => {
    let before: World;
    let filled: Filled;
    let untouched: Told;
    let once: Came;
    beforeAll(async () => {
      ({ before, filled } = await begin(scenario));
      untouched = await tellState(app, { before, from: now(app) });
      once = await run(async ({ heard }) => [await heard()]);
    });

    /** Has the form submitted from the same beginning. Returns what came of it. */
    async function run(submit: (submission: TestSubmission) => Promise<Ack[]>): Promise<Came> {
      await putBack(app, before);
      const since: Since = { before, from: now(app) };
      const acks = await submit(app.slack.submission(filled.user, filled.entries));
      await settled();
      await app.bigplan.tick();
      const answers = acks.map(({ status, body }) => ({ status, body: tell(app, since, body) }));
      const modals = tellModals(app, since);
      return { answers, modals, state: await tellState(app, since) };
    }

    it('does something', () => {
      expect(once.answers).toMatchObject([{ status: 200 }]);
      expect(JSON.stringify(once.answers)).not.toContain('"errors"');
      expect(once.state).not.toEqual(untouched);
    });

    it('twice at the same time, and once more', async () => {
      expectOnce(
        await run(async ({ lost, heard }) => {
          const both = await Promise.all([lost(), lost()]);
          return [...both, await heard()];
        }),
      );
    });

    it('again after a kill between commit and answer', async () => {
      const dying = await startDoomedApp(app);
      doomed.push(dying);
      expectOnce(
        await run(async ({ lost, heard }) => {
          app.slack.connect(dying.url);
          await expect(lost()).rejects.toThrow('fetch failed');
          app.slack.connect(app.bigplan.url, settled);
          return [await heard()];
        }),
      );
    });

    it('in the name of somebody else changes nothing of anybody’s that isn’t for them', async () => {
      await putBack(app, before);
      await addOthers(app);
      const ready = await takeWorld(app);
      for (const role of ROLES) {
        await putBack(app, ready);
        const submission = app.slack.submission(filled.user, filled.entries);
        const ack = await submission.forged(OTHERS[role]);
        await settled();
        expect(ack.status).toBe(200);
        const changed = touched(ready, await takeWorld(app), OTHERS[role]);
        if (changed.length > 0) done.add(`${form} ${role}`);
        if (!isFor(form, role)) expect(changed, role).toEqual([]);
      }
    });

    it('after its opener has lost whatever they were, changes nothing of others', async () => {
      await putBack(app, before);
      await unmakeRoles(app);
      const ready = await takeWorld(app);
      await app.slack.submission(filled.user, filled.entries).lost();
      await settled();
      const changed = touched(ready, await takeWorld(app), filled.user);
      if (!OF_ONES_OWN.includes(form)) expect(changed).toEqual([]);
    });

    function expectOnce({ answers, modals, state }: Came): void {
      expect(state).toEqual(once.state);
      const { again = null } = scenario;
      if (again === null) {
        expect(modals).toEqual(once.modals);
        for (const answer of answers) expect([answer]).toEqual(once.answers);
      } else {
        expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
        expect(JSON.stringify(answers.at(-1))).toContain(again);
      }
    }
  });
});

it('whom a form is for, beside those of whom it is, does something with it', () => {
  expect([...done].sort()).toEqual(whatIsFor());
});

interface Came {
  /** What Slack was answered, or would have been. */
  answers: { status: number; body: unknown }[];
  /** What stands in front of people then. */
  modals: unknown[];
  state: Told;
}

async function begin(scenario: Scenario): Promise<{ before: World; filled: Filled }> {
  await putBack(app, blank);
  toMonday(app);
  const filled = await scenario.open(app);
  await settled();
  await app.bigplan.tick();
  expect(app.slack.modal(filled.user)?.callback_id).toBe(scenario.form);
  return { before: await takeWorld(app), filled };
}
