/** The rep is asked first: what they are told, how they answer in forms that lose nothing, and send once. */
import type { KnownBlock } from '@slack/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STAGES } from '../../src/activity/pace/stage-rate-rules.ts';
import { addEpisode, findEpisode, saveEpisode } from '../../src/activity/store.ts';
import { CRITERIA } from '../../src/actuals/schemas.ts';
import { lockPerson } from '../../src/db/lock-people.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { ensureTeam, setChannel } from '../../src/people/store.ts';
import { reviewOrder } from '../../src/review/deliveries.ts';
import {
  answerTopic,
  keepTypedAnswer as keepTyped,
  sendAnswers,
} from '../../src/review/prep/answer-review.ts';
import { spansOf } from '../../src/review/schedule/rules.ts';
import { type Scorecard as Card, KPIS, type Kpi, type Topic } from '../../src/review/schemas.ts';
import { askedNow, reviewPlan } from '../../src/review/scorecard/review-plan.ts';
import { answersOf, ensureReview, findReview, saveReview } from '../../src/review/store.ts';
import { isMoney } from '../../src/review/words-view.ts';
import { everyDayDraft, mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, forged, inside, startDayApp } from '../support/day-app.ts';
import { eventually } from '../support/eventually.ts';
import { buttonsOf, initial, shown, type TestPair, title } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

const MONTH = '2027-02';
const LONG = 'Ünï & <@U1> *w* `x`\n'.repeat(60).slice(0, 1_000);

let app: DayApp;
beforeAll(async () => {
  app = await startDayApp();
  await app.to('2027-02-25', '09:30');
});
afterAll(() => app.stop());

interface Asked extends TestPair {
  id: string;
  channel: string;
}

interface Month {
  /** Missed, and asked about. */
  missed?: Kpi[];
  /** Short by no more than chance: it may be explained. */
  short?: Kpi[];
}

const idOf = (userId: string) => ({ workspaceId: TEAM, userId });
const store = () => app.bigplan.context;

/** A pair of which the rep was just asked about February. */
async function asked(
  month: Month = { missed: ['newBusiness', 'coverage'] },
  { hasChannel = true } = {},
): Promise<Asked> {
  const pair = await mintAgreed(app);
  const quiet = { checkIns: false, callBlocks: false, paceNotes: false };
  await app.db.nudgeSettings.create({ data: { workspaceId: TEAM, personId: pair.rep, ...quiet } });
  const channel = `C0${pair.rep.slice(2)}`;
  app.slack.addChannel(channel, { name: `sales-${pair.rep.toLowerCase()}`, joined: true });
  if (hasChannel) {
    await inTransaction(app.db, async (tx) => {
      await setChannel(
        tx,
        (await ensureTeam(tx, { workspaceId: TEAM, userId: pair.manager })).id,
        channel,
      );
    });
  }
  return { ...pair, channel, id: await ask(pair.rep, month) };
}

async function ask(rep: string, { missed = [], short = [] }: Month): Promise<string> {
  const { encryption, clock, outbox } = store();
  const id = await inTransaction(app.db, async (tx) => {
    await lockPerson(tx, idOf(rep));
    const inTx = { db: tx, encryption };
    const plan = await reviewPlan(inTx, idOf(rep));
    const span = plan && spansOf(plan.work.period).find((one) => one.month === MONTH);
    if (!plan || !span) throw new Error(`${rep} has no ${MONTH}`);
    const review = await ensureReview(inTx, plan.rep, {
      planId: plan.work.planId,
      month: MONTH,
    });
    const { card, facts } = await askedNow(inTx, plan, span, plan.zone.dateAt(clock.now()));
    const topics: Topic[] = missed.length > 0 ? missed : ['worked'];
    const saved = {
      ...review,
      askedAt: clock.now(),
      asked: { card: judged(card, missed, short), topics, facts },
    };
    await saveReview(inTx, saved);
    await outbox.enqueue(tx, reviewOrder('prep', plan.rep, saved));
    return review.id;
  });
  await app.bigplan.tick();
  return id;
}

