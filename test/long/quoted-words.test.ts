/** What people wrote in reports of such bots, as the real app answers it: what it understood, or both ways as buttons. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withLayers } from '../support/actuals-app.ts';
import { LATE_REVIEWS, mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, startDayApp } from '../support/day-app.ts';
import { readBlocks } from '../support/read-blocks.ts';

const LOCALES = ['en-US', 'de-DE', 'fr-FR', 'es-ES'] as const;
type Locale = (typeof LOCALES)[number];

/** A Thursday before Christmas, and one after New Year, after lunch: what a morning answers is yesterday’s. */
const BEFORE = '2026-12-17';
const TODAY = '2027-01-07';

let app: DayApp;
const reps = new Map<Locale, string>();
const repOf = (locale: Locale) => reps.get(locale) ?? '';

beforeAll(async () => {
  app = await startDayApp();
  for (const locale of LOCALES) {
    const period = { start: '2026-12-01', end: '2027-11-30' };
    const plan = { ...withLayers(), ...LATE_REVIEWS, period };
    reps.set(locale, (await mintAgreed(app, plan, { rep: { locale } })).rep);
  }
  await app.to(BEFORE, '13:00');
});
afterAll(() => app.stop());
beforeEach(async () => {
  await app.db.activityDay.deleteMany({ where: { date: { gte: '2027-01-05' } } });
  await app.db.timeOff.deleteMany();
});

/** Writes to the app. Returns the one answer, with its buttons in brackets. */
async function said(text: string, locale: Locale): Promise<string> {
  const user = repOf(locale);
  const before = app.texts(user).length;
  await app.slack.say(user, text);
  expect(app.texts(user), 'answered once').toHaveLength(before + 1);
  return readBlocks(app.last(user).blocks);
}

/** Runs `/bigplan`. Returns the answer, with its buttons in brackets. */
async function ran(text: string, locale: Locale): Promise<string> {
  const user = repOf(locale);
  await app.slack.command('/bigplan', text, { user });
  const body = app.slack.responses.findLast((one) => one.user === user)?.body;
  return readBlocks((body?.blocks ?? []) as object[]);
}

const buttons = (answer: string) => [...answer.matchAll(/^\[(.*)\]$/gm)].map(([, label]) => label);

/** `2027-01-07: 20 calls · 1 demos`, by day. */
async function logged(locale: Locale): Promise<string[]> {
  const rows = await app.db.activityDay.findMany({
    where: { personId: repOf(locale), date: { gte: '2027-01-05' } },
    orderBy: { date: 'asc' },
  });
  return rows.map(({ date, calls, visits, demos }) => {
    const counts = Object.entries({ calls, visits, demos }).filter(([, count]) => count);
    return `${date}: ${counts.map(([name, count]) => `${count} ${name}`).join(' · ')}`;
  });
}

/** `2027-01-07..2027-01-08`, `2027-01-07@12:00-24:00`, by their beginning. */
async function away(locale: Locale): Promise<string[]> {
  const rows = await app.db.timeOff.findMany({
    where: { personId: repOf(locale) },
    orderBy: { from: 'asc' },
  });
  return rows.map(({ from, to, startsAt, endsAt }) => {
    const days = from === to ? from : `${from}..${to}`;
    return startsAt === null ? days : `${days}@${startsAt}-${endsAt}`;
  });
}

