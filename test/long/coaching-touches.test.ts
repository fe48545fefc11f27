/** Four contacts: touches by words and form, names in doubt, the list, and the week's quiet prospects. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { touchesSince } from '../../src/coaching/touches/store.ts';
import { addDays, datesBetween } from '../../src/time/local-date.ts';
import { answer, command, modalText, plain, press, told } from '../support/actuals-app.ts';
import { LATE_REVIEWS, mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, forged, inside, startDayApp } from '../support/day-app.ts';
import { eventually } from '../support/eventually.ts';
import { buttonsOf, mintPerson, type TestPair } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

let app: DayApp;
let pair: TestPair;
beforeAll(async () => {
  app = await startDayApp();
  await app.to('2027-03-08', '09:00');
  pair = await mintAgreed(app, LATE_REVIEWS);
});
afterAll(() => app.stop());

const touches = (rep: string) =>
  app.db.touch.findMany({ where: { repId: rep }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
const prospects = (rep: string) =>
  app.db.prospect.findMany({ where: { repId: rep }, orderBy: { name: 'asc' } });
const say = (user: string, words: string) => command(app, user, `touch ${words}`);
const pickInMenu = (user: string, actionId: string, value: string) =>
  press(app, user, actionId, { value });

describe('touches by words', () => {
  it('one is noted, with how many it makes, and its words are sealed', async () => {
    await say(pair.rep, 'Acme Robotics call pricing');
    expect(told(app, pair.rep)).toContain('✓ *Acme Robotics* · call · pricing · today');
    expect(told(app, pair.rep)).toContain('1 touch so far, 3 more make four.');
    const [touch] = await touches(pair.rep);
    expect(touch?.subject).toMatch(/^v1:/);
  });

  it('several at once, each with its own row; a near name is asked with both as buttons', async () => {
    await say(pair.rep, 'Acme call discounts, Globex email case study');
    const asked = answer(app, pair.rep);
    expect(asked.text).toBe('1 of 2 noted. The rest needs a word from you.');
    expect(plain(inside(asked))).toContain('Is *Acme* the same as Acme Robotics?');
    expect((await prospects(pair.rep)).map(({ name }) => name)).toEqual([
      'Acme Robotics',
      'Globex',
    ]);
    const yes = buttonsOf(asked).find((id) => id.endsWith('0.0')) ?? '';
    await press(app, pair.rep, yes, { message: asked });
    expect(told(app, pair.rep)).toBe('✓ *2 touches noted*');
    // However often it is pressed.
    await press(app, pair.rep, yes, { message: asked });
    expect(await touches(pair.rep)).toHaveLength(3);
    expect(await prospects(pair.rep)).toHaveLength(2);
  });

  it('what can’t be read begins the form, and nothing is guessed', async () => {
    await say(pair.rep, 'Umbrella emial case study');
    expect(plain(inside(answer(app, pair.rep)))).toContain('“emial”: was that email?');
    await press(app, pair.rep, buttonsOf(answer(app, pair.rep))[0] ?? '', {
      message: answer(app, pair.rep),
    });
    expect(modalText(app, pair.rep)).toContain('Umbrella');
    await app.slack.submit(pair.rep, {});
    expect((await prospects(pair.rep)).map(({ name }) => name)).toContain('Umbrella');
  });

  it('undone and put back, and a prospect that only that touch named goes', async () => {
    await say(pair.rep, 'Vandelay visit latex');
    const noted = answer(app, pair.rep);
    const before = await touches(pair.rep);
    await press(app, pair.rep, 'touch_undo', { message: noted });
    expect(told(app, pair.rep)).toContain('Undone: *Vandelay* · visit · latex');
    expect((await prospects(pair.rep)).map(({ name }) => name)).not.toContain('Vandelay');
    await press(app, pair.rep, 'touch_put_back');
    expect((await touches(pair.rep)).map(({ id }) => id).sort()).toEqual(
      before.map(({ id }) => id).sort(),
    );
  });

  it('a manager notes for a rep of theirs, and nobody else does', async () => {
    await say(pair.manager, `<@${pair.rep}> Initech demo`);
    expect(told(app, pair.manager)).toContain(`for <@${pair.rep}>`);
    const initech = (await prospects(pair.rep)).find(({ name }) => name === 'Initech');
    expect(initech?.stage).toBe('demo');
    await mintPerson(app, 'U0STRANGER', { name: 'Sam' });
    await say('U0STRANGER', `<@${pair.rep}> Initech demo`);
    expect(told(app, 'U0STRANGER')).toContain('their manager’s');
    await press(app, 'U0STRANGER', 'touch_undo', {
      message: forged(answer(app, pair.rep), 'touch_undo', (await touches(pair.rep))[0]?.id ?? ''),
    });
    expect(told(app, 'U0STRANGER')).toContain('their manager’s');
  });

  it('in the DM it is read back, and noted with a tap', async () => {
    await app.slack.say(pair.rep, 'met Hooli about the pilot');
    await eventually(() =>
      expect(app.last(pair.rep).text).toBe('*Hooli* · meeting · the pilot · today'),
    );
    expect((await prospects(pair.rep)).map(({ name }) => name)).not.toContain('Hooli');
    await press(app, pair.rep, 'touch_batch', { message: app.last(pair.rep) });
    expect((await prospects(pair.rep)).map(({ name }) => name)).toContain('Hooli');
  });
});

describe('the form', () => {
  it('asks about a name near one that is known, and keeps what was typed', async () => {
    await say(pair.rep, '');
    await app.slack.submit(pair.rep, { name: 'Globexx', kind: 'email', subject: 'News' });
    expect(modalText(app, pair.rep)).toContain('It is Globex');
    await app.slack.submit(pair.rep, { same: 'new' });
    expect((await prospects(pair.rep)).map(({ name }) => name)).toContain('Globexx');
  });
});

describe('the list', () => {
  it('is searched, and what is settled can be undone', async () => {
    await say(pair.rep, 'list glob');
    expect(modalText(app, pair.rep)).toContain('*Globex*');
    expect(modalText(app, pair.rep)).not.toContain('Acme');
    const globex = (await prospects(pair.rep)).find(({ name }) => name === 'Globex');
    await press(app, pair.rep, 'prospect_menu', { message: null, value: `lost:${globex?.id}:0` });
    expect(modalText(app, pair.rep)).toContain('✓ *Globex* · 1 touch');
    expect((await prospects(pair.rep)).find(({ name }) => name === 'Globex')?.state).toBe('lost');
    await press(app, pair.rep, 'prospect_restore', { message: null });
    expect((await prospects(pair.rep)).find(({ name }) => name === 'Globex')?.state).toBe('open');
  });

  it('a prospect is renamed unless another has the name', async () => {
    const globex = (await prospects(pair.rep)).find(({ name }) => name === 'Globex');
    await say(pair.rep, 'list glob');
    await press(app, pair.rep, 'prospect_menu', { message: null, value: `edit:${globex?.id}:0` });
    const { body } = await app.slack.submit(pair.rep, { name: 'globexx' });
    expect(JSON.stringify(body)).toContain('Another prospect has that name already.');
    await app.slack.submit(pair.rep, { name: 'Globex Corp' });
    expect((await prospects(pair.rep)).map(({ name }) => name)).toContain('Globex Corp');
  });

  it('says what will stand there while nothing does', async () => {
    const other = await mintAgreed(app, LATE_REVIEWS);
    await say(other.rep, 'list');
    expect(modalText(app, other.rep)).toContain('Whom you work on will stand here');
  });
});

describe('a table that is pasted', () => {
  let rep: string;
  beforeAll(async () => {
    ({ rep } = await mintAgreed(app, LATE_REVIEWS));
    await say(rep, 'Acme Robotics call pricing');
  });
  const TABLE = 'Company,Event,Date\nAcme,Webinar,2027-03-01\nHooli,Webinar,2027-03-02\nUmbrella,,';
  const names = async () => (await prospects(rep)).map(({ name }) => name);

  it('with a line that can’t be read is kept as it was typed, and nothing is entered', async () => {
    await say(rep, 'paste');
    const { body } = await app.slack.submit(rep, { pasted: `${TABLE}\nInitech,Fair,someday` });
    expect(JSON.stringify(body)).toContain('Line 5: Date “someday”');
    expect(await touches(rep)).toHaveLength(1);
  });

  it('asks which names are the same, and is entered with who is alone in it', async () => {
    await app.slack.submit(rep, { pasted: TABLE, usual: 'event' });
    expect(modalText(app, rep)).toContain('Acme = Acme Robotics');
    expect(await touches(rep)).toHaveLength(1);
    await app.slack.submit(rep, { near: 'same' });
    expect(modalText(app, rep)).toContain('✓ *3 touches noted* of 3 prospects');
    expect(modalText(app, rep)).toContain('2 are new in the list.');
    expect(await names()).toEqual(['Acme Robotics', 'Hooli', 'Umbrella']);
  });

  it('asks about lines that are there already, and leaves them out', async () => {
    await press(app, rep, 'touch_paste', { message: null });
    await app.slack.submit(rep, {
      pasted: 'Hooli, event, Webinar, 2027-03-02\nInitech',
      usual: null,
    });
    expect(modalText(app, rep)).toContain('there already, word for word');
    await app.slack.submit(rep, { twice: 'leave' });
    expect(modalText(app, rep)).toContain('1 line was there already and left out.');
    expect(await names()).toContain('Initech');
    expect(await touches(rep)).toHaveLength(4);
  });

  it('is undone as a whole, and takes along whom only it named; nobody else does that', async () => {
    const [row] = await app.db.touch.findMany({ where: { repId: rep, pasteId: { not: null } } });
    await command(app, 'U0STRANGER', 'help');
    await press(app, 'U0STRANGER', 'touch_paste_undo', {
      message: forged(answer(app, 'U0STRANGER'), 'touch_paste_undo', row?.pasteId ?? ''),
    });
    expect(told(app, 'U0STRANGER')).toContain('their manager’s');
    /** All that a rep has, encrypted words as they read. */
    const everything = async () => ({
      prospects: await app.db.prospect.findMany({ where: { repId: rep }, orderBy: { id: 'asc' } }),
      steps: await app.db.prospectStep.findMany({ where: { prospect: { repId: rep } } }),
      touches: (
        await touchesSince(app.bigplan.context, { workspaceId: TEAM, userId: rep }, '2000-01-01')
      ).sort((one, other) => one.id.localeCompare(other.id)),
    });
    const before = await everything();
    expect(before.touches.filter(({ pasteId }) => pasteId !== null)).toHaveLength(3);
    await command(app, rep, 'help');
    const message = forged(answer(app, rep), 'touch_paste_undo', row?.pasteId ?? '');
    await press(app, rep, 'touch_paste_undo', { message });
    expect(told(app, rep)).toContain('Undone: 3 touches');
    expect(await names()).toEqual(['Acme Robotics', 'Initech']);
    expect(await touches(rep)).toHaveLength(1);
    const undone = answer(app, rep);
    await press(app, 'U0STRANGER', 'touch_paste_put_back', { message: undone });
    expect(told(app, 'U0STRANGER')).toContain('their manager’s');
    for (const _ of ['put back', 'and once more']) {
      await press(app, rep, 'touch_paste_put_back', { message: undone });
      expect(told(app, rep)).toContain('✓ *3 touches noted*');
      expect(await everything()).toEqual(before);
    }
    await press(app, rep, 'touch_paste_undo');
    expect(await touches(rep)).toHaveLength(1);
  });
});