/** The card with these KPIs missed and those short, the others met. */
function judged(card: Card, missed: readonly Kpi[], short: readonly Kpi[]): Card {
  const stages: readonly Kpi[] = STAGES;
  const of = (kpi: Kpi) => {
    if (isMoney(kpi)) return { actual: 6_400_000, target: 10_100_000, cut: null };
    if (kpi === 'coverage') return { actual: 2.4, target: 3.25 };
    return stages.includes(kpi) ? { actual: 0.51, target: 0.66 } : { actual: 184, target: 270 };
  };
  return {
    ...card,
    lines: card.lines.map((line) => {
      if (missed.includes(line.kpi)) return { ...line, ...of(line.kpi), verdict: 'missed' };
      if (short.includes(line.kpi)) {
        return { ...line, ...of(line.kpi), verdict: 'short', chance: 0.32 };
      }
      return { ...line, actual: 1, target: 1, cut: null, verdict: 'met' };
    }),
  };
}

const prep = ({ rep }: TestPair) => app.find(rep, /1:1 is Tue|Sent on|1:1 about|review of/);
const press = (pair: Asked, user = pair.rep) =>
  app.press(user, 'review_answer', { message: forged(prep(pair), 'review_answer', pair.id) });
const type = (user: string, path: string, enter: string | string[]) =>
  app.slack.action({ user, actionId: `review_answer_typed.${path}`, enter });
const answers = async (id: string) => {
  const review = await findReview(store(), id);
  return review ? answersOf(store(), review) : [];
};
const said = async (id: string) =>
  Object.fromEntries((await answers(id)).map(({ topic, words }) => [topic, words]));
const errorsOf = (ack: { body: unknown }) =>
  (ack.body as { errors?: Record<string, string> }).errors ?? {};
const thread = ({ channel }: Asked) => app.slack.messages(channel).map(inside).join('\n');
const noWhy = { causes: ['content'], words: 'Because.' };

/** Answers a topic as another window would. */
const elsewhere = (pair: Asked, topic: Topic, words: string, base = '') =>
  answerTopic(store(), idOf(pair.rep), {
    reviewId: pair.id,
    topic,
    causes: ['market'],
    words,
    proposal: null,
    same: [],
    base,
  });