describe('days away', () => {
  it.each([
    ['24 Dec and 31 Dec', 'en-US', ['2026-12-24', '2026-12-31']],
    ['back on monday', 'en-US', ['2026-12-17..2026-12-20']],
    ['rest of the week', 'en-US', ['2026-12-17..2026-12-20']],
    ['ooo until wednesday', 'en-US', ['2026-12-17..2026-12-23']],
    ['stop until 20 March', 'en-US', ['2026-12-17..2027-03-20']],
    ['this afternoon', 'en-US', ['2026-12-17@12:00-24:00']],
    ['5 Jul – 16 Jul', 'en-US', ['2027-07-05..2027-07-16']],
    ['bis Freitag', 'de-DE', ['2026-12-17..2026-12-18']],
    ['5. bis 16. Juli', 'de-DE', ['2027-07-05..2027-07-16']],
    ['du 5 au 16 juillet', 'fr-FR', ['2027-07-05..2027-07-16']],
    ['del 5 al 16 de julio', 'es-ES', ['2027-07-05..2027-07-16']],
  ] as const)('%j in %s is read back with its days', async (text, locale, expected) => {
    const answer = await ran(`away ${text}`, locale);
    expect(await away(locale)).toEqual(expected);
    expect(answer).toMatch(/^✓ \*You’re away: .*202[67]/);
    expect(buttons(answer)[0]).toMatch(/^Cancel/);
  });

  it.each([
    [
      'ooo for 3 days',
      ['Thu, Dec 17, 2026 – Mon, Dec 21, 2026', 'Thu, Dec 17, 2026 – Sat, Dec 19, 2026'],
    ],
    ['tomorrow and friday', ['Fri, Dec 18, 2026 · Fri, Dec 25, 2026', 'Fri, Dec 18, 2026']],
  ] as const)('%j is asked, with both ways as buttons', async (text, ways) => {
    const answer = await ran(`away ${text}`, 'en-US');
    expect(buttons(answer)).toEqual(ways);
    expect(answer).toContain('Nothing is entered yet.');
    expect(await away('en-US')).toEqual([]);
  });

  it('a day on which nobody works is asked about', async () => {
    await app.to('2026-12-18', '13:00');
    const answer = await ran('away sick tomorrow', 'en-US');
    expect(buttons(answer)).toEqual(['Mon, Dec 21, 2026', 'Sat, Dec 19, 2026']);
    expect(answer).toContain('*Sat, Dec 19, 2026* is no working day.');
    expect(await away('en-US')).toEqual([]);
  });
});

describe('counts', () => {
  beforeAll(async () => {
    await app.to('2027-01-04', '17:00');
    for (const locale of LOCALES) await said('5 calls', locale);
    await app.to(TODAY, '13:00');
  });

  it.each([
    ['25/30 calls', 'en-US', '25 calls'],
    ['20 outbound and 5 inbound calls', 'en-US', '25 calls'],
    [':two: demos', 'en-US', '2 demos'],
    ['25 dials / 4 connects / 2 meetings', 'en-US', '25 calls · 2 visits'],
    ['25 calls, 20 emails and 5 messages', 'en-US', '25 calls'],
    ['25 Anrufe, 2 Demos', 'de-DE', '25 calls · 2 demos'],
    ['25 appels et 2 démos', 'fr-FR', '25 calls · 2 demos'],
    ['25 llamadas y 2 demos', 'es-ES', '25 calls · 2 demos'],
  ] as const)('%j in %s is read back with its day: %s', async (text, locale, counts) => {
    const answer = await said(text, locale);
    expect(await logged(locale)).toEqual([`${TODAY}: ${counts}`]);
    expect(answer).toMatch(/^✓ \*Today, Thursday\*: 2/);
    expect(buttons(answer)).toEqual(['Edit']);
  });

  it('emails and messages are named, and said not to be counted', async () => {
    const answer = await said('25 calls, 20 emails and 5 messages', 'en-US');
    expect(answer).toContain('Not counted here: emails, messages.');
  });

  it.each([
    [
      'calls 20, demos 1/5',
      ['20 calls · 1 demo today', '20 calls · 1 demo on Tuesday'],
      [['2027-01-07: 20 calls · 1 demos'], ['2027-01-05: 20 calls · 1 demos']],
    ],
    [
      '25 dials / 4 connects / 2 meetings booked',
      ['25 calls · 2 visits today', '25 calls today'],
      [['2027-01-07: 25 calls · 2 visits'], ['2027-01-07: 25 calls']],
    ],
    [
      '25-30 calls',
      ['25 calls today', '30 calls today'],
      [['2027-01-07: 25 calls'], ['2027-01-07: 30 calls']],
    ],
  ] as const)('%j is asked, with both ways as buttons', async (text, ways, outcomes) => {
    for (const [nth, outcome] of outcomes.entries()) {
      await app.db.activityDay.deleteMany({ where: { date: { gte: '2027-01-05' } } });
      const answer = await said(text, 'en-US');
      expect(await logged('en-US'), 'nothing is logged yet').toEqual([]);
      expect(buttons(answer)).toEqual([...ways, 'Open the form']);
      await app.press(repOf('en-US'), `day_log_read.${nth}`);
      expect(await logged('en-US')).toEqual(outcome);
    }
  });

  it('a button that would replace a count says so first, and what it was after', async () => {
    await said('5 Jan: 30 calls', 'en-US');
    expect(await said('calls 20, demos 1/5', 'en-US')).toContain(
      'Tue, Jan 5 has *30 calls* so far',
    );
    await app.press(repOf('en-US'), 'day_log_read.1');
    expect(readBlocks(app.last(repOf('en-US')).blocks)).toContain('It was 30 calls before.');
  });

  it('after midnight, and an answer to yesterday’s question, are yesterday’s or asked', async () => {
    await app.to('2027-01-08', '00:30');
    expect(await said('22 calls', 'fr-FR')).toMatch(/^✓ \*Yesterday, Thursday\*: 22 calls/);
    await app.to('2027-01-08', '09:00');
    const answer = await said('18 calls', 'de-DE');
    expect(buttons(answer)).toEqual(['18 calls yesterday', '18 calls today', 'Open the form']);
  });
});

