/** The sync of a rep and their SDR partner, who live by other clocks. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlanDraft } from '../../src/plan/draft.ts';
import { mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, forged, inside, numberIn, startDayApp } from '../support/day-app.ts';
import { buttonsOf, mintPerson, shown } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

const PARTNER = 'U0PARTNER';
const INDIA = 'Asia/Kolkata';
const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

let app: DayApp;
beforeAll(async () => {
  app = await startDayApp();
  await mintPerson(app, PARTNER, { name: 'Sam', tz: INDIA, locale: 'en-GB' });
});
afterAll(() => app.stop());

function withSdr(
  sync: 'weekly' | 'daily',
  start: string,
  more: Partial<PlanDraft> = {},
): Partial<PlanDraft> {
  return {
    period: { start, end: '2027-12-31' },
    calendar: {
      workdays: [...workdays],
      holidays: ['2027-01-01', '2027-01-11'],
      timeOff: [],
      country: null,
      region: null,
    },
    newBusiness: {
      carried: true,
      averageDealSize: 2_500_000,
      salesCycleDays: 0,
      sdr: { inboundPerMonth: 1, outboundPerMonth: 1, qualificationRate: 0.5, sync },
      selfSourcing: { leadIdentification: '', prospecting: '' },
    },
    sdrPartner: { userId: PARTNER, callsPerDay: 40, syncDay: 'mon', syncTime: '10:00' },
    ...more,
  };
}
const syncs = (user: string) =>
  app.slack.dm(user).filter(({ text }) => /SDR sync|Synced|The sync with/.test(text));

describe('a weekly sync', () => {
  let rep: string;
  beforeAll(async () => {
    ({ rep } = await mintAgreed(app, withSdr('weekly', '2027-01-01')));
  });

  it('asks the partner before anything comes to them, and tells the rep what they said', async () => {
    await app.to('2026-12-07', '12:00');
    const asked = app.last(PARTNER);
    expect(asked.text).toContain(`<@${rep}> names you as their SDR partner`);
    expect(buttonsOf(asked)).toEqual(['sync_accept', 'sync_decline']);
    await app.press('U0LEADER', 'sync_accept', { message: asked });
    expect(app.told('U0LEADER')).toContain('wasn’t for you');
    await app.press(PARTNER, 'sync_decline', { message: asked });
    expect(app.last(rep).text).toContain(`<@${PARTNER}> would rather not get your syncs`);
    await app.press(PARTNER, 'sync_accept');
    await app.press(PARTNER, 'sync_accept', { message: asked });
    expect(app.last(PARTNER).text).toContain(`You sync with <@${rep}>`);
    expect(app.texts(rep).filter((text) => text.includes('is in: your syncs'))).toHaveLength(1);
    expect(app.slack.dm(PARTNER)).toHaveLength(1);
  });

  it('comes to both at once, in each one’s time, with each one’s level', async () => {
    await app.to('2027-01-04', '09:59');
    expect([syncs(rep), syncs(PARTNER)]).toEqual([[], []]);
    await app.to('2027-01-04', '10:00');
    expect(app.last(rep).text).toBe('10:00 AM: time for your SDR sync.');
    expect(app.last(PARTNER).text).toBe('20:30: time for your SDR sync.');
    const own = numberIn(inside(app.last(rep)), /you (\d+), <@U0PARTNER> 40\./);
    expect(inside(app.last(PARTNER))).toContain(`you 40, <@${rep}> ${own}.`);
    for (const user of [rep, PARTNER]) {
      expect(buttonsOf(app.last(user))).toEqual(['sync_done', 'sync_move_open', 'sync_skip_open']);
      expect(inside(app.last(user))).toContain('Stop SDR syncs');
    }
  });

  it('moved by the partner moves for both, each in their own time, and once', async () => {
    const before = syncs(PARTNER).length;
    await app.press(PARTNER, 'sync_move_open');
    expect(shown(app.slack, PARTNER)).toContain('"initial_time":"21:30"');
    for (const time of ['20:00', '03:00']) {
      const { body } = await app.slack.submit(PARTNER, { time });
      expect(JSON.stringify(body), time).toMatch(/"time:0":"That time has passed/);
    }
    await app.slack.submit(PARTNER, { time: '22:00' });
    expect(app.last(PARTNER).text).toContain(`moved to *22:00*`);
    expect(app.last(rep).text).toContain(`moved to *11:30 AM*, says <@${PARTNER}>`);
    await app.to('2027-01-04', '11:30');
    expect(app.last(rep).text).toBe('11:30 AM: time for your SDR sync.');
    expect(syncs(PARTNER)).toHaveLength(before + 1);
  });

  it('done by one is done for the other, and stays so', async () => {
    const asked = app.last(PARTNER);
    await Promise.all([app.press(rep, 'sync_done'), app.press(rep, 'sync_done')]);
    expect(app.last(rep).text).toBe(`✓ *Synced* with <@${PARTNER}>.`);
    for (const { text, blocks } of syncs(PARTNER)) {
      expect(text).toBe(`✓ *Synced*, says <@${rep}>.`);
      expect(buttonsOf({ blocks })).toEqual([]);
    }
    await app.press(PARTNER, 'sync_skip_open', { message: asked });
    await app.slack.submit(PARTNER);
    await app.press(PARTNER, 'sync_move_open', { message: asked });
    await app.slack.submit(PARTNER, { time: '23:00' });
    expect(app.last(rep).text).toBe(`✓ *Synced* with <@${PARTNER}>.`);
    await app.to('2027-01-04', '15:00');
    expect(syncs(rep)).toHaveLength(2);
  });

  it('strangers and forged values change nothing', async () => {
    const other = await mintAgreed(app, withSdr('weekly', '2027-01-05', { sdrPartner: null }));
    for (const user of [other.rep, other.manager, 'U0LEADER']) {
      for (const action of ['sync_done', 'sync_skip_open', 'sync_move_open']) {
        await app.press(user, action, {
          message: forged(app.last(rep), action, `2027-01-04:${rep}`),
        });
        if (action !== 'sync_done') {
          const time = action === 'sync_move_open' ? { time: '23:30' } : {};
          const { body } = await app.slack.submit(user, time);
          expect(JSON.stringify(body)).toContain('between two other people');
          while (app.slack.modal(user)) await app.slack.closeModal(user);
        } else expect(app.told(user)).toContain('between two other people');
      }
    }
    for (const value of [
      '',
      ':',
      `x:${rep}x`,
      '2027-01-04',
      '2027-01-04:U0LEADER',
      `:${PARTNER}`,
    ]) {
      await app.press(PARTNER, 'sync_done', { message: forged(app.last(rep), 'sync_done', value) });
      expect(app.told(PARTNER), value).toContain('no longer in the plan');
    }
    expect(await app.db.sdrSync.count()).toBe(1);
    await app.leave(other.rep);
  });

  it('whose Monday is a holiday is held on Tuesday, and not again that week', async () => {
    await app.to('2027-01-08', '17:00');
    await app.slack.say(rep, 'today 5 calls');
    const before = syncs(rep).length;
    await app.to('2027-01-11', '16:00');
    expect(syncs(rep)).toHaveLength(before);
    await app.to('2027-01-12', '10:00');
    expect(syncs(rep)).toHaveLength(before + 1);
    await app.press(rep, 'sync_skip_open');
    expect(shown(app.slack, rep), 'asks for nothing that it doesn’t keep').not.toContain('"input"');
    await app.slack.submit(rep);
    expect(app.last(PARTNER).text).toContain(`was skipped, says <@${rep}>`);
    await app.to('2027-01-15', '16:00');
    expect(syncs(rep)).toHaveLength(before + 1);
    await app.leave(rep);
  });
});

describe('a daily sync with a partner who comes and goes', () => {
  let rep: string;
  const count = () => [syncs(rep).length, syncs(PARTNER).length] as const;
  beforeAll(async () => {
    ({ rep } = await mintAgreed(app, withSdr('daily', '2027-01-18')));
    const consent = { workspaceId: TEAM, repId: rep, partnerId: PARTNER, askedAt: new Date() };
    await app.db.syncConsent.create({ data: { ...consent, state: 'accepted' } });
  });

  it('comes to whoever is there', async () => {
    await app.to('2027-01-18', '10:05');
    const [own, theirs] = count();
    expect(own).toBe(1);
    await app.slack.command('/bigplan', 'away tomorrow', { user: PARTNER });
    await app.to('2027-01-19', '10:05');
    expect(count()).toEqual([2, theirs]);
    await app.slack.command('/bigplan', 'away tomorrow', { user: rep });
    await app.to('2027-01-20', '10:05');
    expect(count(), 'nobody syncs with somebody who is away').toEqual([2, theirs]);
    await app.press(PARTNER, 'nudge_menu', { value: 'stop:syncs', message: asked(PARTNER) });
    await app.to('2027-01-21', '10:05');
    expect(count()).toEqual([3, theirs]);
    await app.slack.say(rep, 'today 5 calls');
    await app.slack.command('/bigplan', 'settings', { user: PARTNER });
    await app.slack.submit(PARTNER, { on: ['syncs'] });
    await app.slack.closeModal(PARTNER);
    await app.to('2027-01-22', '10:05');
    expect(count()).toEqual([4, theirs + 1]);
  });

  it('a rep’s own switch doesn’t silence their partner', async () => {
    const [own, theirs] = count();
    await app.press(rep, 'nudge_menu', { value: 'stop:syncs', message: asked(rep) });
    await app.to('2027-01-25', '10:05');
    expect(count()).toEqual([own, theirs + 1]);
    const where = { workspaceId_personId: { workspaceId: TEAM, personId: rep } };
    await app.db.nudgeSettings.update({ where, data: { syncs: true } });
  });

  it('a partner who has left gets nothing, and their old buttons still work for the rep', async () => {
    const [own, theirs] = count();
    Object.assign(app.slack.people.get(PARTNER) ?? {}, { deleted: true });
    await app.to('2027-01-26', '10:05');
    expect(count()).toEqual([own + 1, theirs]);
    await app.press(rep, 'sync_done');
    expect(app.last(rep).text).toContain('Synced');
    await app.leave(rep);
  });

  it('without a partner in this workspace it is the rep’s alone', async () => {
    const sdrPartner = {
      userId: null,
      callsPerDay: 30,
      syncDay: 'wed' as const,
      syncTime: '13:15',
    };
    const alone = await mintAgreed(app, withSdr('weekly', '2027-01-27', { sdrPartner }));
    await app.to('2027-01-27', '13:15');
    expect(inside(app.last(alone.rep))).toContain('sync with your SDR');
    expect(inside(app.last(alone.rep))).toMatch(/you \d+, your SDR 30\./);
    await app.press(alone.rep, 'sync_move_open');
    await app.slack.submit(alone.rep, { time: '14:00' });
    await app.to('2027-01-27', '14:00');
    expect(app.last(alone.rep).text).toBe('2:00 PM: time for your SDR sync.');
  });

  /** A sync’s question as it was when it came. */
  function asked(user: string) {
    const option = (value: string) => ({
      text: { type: 'plain_text' as const, text: value },
      value,
    });
    return {
      ...app.last(user),
      blocks: [
        {
          type: 'section' as const,
          text: { type: 'mrkdwn' as const, text: 'sync' },
          accessory: {
            type: 'overflow' as const,
            action_id: 'nudge_menu',
            options: [option('stop:syncs')],
          },
        },
      ],
    };
  }
});