describe('a rep with two misses, one after the other', () => {
  let pair: Asked;
  beforeAll(async () => {
    pair = await asked({ missed: ['newBusiness', 'coverage'], short: ['calls'] });
  });

  it('is told when they meet, how the month stands in words, and what is asked of whom', () => {
    const words = inside(prep(pair));
    expect(words).toContain('Your 1:1 is Tue, Mar 2, 10:00 AM.* February, up to Feb 24, at quota:');
    expect(words).toContain('✗ New business 64k of 101k');
    expect(words).toContain('✗ missed: *Coverage 2.4X of 3.25X*');
    expect(words).toContain(
      '≈ Calls 184 of 270: chance alone does that one month in three. Nothing to explain.',
    );
    expect(words).toContain('✓ met: Bookings');
    expect(words).toContain('About new business and coverage: 2 answers, about 3 minutes.');
    expect(words).toContain('Your manager sees them together');
    expect(buttonsOf(prep(pair))).toEqual(['review_answer', 'review_move_open']);
    const toManager = app.texts(pair.manager);
    expect(toManager.filter((text) => !text.startsWith('Your 1:1 with'))).toEqual([]);
  });

  it('reads what the channel will, and why: their own target is another', () => {
    expect(inside(prep(pair))).toContain(
      'All at quota, as your team’s channel reads it: your income goal stays with you and your manager.',
    );
  });

  it('gets one short form a miss, each saying where its answer goes', async () => {
    await press(pair);
    expect(title(app.slack, pair.rep)).toBe('New business');
    const first = shown(app.slack, pair.rep);
    expect(first).toContain('*New business 64k of 101k.* What got in the way?');
    expect(first).toContain('Step 1 of 2');
    expect(first).toContain(
      `Goes to your team’s channel (<#${pair.channel}>) with the figures when you send it.`,
    );
    await app.slack.submit(pair.rep, {
      causes: ['lead_supply', 'content'],
      words: 'Inbound brought 3 of 6.',
      proposal: 'Four outbound leads a week.',
    });
    expect(title(app.slack, pair.rep)).toBe('Coverage');
    expect(inside(prep(pair))).toContain('*1 of 2* answered so far');
    await app.slack.submit(pair.rep, noWhy);
  });

  it('sees all of it as others will, and what else they may explain', async () => {
    expect(title(app.slack, pair.rep)).toBe('Send your answers');
    const all = shown(app.slack, pair.rep);
    expect(all).toContain(
      `*2 answers* go to your team’s channel (<#${pair.channel}>) with the figures`,
    );
    expect(all).toContain('*New business 64k of 101k* — _too few leads, content is missing_');
    expect(all).toContain('What would win it back:\\n>Four outbound leads a week.');
    expect(all).toContain('Nothing else needs explaining.');
    expect(initial(app.slack, pair.rep, 'named')).toBeUndefined();
    expect(thread(pair)).toBe('');
    await app.slack.action({ user: pair.rep, actionId: 'review_answer_go.more', enter: 'calls' });
    expect(title(app.slack, pair.rep)).toBe('Calls');
    expect(shown(app.slack, pair.rep)).toContain('Nobody asks about this one');
    await app.slack.submit(pair.rep, { causes: ['tools_and_data'], words: 'Zephyr’s dialer.' });
    expect(title(app.slack, pair.rep)).toBe('Send your answers');
    expect(shown(app.slack, pair.rep)).toContain('*3 answers* go to');
    expect(shown(app.slack, pair.rep)).not.toContain('Nothing else needs explaining.');
    expect(inside(prep(pair))).toContain('*2 of 2* answered so far');
  });

  it('can leave it, come back to it, and change an earlier answer before sending', async () => {
    await app.slack.closeModal(pair.rep);
    await press(pair);
    expect(title(app.slack, pair.rep)).toBe('Send your answers');
    await app.slack.action({ user: pair.rep, actionId: 'review_answer_go.coverage' });
    expect(title(app.slack, pair.rep)).toBe('Coverage');
    expect(initial(app.slack, pair.rep, 'words')).toBe('Because.');
    await app.slack.submit(pair.rep, { words: 'Two deals slipped.' });
    expect(shown(app.slack, pair.rep)).toContain('Two deals slipped.');
    expect(await said(pair.id)).toMatchObject({ coverage: 'Two deals slipped.' });
  });

  it('sends it once, however often they click; the message turns into a record', async () => {
    await Promise.all([
      app.slack.submit(pair.rep, { named: ['yes'] }),
      app.slack.submit(pair.rep, { named: ['yes'] }),
    ]);
    await app.bigplan.tick();
    const review = await findReview(store(), pair.id);
    expect(review).toMatchObject({
      named: true,
      answeredAt: expect.any(Date),
      openedAt: expect.any(Date),
      teamId: expect.any(String),
    });
    expect(title(app.slack, pair.rep)).toBe('Sent');
    expect(app.slack.channel(pair.channel)).toHaveLength(1);
    expect(inside(prep(pair))).toContain('✓ *Sent on Feb 25:* 3 answers about February.');
    expect(buttonsOf(prep(pair))).toEqual(['review_answer', 'review_move_open']);
    expect(thread(pair)).toContain('Inbound brought 3 of 6.');
    expect(thread(pair)).toContain('Two deals slipped.');
    expect(thread(pair)).toContain('Zephyr’s dialer.');
  });

  it('can read what was sent, and nothing can be changed any more', async () => {
    await app.slack.closeModal(pair.rep);
    await press(pair);
    expect(title(app.slack, pair.rep)).toBe('Sent');
    expect(shown(app.slack, pair.rep)).toContain('Zephyr’s dialer.');
    expect(app.slack.modal(pair.rep)?.submit).toBeUndefined();
    const outcome = await sendAnswers(store(), idOf(pair.rep), pair.id, { named: false });
    expect(outcome).toMatchObject({ kind: 'sent', already: true, review: { named: true } });
    expect(await elsewhere(pair, 'coverage', 'Too late')).toMatchObject({ kind: 'refused' });
    expect(await said(pair.id)).toMatchObject({ coverage: 'Two deals slipped.' });
  });

  it('keeps what was said encrypted, and out of the log', async () => {
    const rows = JSON.stringify(await app.db.reviewAnswer.findMany());
    expect(rows).not.toContain('Zephyr');
    expect(rows).not.toContain('.typed');
    expect(JSON.stringify(app.logged)).not.toContain('Zephyr');
  });
});

