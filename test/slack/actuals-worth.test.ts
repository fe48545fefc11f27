/** What a deal pays: asked for, under each deal won, and never where anybody else reads. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/db/transaction.ts';
import { addPlan, addVersion } from '../../src/plan/store.ts';
import {
  answer,
  command,
  mintInMarch,
  press,
  startInMarch,
  told as toldTo,
  withLayers,
} from '../support/actuals-app.ts';
import { everyDayDraft } from '../support/agreed-rep.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { compOf, tier } from '../support/components.ts';
import { buttonsOf, initial, mintPair, setUpWorkspace, title } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

/** Of 24,000 it pays 3,290.40, and 4,935.60 from 876,543 on: figures that nothing else comes to. */
const RARE = compOf(9_137_700, {
  quota: 87_654_300,
  pays: { rate: 0.1371 },
  tiers: [tier(0, 1), tier(1, 1.5)],
});

let app: TestApp;
let rep = '';
let manager = '';
beforeAll(async () => {
  app = await startTestApp();
  startInMarch(app);
  await setUpWorkspace(app);
});
afterAll(() => app.stop());
beforeEach(async () => {
  ({ rep, manager } = await mintInMarch(app));
});

const worth = (words: string, user = rep) => command(app, user, `worth ${words}`.trim());
const told = (user = rep) => toldTo(app, user);
const NEW = '*$24,000 new business* pays $2,400; from $1.0M on each such deal pays $3,600.';

describe('asked for', () => {
  it('in words, for the rep’s own comp plan and what is booked so far', async () => {
    await worth('24k new');
    expect(told()).toBe(NEW);
    expect(answer(app, rep).blocks).toMatchObject([
      {},
      { elements: [{ text: '$0 of the $1.0M quota so far.' }] },
      {},
    ]);
    await command(app, rep, 'won Globex 990k new');
    await worth('24k new Acme');
    expect(told()).toBe('*Acme · $24,000 new business* pays $3,100.');
    await worth('24k new on 3 June');
    expect(told()).toBe('*$24,000 new business* on Jun 3 pays $3,100.');
  });

  it('without a layer, where all are paid alike', async () => {
    await worth('24k');
    expect(told()).toBe(
      '*$24,000* pays $2,400; from $1.0M on each such deal pays $3,600.\nThat holds for a renewal, expansion and new business alike.',
    );
  });

  it('is asked back which layer it is where that matters', async () => {
    const uneven = await mintInMarch(app, {
      compensation: compOf(10_000_000, {
        pays: { rates: { renewal: 0.02, expansion: 0.05, newBusiness: 0.1 } },
      }),
    });
    await worth('24k Acme', uneven.rep);
    expect(told(uneven.rep)).toBe('*$24,000* of what? Your comp plan doesn’t pay all the same.');
    await press(app, uneven.rep, 'worth_asked.renewal');
    expect(told(uneven.rep)).toBe('*Acme · $24,000 renewal* pays $480.');
    await worth('24k expansion', uneven.rep);
    expect(told(uneven.rep)).toBe('*$24,000 expansion* pays $1,200.');
  });

  it('is asked back which amount was meant', async () => {
    await worth('24 new');
    expect(told()).toBe('Is that $24 or $24,000?');
    await press(app, rep, 'worth_asked.1');
    expect(told()).toBe(NEW);
  });

  it('takes a usual deal, or the amount that the plan has of a renewal', async () => {
    await worth('');
    expect(told()).toContain('*$25,000 new business* pays $2,500;');
    await worth('renewal acme');
    expect(told()).toContain('*acme · $120,000 renewal* pays $12,000;');
  });

  it.each([
    ['new', 'How much is it?'],
    ['hello', 'How much is it?'],
    ['0 new', 'It has to be above zero.'],
    ['€24k new', 'Amounts here are in USD'],
    ['24k 48k new', 'One amount at a time, please.'],
  ])('says what would do where nothing can be told: %j', async (words, expected) => {
    await worth(words);
    expect(told()).toContain(expected);
    expect(told()).toContain('`/bigplan worth 24k new`');
  });

  it('outside the plan is refused, before it begins and after it ends it is paid by it', async () => {
    await worth('24k new on 3 March 2028');
    expect(told()).toBe(
      'Mar 3, 2028 is outside the plan, which runs from Jan 1, 2027 to Dec 31, 2027.',
    );
    for (const year of [2026, 2028]) {
      const period = { start: `${year}-01-01`, end: `${year}-12-31` };
      const other = await mintInMarch(app, { period, renewals: [] });
      await worth('24k new', other.rep);
      expect(told(other.rep)).toContain('*$24,000 new business* pays $2,400;');
      expect(buttonsOf(answer(app, other.rep))).toEqual(year === 2028 ? [] : ['deal_open']);
    }
  });

  it('is noted with one click once it is won', async () => {
    await worth('24k new Acme Robotics');
    await press(app, rep, 'deal_open');
    expect(initial(app.slack, rep, 'amount')).toBe('24,000');
    expect(initial(app.slack, rep, 'account')).toBe('Acme Robotics');
    await app.slack.submit(rep, {});
    const [deal] = await app.db.deal.findMany({ where: { repId: rep } });
    expect(deal).toMatchObject({
      account: 'Acme Robotics',
      layer: 'newBusiness',
      date: '2027-03-11',
    });
  });

  it('is read as the person writes, in the plan’s currency', async () => {
    const german = await mintInMarch(app, { currency: 'EUR' });
    await app.db.person.updateMany({ where: { userId: german.rep }, data: { locale: 'de-DE' } });
    await worth('24.000,50 new', german.rep);
    expect(told(german.rep)).toContain('*24.000,50 € new business* pays 2.400,05 €;');
  });

  it('is in the help', async () => {
    await command(app, rep, 'help');
    expect(told()).toContain('`/bigplan worth` what a deal pays you');
  });
});

