/** What the plan judges is asked for in messages that come anyway: one form for all, and renewals once they are due. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dealsOf, leadsBetween, pipelineAsOf } from '../../src/actuals/store.ts';
import type { PlanDraft } from '../../src/plan/draft.ts';
import { addDays, datesBetween } from '../../src/time/local-date.ts';
import { withLayers } from '../support/actuals-app.ts';
import { everyDayDraft, LATE_REVIEWS, mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, forged, inside, startDayApp } from '../support/day-app.ts';
import { eventually } from '../support/eventually.ts';
import { buttonsOf, initial, shown, type TestPair } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

let app: DayApp;
beforeAll(async () => {
  app = await startDayApp();
  await app.to('2027-03-08', '09:00');
});
afterAll(() => app.stop());

/** A rep with leads agreed, whose deals take a month. */
function mint(changes: Partial<PlanDraft> = {}): Promise<TestPair> {
  const layers = withLayers();
  const newBusiness = layers.newBusiness ? { ...layers.newBusiness, salesCycleDays: 30 } : null;
  return mintAgreed(app, { ...LATE_REVIEWS, ...layers, newBusiness, ...changes });
}

const LOGGED = { calls: 20, visits: 1, demos: 0, proposals: 0, contracts: 0 };

/** Goes on to a time of a day, with the days before it logged: whoever leaves days unanswered gets one line. */
async function to({ rep }: TestPair, date: string, time = '16:30'): Promise<void> {
  const days = datesBetween('2027-03-08', addDays(date, -1));
  const key = { workspaceId: TEAM, personId: rep, state: 'logged' as const };
  await app.db.activityDay.createMany({
    data: days.map((one) => ({ ...key, ...LOGGED, date: one, loggedAt: new Date() })),
    skipDuplicates: true,
  });
  await app.to(date, time);
}

const who = ({ rep }: TestPair) => ({ workspaceId: TEAM, userId: rep });
const checkIn = ({ rep }: TestPair) =>
  app.find(rep, /How did it go|^(Mon|Tues|Wednes|Thurs|Fri)day:/);
const YEAR = ['2027-01-01', '2027-12-31'] as const;
const deals = (pair: TestPair) => dealsOf(app.db, who(pair), ...YEAR);
const pipeline = async (pair: TestPair) => {
  const { planId } = await app.db.plan
    .findFirstOrThrow({ where: { repId: pair.rep } })
    .then(({ id }) => ({ planId: id }));
  return pipelineAsOf(app.db, who(pair), planId, '2027-12-31');
};