describe('what is half finished', () => {
  it('is kept as it is typed, and stands in the form again after a restart', async () => {
    const pair = await asked();
    await press(pair);
    await type(pair.rep, 'causes', ['market']);
    await type(pair.rep, 'words', 'Half a');
    await app.slack.closeModal(pair.rep);
    await app.restart();
    await press(pair);
    expect(title(app.slack, pair.rep)).toBe('New business');
    expect(initial(app.slack, pair.rep, 'causes')).toEqual(['market']);
    expect(initial(app.slack, pair.rep, 'words')).toBe('Half a');
    expect(await answers(pair.id)).toEqual([]);
    await expect(
      sendAnswers(store(), idOf(pair.rep), pair.id, { named: false }),
    ).rejects.toMatchObject({ text: expect.stringContaining('New business, Coverage') });
    await app.slack.submit(pair.rep);
    expect(await said(pair.id)).toEqual({ newBusiness: 'Half a' });
    expect(initial(app.slack, pair.rep, 'words')).toBeUndefined();
  });

  it('goes along with Back, never in place of what was given', async () => {
    const pair = await asked();
    await press(pair);
    await app.slack.submit(pair.rep, noWhy);
    app.slack.fill(pair.rep, { words: 'On the way' });
    await app.slack.action({ user: pair.rep, actionId: 'review_answer_go.back' });
    expect(title(app.slack, pair.rep)).toBe('New business');
    expect(initial(app.slack, pair.rep, 'words')).toBe('Because.');
    await type(pair.rep, 'words', 'Becau');
    expect(await said(pair.id)).toEqual({ newBusiness: 'Because.' });
    await app.slack.closeModal(pair.rep);
    await press(pair);
    expect(initial(app.slack, pair.rep, 'words')).toBe('On the way');
    await app.slack.submit(pair.rep, { causes: ['pricing'] });
    expect(shown(app.slack, pair.rep)).toContain('You began to change it');
    await app.slack.action({ user: pair.rep, actionId: 'review_answer_go.newBusiness' });
    expect(initial(app.slack, pair.rep, 'words')).toBe('Becau');
    await type(pair.rep, 'words', 'Because.');
    await app.slack.submit(pair.rep);
    expect(shown(app.slack, pair.rep)).not.toContain('You began to change it');
  });

  it('comes out right where strokes overtake each other or an answer', async () => {
    const pair = await asked();
    const start = Date.now() - 60_000;
    const at = (ms: number) => new Date(start + ms);
    const place = { reviewId: pair.id, topic: 'coverage' as const };
    const typed = (words: string) => ({ causes: [], words, proposal: null });
    await keepTyped(store(), idOf(pair.rep), place, typed('abc'), at(3));
    await keepTyped(store(), idOf(pair.rep), place, typed('ab'), at(2));
    await press(pair);
    await app.slack.submit(pair.rep, noWhy);
    expect(initial(app.slack, pair.rep, 'words')).toBe('abc');
    await app.slack.submit(pair.rep, { causes: ['market'] });
    await keepTyped(store(), idOf(pair.rep), place, typed('abcd'), at(4));
    await app.slack.action({ user: pair.rep, actionId: 'review_answer_go.coverage' });
    expect(initial(app.slack, pair.rep, 'causes')).toEqual(['market']);
  });

  it('may be longer than can be saved: it says so at its field, and stays', async () => {
    const pair = await asked();
    await press(pair);
    const emoji = '🙂'.repeat(600);
    const ack = await app.slack.submit(pair.rep, { causes: ['market'], words: emoji });
    expect(Object.keys(errorsOf(ack))[0]).toMatch(/^words:/);
    await type(pair.rep, 'words', emoji);
    await press(pair);
    expect(String(initial(app.slack, pair.rep, 'words'))).toMatch(/🙂…$/);
  });
});