describe('the week’s last check-in', () => {
  let rep: string;
  beforeAll(async () => {
    ({ rep } = await mintAgreed(app, LATE_REVIEWS));
    await say(
      rep,
      'Acme call pricing\nGlobex call pricing\nInitech call pricing\nHooli call pricing',
    );
    const days = datesBetween('2027-03-08', '2027-03-18');
    await app.db.activityDay.createMany({
      data: days.map((date) => ({
        workspaceId: TEAM,
        personId: rep,
        date,
        state: 'logged' as const,
        calls: 20,
        loggedAt: new Date(),
      })),
    });
    await app.leave(pair.rep);
    await app.to('2027-03-19', '16:30');
  });
  const checkIn = () => app.find(rep, /how did it go/i);

  it('names who is under four and quiet, three at most, and each is settled with a tap', async () => {
    const words = plain(inside(checkIn()));
    expect(words).toContain('*Under four touches, and quiet:* 4');
    expect(words).toContain('· 1 touch, quiet for 11 days');
    expect(words).toContain('And 1 more in the list.');
    const acme = (await prospects(rep)).find(({ name }) => name === 'Acme');
    await app.press(rep, 'prospect_settle', {
      message: checkIn(),
      value: `snooze:${acme?.id}:2027-03-19`,
    });
    await eventually(() =>
      expect(plain(inside(checkIn()))).toContain('*Under four touches, and quiet:* 3'),
    );
    expect((await prospects(rep)).find(({ name }) => name === 'Acme')?.snoozedUntil).toBe(
      addDays('2027-03-19', 14),
    );
  });

  it('can be turned off', async () => {
    await app.db.nudgeSettings.upsert({
      where: { workspaceId_personId: { workspaceId: TEAM, personId: rep } },
      create: { workspaceId: TEAM, personId: rep, prospects: false },
      update: { prospects: false },
    });
    await app.to('2027-03-26', '16:30');
    expect(inside(app.find(rep, /./))).not.toContain('Under four');
  });
});

it('one of several is undone from its menu', async () => {
  await say(pair.rep, 'Acme Robotics call again, Hooli call again');
  const touch = (await touches(pair.rep)).at(-1);
  await pickInMenu(pair.rep, 'touch_menu', `undo:${touch?.id}`);
  expect(told(app, pair.rep)).toContain('Undone');
});
