/** Somebody of whom Slack says no time zone is asked for it, once; and it can be chosen by oneself. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPerson } from '../../src/people/store.ts';
import { likelyZones } from '../../src/people/zone/zone-rules.ts';
import { mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, forged, startDayApp } from '../support/day-app.ts';
import { initial } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

let app: DayApp;
beforeAll(async () => {
  app = await startDayApp();
});
afterAll(() => app.stop());

const personOf = async (userId: string) => {
  const person = await findPerson(app.db, { workspaceId: TEAM, userId });
  if (!person) throw new Error(`${userId} isn’t known`);
  return person;
};
const questions = (user: string) =>
  app.texts(user).filter((text) => text.includes('Where are you'));

describe('a person without a zone', () => {
  let rep: string;
  it('is asked once, when they do something first', async () => {
    const facts = { rep: { tz: null, locale: 'de-DE' }, manager: { tz: null } };
    const pair = await mintAgreed(
      app,
      { period: { start: '2027-01-04', end: '2027-12-31' } },
      facts,
    );
    rep = pair.rep;
    expect(await personOf(rep)).toMatchObject({ timeZone: 'UTC', slackTimeZone: null });
    expect(app.texts(rep)).toEqual([]);
    await app.slack.command('/bigplan', 'status', { user: rep });
    await app.slack.command('/bigplan', 'help', { user: rep });
    await app.bigplan.tick();
    expect(questions(rep)).toHaveLength(1);
    expect(app.texts(pair.manager), 'who did nothing isn’t asked').toEqual([]);
  });

  it('answers with a tap; what is asked comes by their own clock from then on', async () => {
    const question = app.find(rep, /Where are you/);
    await app.press(rep, 'people_zone.Europe/Berlin', { message: question });
    expect(await personOf(rep)).toMatchObject({
      timeZone: 'Europe/Berlin',
      ownTimeZone: 'Europe/Berlin',
      slackTimeZone: null,
    });
    expect(app.last(rep).text).toContain('Your clock is that of *Berlin (Europe)*');
    await app.to('2027-01-04', '16:29', 'Europe/Berlin');
    expect(app.texts(rep).filter((text) => /how did it go/.test(text))).toHaveLength(0);
    await app.to('2027-01-04', '16:30', 'Europe/Berlin');
    expect(app.texts(rep).filter((text) => /how did it go/.test(text))).toHaveLength(1);
    await app.slack.command('/bigplan', 'help', { user: rep });
    await app.bigplan.tick();
    expect(
      app.slack.dm(rep).filter(({ text }) => /Where are you|Your clock/.test(text)),
    ).toHaveLength(1);
  });

  it('chooses another from all of them; one that is none is refused', async () => {
    const answered = app.find(rep, /Your clock/);
    await app.press(rep, 'people_zone_open', { message: answered });
    expect(initial(app.slack, rep, 'timeZone')).toBe('Europe/Berlin');
    await app.slack.submit(rep, { timeZone: 'Asia/Tokyo' });
    expect(await personOf(rep)).toMatchObject({ timeZone: 'Asia/Tokyo' });
    await app.press(rep, 'people_zone', {
      message: forged(answered, 'people_zone', 'Mars/Olympus'),
    });
    expect(app.told(rep)).toContain('isn’t known here');
    expect(await personOf(rep)).toMatchObject({ timeZone: 'Asia/Tokyo' });
  });
});

it('one’s own zone stands in one’s settings; left empty it is Slack’s again', async () => {
  const { rep } = await mintAgreed(app, { period: { start: '2027-01-04', end: '2027-12-31' } });
  await app.slack.command('/bigplan', 'settings', { user: rep });
  expect(initial(app.slack, rep, 'timeZone')).toBeUndefined();
  await app.slack.submit(rep, { timeZone: 'Europe/Paris' });
  expect(await personOf(rep)).toMatchObject({
    timeZone: 'Europe/Paris',
    slackTimeZone: 'America/New_York',
  });
  await app.slack.closeModal(rep);
  await app.slack.command('/bigplan', 'settings', { user: rep });
  expect(initial(app.slack, rep, 'timeZone')).toBe('Europe/Paris');
  await app.slack.submit(rep, { timeZone: null });
  expect(await personOf(rep)).toMatchObject({ timeZone: 'America/New_York', ownTimeZone: null });
  expect(questions(rep)).toEqual([]);
});

it.each([
  ['de-DE', true],
  ['ja-JP', true],
  ['en-US', false],
  ['en', false],
  ['no such locale', false],
])('a locale that tells the place offers it: %s', (locale, isOffered) => {
  expect(likelyZones(locale).length > 0).toBe(isOffered);
});