describe('a form', () => {
  it('takes one answer for others of which nothing was said yet', async () => {
    const pair = await asked({
      missed: ['renewal', 'newBusiness', 'calls', 'demos'],
      short: ['visits'],
    });
    await press(pair);
    expect(shown(app.slack, pair.rep)).toContain('The same explains');
    await app.slack.submit(pair.rep, { ...noWhy, same: ['calls', 'visits'] });
    expect(await said(pair.id)).toEqual({
      renewal: 'Because.',
      calls: 'Because.',
      visits: 'Because.',
    });
    expect(title(app.slack, pair.rep)).toBe('New business');
    expect(shown(app.slack, pair.rep)).not.toContain('"calls"');
    await app.slack.submit(pair.rep, { causes: ['pricing'], words: 'Price.', same: ['demos'] });
    expect(title(app.slack, pair.rep)).toBe('Send your answers');
    await app.slack.action({ user: pair.rep, actionId: 'review_answer_go.calls' });
    await app.slack.submit(pair.rep, { words: 'Otherwise.' });
    expect(await said(pair.id)).toMatchObject({ calls: 'Otherwise.', renewal: 'Because.' });
  });

  it('says what is missing at its field, with everything else kept', async () => {
    const pair = await asked();
    await press(pair);
    const ack = await app.slack.submit(pair.rep, { causes: ['market'], words: '   ' });
    expect(Object.entries(errorsOf(ack))).toEqual([
      [expect.stringMatching(/^words:/), 'Please fill this in.'],
    ]);
    expect(await answers(pair.id)).toEqual([]);
  });

  it('begins with what the rep has named for a note about the same number', async () => {
    const pair = await asked({ missed: ['calls'] });
    const context = store();
    await inTransaction(app.db, async (tx) => {
      const inTx = { db: tx, encryption: context.encryption };
      const opened = {
        kind: 'volume',
        subject: 'calls',
        openedOn: '2027-02-10',
        managerOn: null,
      } as const;
      const id = await addEpisode(tx, idOf(pair.rep), { ...opened, figures: {} });
      const episode = await findEpisode(inTx, id);
      if (episode) {
        await saveEpisode(inTx, { ...episode, causes: ['tools_and_data'], note: 'The dialer.' });
      }
    });
    await press(pair);
    expect(initial(app.slack, pair.rep, 'causes')).toEqual(['tools_and_data']);
    expect(initial(app.slack, pair.rep, 'words')).toBe('The dialer.');
    expect(shown(app.slack, pair.rep)).toContain('You named this on Feb 10');
    expect(await answers(pair.id)).toEqual([]);
  });

  it('asks what worked where nothing is missed, and needs words alone', async () => {
    const pair = await asked({}, { hasChannel: false });
    expect(inside(prep(pair))).not.toContain('missed');
    expect(inside(prep(pair))).toContain('What worked, and what to share?');
    await press(pair);
    expect(title(app.slack, pair.rep)).toBe('What worked');
    expect(shown(app.slack, pair.rep)).toContain(`Goes to <@${pair.manager}> with the figures`);
    await app.slack.submit(pair.rep, { words: 'The webinar list.', proposal: 'Share the list.' });
    expect(shown(app.slack, pair.rep)).toContain('What would help a colleague:\\n>Share the list.');
    expect(shown(app.slack, pair.rep)).not.toContain('Leaders may see');
    await app.slack.submit(pair.rep);
    expect(title(app.slack, pair.rep)).toBe('Sent');
    expect(await findReview(store(), pair.id)).toMatchObject({ named: false });
  });
});