describe('the DM answers a person', () => {
  it.each([
    ['thanks', 'en-US', /^Any time/, []],
    ['danke', 'de-DE', /^Any time/, []],
    ['merci', 'fr-FR', /^Any time/, []],
    ['stop', 'en-US', /^Just quiet, or time off\?/, ['Quiet for a week', 'Time off…']],
    ['pause', 'en-US', /^Just quiet, or time off\?/, ['Quiet for a week', 'Time off…']],
    ['skip', 'en-US', /^Skip /, []],
    ['help', 'en-US', /^\*Write to me as you would to a person/, []],
    ['sick', 'en-US', /nothing is asked of you then/, ['Fri, Jan 8, 2027', 'Other days…']],
    ['krank', 'de-DE', /nothing is asked of you then/, ['Fri, 8 Jan 2027']],
    ['what is my target?', 'en-US', /^\*Today:\* \d+ calls/, ['Log today', 'Open my plan']],
    ['Was ist mein Ziel?', 'de-DE', /^\*Today:\* \d+ calls/, ['Log today']],
    [
      'how am I doing?',
      'en-US',
      /^\*(On track|At risk|Off track|Too early to say):\*/,
      ['Open my plan'],
    ],
    [
      '¿cómo voy?',
      'es-ES',
      /^\*(On track|At risk|Off track|Too early to say):\*/,
      ['Open my plan'],
    ],
    ['I lost the Acme deal', 'en-US', /\*Acme\* is a renewal of your plan/, ['Mark it lost…']],
    ['ich habe Acme verloren', 'de-DE', /\*Acme\* is a renewal of your plan/, ['Mark it lost…']],
    ['signed Acme for 24k new', 'en-US', /^\*Acme · \$24,000 · new business won\*/, ['Enter it…']],
  ] as const)('%j in %s', async (text, locale, words, offered) => {
    const answer = await said(text, locale);
    expect(answer).toMatch(words);
    expect(buttons(answer)).toEqual(expect.arrayContaining([...offered]));
    expect(answer).not.toContain('make out');
    expect(await logged(locale)).toEqual([]);
  });
});

describe('/bigplan', () => {
  it.each([
    ['won signed Acme for 24k new', /^✓ \*\$24,000 won\* · Acme · new business · today/],
    ['lost Acme', /^\*\$120,000 not renewed\* · Acme/],
    ['status', /^\*(On track|At risk|Off track|Too early to say):\*/],
    ['pipelin', /Did you mean `\/bigplan pipeline`\?\n\[Yes, \/bigplan pipeline\]/],
    ['staus', /Did you mean `\/bigplan status`\?\n\[Yes, \/bigplan status\]/],
    ['frobnicate', /^I don't know “frobnicate”\.\n\[What can I ask for\?\]$/],
  ] as const)('%s', async (text, words) => {
    expect(await ran(text, 'en-US')).toMatch(words);
  });
});