describe('a week of a rep with leads agreed', () => {
  let pair: TestPair;
  beforeAll(async () => {
    pair = await mint();
    await to(pair, '2027-03-11');
  });

  it('nothing of it is asked before its last day', () => {
    expect(inside(checkIn(pair))).not.toContain('Won or lost');
  });

  it('its last check-in asks for all of it in one line, with nothing to repeat yet', async () => {
    await to(pair, '2027-03-12', '16:29');
    const before = app.texts(pair.rep).length;
    await to(pair, '2027-03-12');
    expect(app.texts(pair.rep)).toHaveLength(before + 1);
    const words = inside(checkIn(pair));
    expect(words).toContain(
      'Won or lost anything? Pipeline today? Nothing was said yet. Leads this month: none yet?',
    );
    expect(buttonsOf(checkIn(pair))).toContain('actuals_update');
    expect(buttonsOf(checkIn(pair))).not.toContain('actuals_same');
  });

  it('a line that can’t be taken is told by its number, and nothing is saved', async () => {
    await app.press(pair.rep, 'actuals_update', { message: checkIn(pair) });
    for (const [text, problem] of [
      ['Initech 24k new\nGlobex', 'Line 2: '],
      ['Initech 24k new\nInitech 24k new', 'Line 2 is the same as line 1'],
      ['Initech 24k new\nlost renewal Globex', 'Line 2: the plan has more than one open renewal'],
    ] as const) {
      const { body } = await app.slack.submit(pair.rep, { deals: text, newBusiness: '300k' });
      expect(JSON.stringify(body), text).toContain(`"deals:new":"${problem}`);
    }
    expect(await deals(pair)).toEqual([]);
    expect(await pipeline(pair)).toBeNull();
  });

  it('takes all of it at once, however often it is sent, and the line says what stands', async () => {
    const entry = {
      deals: 'Initech 24k new\nCafé Zürich 40k renewal yesterday',
      newBusiness: '330k',
      expansion: '80k',
      inbound: '3',
      outbound: '1',
    };
    await Promise.all([app.slack.submit(pair.rep, entry), app.slack.submit(pair.rep, entry)]);
    expect((await deals(pair)).map(({ account, date }) => [account, date])).toEqual([
      ['Café Zürich', '2027-03-11'],
      ['Initech', '2027-03-12'],
    ]);
    expect(await pipeline(pair)).toEqual({
      layers: { renewal: null, expansion: 8_000_000, newBusiness: 33_000_000 },
      date: '2027-03-12',
      isCarried: false,
    });
    expect(await leadsBetween(app.db, who(pair), ...YEAR)).toEqual({ inbound: 3, outbound: 1 });
    await eventually(() =>
      expect(inside(checkIn(pair))).toContain(
        '✓ Pipeline $410k today · leads this month: 3 in, 1 out · 2 deals this week',
      ),
    );
    expect(buttonsOf(checkIn(pair))).not.toContain('actuals_same');
  });

  it('stays once the day is logged', async () => {
    await app.press(pair.rep, 'day_log', { message: checkIn(pair) });
    await app.slack.submit(pair.rep, { calls: '20' });
    await eventually(() => expect(inside(checkIn(pair))).toContain('✓ *Friday*'));
    expect(inside(checkIn(pair))).toContain('✓ Pipeline $410k today');
  });

  it('a week later it is asked with what was said last, which one tap says again, once', async () => {
    await to(pair, '2027-03-19');
    expect(inside(checkIn(pair))).toContain(
      'Won or lost anything? Pipeline $410k, as on Mar 12? Leads this month: 3 in, 1 out?',
    );
    const message = checkIn(pair);
    await app.press(pair.rep, 'actuals_update', { message });
    expect(initial(app.slack, pair.rep, 'newBusiness')).toBe('330,000');
    expect(shown(app.slack, pair.rep)).toContain('this month has 3 in, 1 out so far');
    expect(shown(app.slack, pair.rep)).not.toContain('"renewal:new"');
    await app.slack.closeModal(pair.rep);
    await Promise.all([
      app.press(pair.rep, 'actuals_same', { message }),
      app.press(pair.rep, 'actuals_same', { message }),
    ]);
    expect(await pipeline(pair)).toMatchObject({ date: '2027-03-19' });
    expect(await app.db.pipelineSnapshot.count({ where: { repId: pair.rep } })).toBe(2);
    expect(await leadsBetween(app.db, who(pair), ...YEAR)).toEqual({ inbound: 3, outbound: 1 });
    await eventually(() => expect(inside(checkIn(pair))).toContain('✓ Pipeline $410k today'));
  });

  it('nobody else can say it for them', async () => {
    const value = `2027-03-19:${pair.rep}`;
    for (const action of ['actuals_update', 'actuals_same']) {
      await app.press('U0LEADER', action, { message: forged(checkIn(pair), action, value) });
      expect(app.told('U0LEADER')).toContain('Only the rep and the manager they plan with');
      expect(app.slack.modal('U0LEADER')).toBeUndefined();
    }
    await app.leave(pair.rep);
  });
});

describe('a plan that judges less', () => {
  it('without an SDR nobody asks for leads; on a week’s last working day, whichever that is', async () => {
    const { newBusiness } = everyDayDraft();
    const pair = await mint({
      expansion: [],
      newBusiness: newBusiness && { ...newBusiness, salesCycleDays: 30 },
    });
    await app.slack.command('/bigplan', 'away 26 Mar 2027', { user: pair.rep });
    await to(pair, '2027-03-25');
    const words = inside(checkIn(pair));
    expect(words).toContain('Won or lost anything? Pipeline today?');
    expect(words).not.toContain('Leads');
    await app.press(pair.rep, 'actuals_update', { message: checkIn(pair) });
    expect(shown(app.slack, pair.rep)).not.toContain('inbound');
    expect(shown(app.slack, pair.rep)).not.toContain('expansion');
    await app.slack.closeModal(pair.rep);
    await app.leave(pair.rep);
  });
});