describe('what was not entered', () => {
  let pair: Asked;
  beforeAll(async () => {
    // As the month really stands: the rep is asked by the clock.
    const { newBusiness } = everyDayDraft();
    const made = await mintAgreed(app, {
      newBusiness: newBusiness && { ...newBusiness, salesCycleDays: 20 },
    });
    await app.bigplan.tick();
    const { id } = await app.db.review.findFirstOrThrow({ where: { repId: made.rep } });
    pair = { ...made, id, channel: '' };
  });

  const enter = async (actionId: string, entry: Record<string, string | string[]>) => {
    await app.slack.action({ user: pair.rep, actionId, message: prep(pair), value: pair.rep });
    await app.slack.submit(pair.rep, entry);
    await app.slack.closeModal(pair.rep);
    await app.bigplan.tick();
  };

  it('can be entered from the question, which then shows it', async () => {
    expect(inside(prep(pair))).toContain('– Coverage: not entered yet');
    expect(buttonsOf(prep(pair))).toEqual([
      'review_answer',
      'pipeline_add',
      'deal_add',
      'review_move_open',
    ]);
    const before = inside(prep(pair));
    await enter('pipeline_add', { newBusiness: '2m', criteria: [...CRITERIA] });
    await eventually(() => expect(inside(prep(pair))).toContain('✓ met: Coverage'));
    expect(buttonsOf(prep(pair))).toEqual(['review_answer', 'deal_add', 'review_move_open']);
    expect(inside(prep(pair)).split('\n')[0]?.slice(0, 40)).toBe(before.slice(0, 40));
    await enter('deal_add', { kind: 'newBusiness', account: 'Acme', amount: '900k' });
    await eventually(() => expect(inside(prep(pair))).toContain('✓ met: Bookings 900k'));
    expect(inside(prep(pair))).toContain('What worked, and what to share?');
  });

  it('is in the forms at once, whatever the clock', async () => {
    const review = await findReview(store(), pair.id);
    const { id } = await app.db.deal.findFirstOrThrow({ where: { repId: pair.rep } });
    await app.db.deal.delete({ where: { id } });
    await press(pair);
    expect(title(app.slack, pair.rep)).not.toBe('What worked');
    expect((await findReview(store(), pair.id))?.asked).not.toEqual(review?.asked);
    await app.slack.closeModal(pair.rep);
  });
});

describe('another window', () => {
  it('that was quicker with another answer is shown, and neither is lost', async () => {
    const pair = await asked();
    await press(pair);
    await elsewhere(pair, 'newBusiness', 'From the phone.');
    await app.slack.submit(pair.rep, noWhy);
    expect(shown(app.slack, pair.rep)).toContain('You answered this in another window meanwhile');
    expect(shown(app.slack, pair.rep)).toContain('>From the phone.');
    expect(initial(app.slack, pair.rep, 'words')).toBe('Because.');
    expect(await said(pair.id)).toEqual({ newBusiness: 'From the phone.' });
    await app.slack.action({ user: pair.rep, actionId: 'review_answer_use' });
    expect(title(app.slack, pair.rep)).toBe('Coverage');
    await app.slack.action({ user: pair.rep, actionId: 'review_answer_go.back' });
    expect(initial(app.slack, pair.rep, 'words')).toBe('From the phone.');
    await app.slack.submit(pair.rep, { words: 'Both.' });
    expect(await said(pair.id)).toEqual({ newBusiness: 'Both.' });
  });

  it('that changed an answer is noticed before sending', async () => {
    const pair = await asked({ missed: ['newBusiness'] });
    await press(pair);
    await app.slack.submit(pair.rep, noWhy);
    expect(await answers(pair.id)).toMatchObject([{ ...noWhy, proposal: null }]);
    await app.db.reviewAnswer.deleteMany({ where: { reviewId: pair.id } });
    await elsewhere(pair, 'newBusiness', 'Changed.');
    await app.slack.submit(pair.rep);
    expect(shown(app.slack, pair.rep)).toContain('changed in another window meanwhile');
    expect(shown(app.slack, pair.rep)).toContain('>Changed.');
    expect((await findReview(store(), pair.id))?.answeredAt).toBeNull();
    await app.slack.submit(pair.rep);
    expect(title(app.slack, pair.rep)).toBe('Sent');
  });

  it('that sent everything leaves the words in the form that comes too late', async () => {
    const pair = await asked({ missed: ['newBusiness'] });
    await press(pair);
    await elsewhere(pair, 'newBusiness', 'Sent.');
    await sendAnswers(store(), idOf(pair.rep), pair.id, { named: false });
    const ack = await app.slack.submit(pair.rep, noWhy);
    const [field, words] = Object.entries(errorsOf(ack))[0] ?? [];
    expect(field).toMatch(/^causes:/);
    expect(words).toContain('You sent your answers about February on Feb 25.');
    expect(words).toContain('copy it from here');
    await type(pair.rep, 'words', 'Later');
    expect(await app.db.reviewAnswer.count({ where: { reviewId: pair.id } })).toBe(1);
  });
});