describe('before a plan is agreed', () => {
  it('goes by the draft, once that says what is paid', async () => {
    const { rep: fresh } = await mintPair(app);
    await worth('24k new', fresh);
    expect(told(fresh)).toContain('What a deal pays you follows from your comp plan');
    expect(await app.db.plan.count({ where: { repId: fresh } }), 'asking makes no draft').toBe(0);
    await press(app, fresh, 'plan_open');
    expect(title(app.slack, fresh)).toBeDefined();
    await app.slack.closeModal(fresh);
    await worth('24k new', fresh);
    expect(told(fresh), 'nothing is said of pay').toContain('What a deal pays you follows from');

    const { encryption, clock } = app.bigplan.context;
    await inTransaction(app.db, async (tx) => {
      const store = { db: tx, encryption };
      const plan = await addPlan(store, { workspaceId: TEAM, repId: fresh });
      const [draft, at] = [everyDayDraft(withLayers()), clock.now()];
      await addVersion(store, plan, { number: 1, draft, actorId: fresh, at });
    });
    await worth('24k new', fresh);
    expect(told(fresh)).toBe(NEW);
    expect(JSON.stringify(answer(app, fresh).blocks)).toContain('By the comp plan in your draft');
    expect(buttonsOf(answer(app, fresh))).toEqual([]);
  });
});

describe('under a deal won', () => {
  const LINE = /\nPays \$2,400; from \$1\.0M on each such deal pays \$3,600\.$/;

  it('is one line, on top of all the others', async () => {
    await command(app, rep, 'won Acme Robotics 24k new');
    expect(told()).toMatch(LINE);
    await command(app, rep, 'won Globex 990k new');
    expect(told()).toMatch(/\nPays \$100,\d{3}; |\nPays \$99,700\.$/);
  });

  it('follows a change, and is gone with what is lost', async () => {
    await command(app, rep, 'won Acme Robotics 24k new');
    await press(app, rep, 'deal_edit');
    await app.slack.submit(rep, { amount: '30k' });
    expect(told()).toMatch(/\nPays \$3,000; from \$1\.0M on each such deal pays \$4,500\.$/);
    await command(app, rep, 'won lost renewal Acme');
    expect(told()).toContain('not renewed');
    expect(told()).not.toMatch(/pays/i);
  });
});

describe('for the rep’s eyes only', () => {
  it('a manager who enters a deal reads nothing of it; the rep does, in their DM', async () => {
    await command(app, manager, `won <@${rep}> Acme Robotics 24k new`);
    expect(told(manager)).toContain('$24,000 won');
    expect(told(manager)).not.toMatch(/pays/i);
    await app.bigplan.settled();
    const [noted] = app.slack.dm(rep).slice(-1);
    expect(noted?.text).toContain('entered this for you');
    expect(noted?.text).toMatch(/Pays \$2,400; from \$1\.0M on/);
    await press(app, manager, 'deal_edit');
    await app.slack.submit(manager, { amount: '25k' });
    expect(told(manager)).toContain('$25,000 won');
    expect(told(manager)).not.toMatch(/pays/i);
  });

  it('nobody asks for somebody else', async () => {
    await worth(`<@${rep}> 24k new`, manager);
    expect(told(manager)).not.toMatch(/\$2,400/);
    const led = await mintInMarch(app);
    await worth(`<@${rep}> 24k new`, led.rep);
    expect(told(led.rep)).toBe('What a deal pays is for the rep alone to ask.');
    await worth(`<@${led.rep}> 24k new`, led.rep);
    expect(told(led.rep)).toBe(NEW);
  });

  it('no channel, log or table has it', async () => {
    const pair = await mintInMarch(app, { compensation: RARE });
    const channel = 'C0SALES';
    await app.slack.command('/bigplan', 'worth 24k new', { user: pair.rep, channel });
    await app.slack.command('/bigplan', 'won Acme Robotics 24k new', { user: pair.rep, channel });
    await command(app, pair.manager, `won <@${pair.rep}> Initech 24k new`);
    await app.bigplan.settled();
    const own = app.slack.responses.filter(({ user }) => user === pair.rep);
    expect(own.map(({ text }) => text).join('\n')).toMatch(/3,290\.40[\s\S]*3,290\.40/);
    expect(JSON.stringify(app.slack.dm(pair.rep))).toContain('3,290.40');
    for (const { body } of own) expect(body?.response_type).toBe('ephemeral');

    const isTold = (text: string) => /3,?290\.?40|4,?935\.?60/.test(text);
    const dm = app.slack.dmChannel(pair.rep);
    for (const { method, args } of app.slack.calls) {
      if (args.channel !== dm) expect(isTold(JSON.stringify(args)), method).toBe(false);
    }
    for (const { user, body } of app.slack.responses) {
      if (user !== pair.rep) expect(isTold(JSON.stringify(body)), `to ${user}`).toBe(false);
    }
    for (const line of app.logged) expect(isTold(JSON.stringify(line)), 'the log').toBe(false);
    const tables = await app.db.$queryRaw<{ schema: string; name: string }[]>`
      SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
      WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`;
    expect(tables.map(({ name }) => name)).toContain('delivery');
    for (const { schema, name } of tables) {
      const rows = await app.db.$queryRawUnsafe<{ row: string }[]>(
        `SELECT t::text AS row FROM "${schema}"."${name}" AS t`,
      );
      expect(isTold(rows.map(({ row }) => row).join('\n')), name).toBe(false);
    }
  });
});