describe('renewals whose date has passed', () => {
  let pair: TestPair;
  beforeAll(async () => {
    pair = await mint();
    await to(pair, '2027-03-31');
  });
  const renewalsIn = () => inside(checkIn(pair));

  it('are asked about the day after, in the check-in, and not before', async () => {
    expect(renewalsIn()).not.toContain('was due');
    await to(pair, '2027-04-01', '16:29');
    const before = app.texts(pair.rep).length;
    await to(pair, '2027-04-01');
    expect(app.texts(pair.rep)).toHaveLength(before + 1);
    expect(renewalsIn()).toContain('*Acme* was due yesterday: $120k.');
    expect(renewalsIn()).toContain('*Café Zürich* was due yesterday: $40k.');
    expect(buttonsOf(checkIn(pair)).filter((id) => id.startsWith('renewal_'))).toEqual([
      'renewal_won',
      'renewal_lost',
      'renewal_later_open',
      'renewal_won',
      'renewal_lost',
      'renewal_later_open',
    ]);
  });

  it('one tap records what the plan says, once', async () => {
    const message = checkIn(pair);
    const press = () => app.press(pair.rep, 'renewal_won', { message, value: '2027-04-01:acme' });
    await Promise.all([press(), press()]);
    await press();
    expect(await deals(pair)).toMatchObject([
      {
        account: 'Acme',
        amount: 12_000_000,
        outcome: 'won',
        date: '2027-03-31',
        renewalId: 'acme',
      },
    ]);
    await eventually(() => expect(renewalsIn()).toContain('✓ *Acme* won: $120k'));
    expect(renewalsIn()).not.toContain('*Acme* was due');
    expect(renewalsIn()).toContain('"deal_edit"');
  });

  it('later is a day that the rep picks; until then nobody asks', async () => {
    const value = '2027-04-01:cafe';
    await app.press(pair.rep, 'renewal_later_open', { message: checkIn(pair), value });
    expect(initial(app.slack, pair.rep, 'until')).toBe('2027-04-08');
    const { body } = await app.slack.submit(pair.rep, { until: '2027-04-01' });
    expect(JSON.stringify(body)).toContain('A day that is still to come, please.');
    await app.slack.submit(pair.rep, { until: '2027-04-06' });
    await eventually(() => expect(renewalsIn()).not.toContain('Café'));
    await to(pair, '2027-04-05');
    expect(renewalsIn()).not.toContain('was due');
    await to(pair, '2027-04-06');
    expect(renewalsIn()).toContain('*Café Zürich* was due on Mar 31: $40k.');
    await to(pair, '2027-04-07');
    expect(renewalsIn()).not.toContain('was due');
  });

  it('what nobody answered comes once more on the week’s last day', async () => {
    await to(pair, '2027-04-09');
    expect(renewalsIn()).toContain('*Café Zürich* was due on Mar 31: $40k.');
    await app.press(pair.rep, 'renewal_lost', {
      message: checkIn(pair),
      value: '2027-04-09:cafe',
    });
    expect(await deals(pair)).toMatchObject([{ account: 'Acme' }, { outcome: 'lost' }]);
    await eventually(() => expect(renewalsIn()).toContain('✓ *Café Zürich* lost: $40k'));
  });

  it('one that is no longer in the plan, or in nobody’s, is told so', async () => {
    for (const id of ['nope', '__proto__']) {
      const message = forged(checkIn(pair), 'renewal_won', `2027-04-09:${id}`);
      await app.press(pair.rep, 'renewal_won', { message });
      expect(app.told(pair.rep)).toContain('no longer in your plan');
    }
    expect(await deals(pair)).toHaveLength(2);
  });
});

it('to somebody who leaves days unanswered none of it is asked: theirs is one line', async () => {
  const pair = await mint();
  await app.to('2027-04-23', '16:30');
  expect(inside(checkIn(pair))).toMatch(/be quiet|pause until/);
  expect(inside(checkIn(pair))).not.toMatch(/Won or lost|was due/);
});