describe('a review that is over meanwhile', () => {
  it.each([
    ['skippedAt', 'The 1:1 about February is skipped.'],
    ['closedAt', 'The review of February is closed.'],
  ] as const)('%s: the form says so kindly and what was written is kept', async (field, words) => {
    const pair = await asked({ missed: ['newBusiness'] });
    await press(pair);
    await app.db.review.update({ where: { id: pair.id }, data: { [field]: new Date() } });
    const ack = await app.slack.submit(pair.rep, noWhy);
    expect(Object.values(errorsOf(ack))[0]).toBe(
      `${words} What you wrote is kept, in case it is taken up again.`,
    );
    await app.slack.closeModal(pair.rep);
    await press(pair);
    expect(app.told(pair.rep)).toBe(words);
    expect(app.slack.modal(pair.rep)).toBeUndefined();
    await app.db.review.update({ where: { id: pair.id }, data: { [field]: null } });
    await press(pair);
    expect(initial(app.slack, pair.rep, 'words')).toBe('Because.');
    await app.slack.closeModal(pair.rep);
    await app.leave(pair.rep);
  });

  it('has no thread to send to once its plan is closed: the answers are kept', async () => {
    const pair = await asked({ missed: ['newBusiness'] });
    await press(pair);
    await app.slack.submit(pair.rep, noWhy);
    await app.leave(pair.rep);
    const ack = await app.slack.submit(pair.rep);
    expect(Object.values(errorsOf(ack))[0]).toContain('Your answers are kept.');
    expect((await findReview(store(), pair.id))?.answeredAt).toBeNull();
    expect(await said(pair.id)).toEqual({ newBusiness: 'Because.' });
  });
});

describe('nobody else', () => {
  it('answers, types or sends: not the manager, not another rep', async () => {
    const pair = await asked();
    const other = await asked();
    await elsewhere(pair, 'newBusiness', 'Mine.');
    for (const [user, words] of [
      [pair.manager, 'Only the rep answers that: it is their view first.'],
      [other.rep, 'only the two of them can do that'],
      ['U0LEADER', 'only the two of them can do that'],
    ] as const) {
      await press(pair, user);
      expect(app.told(user), user).toContain(words);
      expect(app.slack.modal(user)).toBeUndefined();
    }
    await press(other);
    const view = app.slack.modal(other.rep);
    if (view) view.private_metadata = view.private_metadata?.replace(other.id, pair.id) ?? '';
    await type(other.rep, 'words', 'Theirs');
    const { body } = await app.slack.submit(other.rep, noWhy);
    expect(JSON.stringify(body)).toContain('only the two of them');
    expect(await said(pair.id)).toEqual({ newBusiness: 'Mine.' });
    expect(await app.db.reviewAnswer.count({ where: { reviewId: pair.id } })).toBe(1);
    await expect(
      sendAnswers(store(), idOf(pair.manager), pair.id, { named: true }),
    ).rejects.toMatchObject({ code: 'not_yours' });
    for (const id of ['', 'nope', '00000000-0000-7000-8000-000000000000']) {
      await app.press(pair.rep, 'review_answer', {
        message: forged(prep(pair), 'review_answer', id),
      });
      expect(app.told(pair.rep)).toContain('no longer here');
    }
  });
});

describe('the longest texts about everything', () => {
  it('are shown, sent and read again whole', async () => {
    const missed: Kpi[] = [...KPIS];
    const pair = await asked({ missed });
    expect(inside(prep(pair))).toContain('15 answers, about 23 minutes');
    await press(pair);
    const long = '&<>\n'.repeat(250);
    await app.slack.submit(pair.rep, {
      causes: ['lead_supply', 'plan_assumption', 'own_execution'],
      words: long,
      proposal: LONG,
      same: missed.slice(2),
    });
    // Answers that are the same stand in the thread once: another one, so that it has to be cut.
    await app.slack.submit(pair.rep, {
      causes: ['market'],
      words: `${long.slice(0, -1)}.`,
      proposal: LONG,
    });
    expect(title(app.slack, pair.rep)).toBe('Send your answers');
    expect(ampersands(app.slack.modal(pair.rep)?.blocks as KnownBlock[])).toBeGreaterThanOrEqual(
      15 * 250,
    );
    await app.slack.submit(pair.rep);
    await app.bigplan.tick();
    expect(title(app.slack, pair.rep)).toBe('Sent');
    await eventually(() => {
      const [root] = app.slack.channel(pair.channel);
      const whys = root?.replies.find(({ text }) => text.includes('words:'));
      expect(inside(whys ?? { text: '', blocks: [] })).toContain('Read it all');
      expect(app.texts(pair.rep).join()).toContain('February 1:1');
    });
  });
});

/** How many `&` somebody reads in some blocks. */
const ampersands = (blocks: readonly KnownBlock[]): number =>
  blocks
    .flatMap((block) => (block.type === 'section' && block.text ? [block.text.text] : []))
    .join('')
    .split('&amp;').length - 1;

describe('the message', () => {
  it('isn’t sent to somebody who is away, or once it is answered, skipped or closed', async () => {
    const pair = await asked();
    const before = app.texts(pair.rep).length;
    const remind = async () => {
      const review = await findReview(store(), pair.id);
      if (!review) throw new Error('gone');
      await inTransaction(app.db, async (tx) => {
        const order = reviewOrder('prepReminder', idOf(pair.rep), review);
        await store().outbox.enqueue(tx, { ...order, key: `${order.key}:${Math.random()}` });
      });
      await app.bigplan.tick();
      return app.texts(pair.rep).slice(before);
    };
    const away = { workspaceId: TEAM, personId: pair.rep, from: '2027-02-25', to: '2027-02-26' };
    const { id } = await app.db.timeOff.create({
      data: { ...away, addedBy: pair.rep, createdAt: new Date() },
    });
    expect(await remind()).toEqual([]);
    await app.db.timeOff.delete({ where: { id } });
    for (const data of [{ skippedAt: new Date() }, { closedAt: new Date() }]) {
      await app.db.review.update({ where: { id: pair.id }, data });
      expect(await remind()).toEqual([]);
      const none = { skippedAt: null, closedAt: null };
      await app.db.review.update({ where: { id: pair.id }, data: none });
    }
    await elsewhere(pair, 'coverage', 'Done.');
    const [said = '', ...more] = await remind();
    expect(more).toEqual([]);
    expect(said).toContain('*1 of 2 answered* about February. Your 1:1 is Tue');
    expect(said).toContain('this is the last reminder');
    expect(said).toContain(
      'opens Tue, Mar 2, 9:00 AM. Without your view it says “not answered yet”',
    );
    await app.slack.action({
      user: pair.rep,
      actionId: 'review_answer',
      message: app.find(pair.rep, /last reminder/),
    });
    expect(title(app.slack, pair.rep)).toBe('New business');
    await app.slack.submit(pair.rep, noWhy);
    await app.slack.submit(pair.rep);
    expect(app.texts(pair.rep).slice(before).join()).not.toContain('last reminder');
    expect(app.texts(pair.rep).join()).toContain('Your answers about February are sent.');
  });
});

describe('after the deadline', () => {
  let pair: Asked;
  beforeAll(async () => {
    // Of everybody else the days to come cost time and show nothing.
    await app.db.plan.updateMany({ data: { closedAt: new Date() } });
    pair = await asked({ missed: ['newBusiness'] });
    await app.to('2027-03-02', '09:30');
  });

  it('the rep was asked once and reminded once, and the thread says that there is no answer yet', () => {
    expect(app.texts(pair.rep).filter((text) => text.includes('Your 1:1 is'))).toHaveLength(2);
    expect(thread(pair)).toContain('not answered yet');
  });

  it('an answer still goes into the thread, and says before that it will', async () => {
    await press(pair);
    expect(shown(app.slack, pair.rep)).toContain(
      `The thread in your team’s channel (<#${pair.channel}>) is open already: this goes into it`,
    );
    await app.slack.submit(pair.rep, { ...noWhy, words: 'Better late.' });
    expect(shown(app.slack, pair.rep)).toContain('which was opened without it');
    await app.slack.submit(pair.rep);
    await app.bigplan.tick();
    const [root] = app.slack.channel(pair.channel);
    expect(root?.replies.map(inside).join('\n')).toContain('Better late.');
    expect(inside(root ?? { text: '', blocks: [] })).not.toContain('not answered yet');
  });
});
