/** The rep is asked first: what they are told, how they answer in forms that lose nothing, and send once. */
import type { KnownBlock, ModalView } from '@slack/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STAGES } from '../../src/activity/pace/stage-rate-rules.ts';
import { addEpisode, findEpisode, saveEpisode } from '../../src/activity/store.ts';
import { lockPerson } from '../../src/db/lock-people.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { ensureTeam, setChannel } from '../../src/people/store.ts';
import { reviewOrder } from '../../src/review/deliveries.ts';
import { keepTypedAnswer as keepTyped } from '../../src/review/prep/answer-review.ts';
import { spansOf } from '../../src/review/schedule/rules.ts';
import type { Scorecard as Card, Kpi, Topic } from '../../src/review/schemas.ts';
import { askedNow, reviewPlan } from '../../src/review/scorecard/review-plan.ts';
import {
  answersOf,
  ensureReview,
  findReview,
  saveAnswer,
  saveReview,
} from '../../src/review/store.ts';
import { isMoney } from '../../src/review/words-view.ts';
import { everyDayDraft, mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, forged, inside, startDayApp } from '../support/day-app.ts';
import { eventually } from '../support/eventually.ts';
import { buttonsOf, initial, shown, type TestPair, title } from '../support/plan-app.ts';
import { sendGiven } from '../support/reviews-due.ts';
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
  const { clock, outbox } = store();
  const id = await inTransaction(app.db, async (tx) => {
    await lockPerson(tx, idOf(rep));
    const inTx = { ...app.bigplan.context, db: tx };
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

/** What is filled in about a topic, by the fields' paths. */
const about = (topic: Topic, entry: Record<string, string | string[]>) =>
  Object.fromEntries(Object.entries(entry).map(([part, value]) => [`${topic}.${part}`, value]));
const both = (entry: Record<string, string | string[]> = noWhy) => ({
  ...about('newBusiness', entry),
  ...about('coverage', entry),
});
const words = (topic: Topic, user: string) => initial(app.slack, user, `${topic}.words`);

/** Says something about a topic as another window would, a moment from now. */
const elsewhere = (pair: Asked, topic: Topic, words: string) =>
  keepTyped(
    store(),
    idOf(pair.rep),
    { reviewId: pair.id, window: 'phone', topic },
    { causes: ['market'], words, proposal: null },
    new Date(Date.now() + 1_000),
  );

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
    expect(words).toContain(
      'About new business and coverage: 2 questions in one form, about two minutes.',
    );
    expect(words).toContain('Your manager sees them together');
    expect(buttonsOf(prep(pair)).slice(0, 2)).toEqual(['review_answer', 'review_move_open']);
    const toManager = app.texts(pair.manager);
    expect(toManager.filter((text) => !text.startsWith('Your 1:1 with'))).toEqual([]);
  });

  it('reads what the channel will, and why: their own target is another', () => {
    expect(inside(prep(pair))).toContain(
      'All at quota, as your team’s channel reads it: your income goal stays with you and your manager.',
    );
  });

  it('gets one form for all of it, which says where it goes', async () => {
    await press(pair);
    expect(title(app.slack, pair.rep)).toBe('February: your view');
    const form = shown(app.slack, pair.rep);
    expect(form).toContain('*New business 64k of 101k* (1 of 2)');
    expect(form).toContain('*Coverage 2.4X of 3.25X* (2 of 2)');
    expect(form).toContain(
      `Goes to your team’s channel (<#${pair.channel}>) with the figures when you send it. Kept as you type.`,
    );
    expect(form).toContain('nobody else is ever shown it');
    expect(form).not.toContain('calls.words');
  });

  it('may explain what nobody asks about, whole or not at all', async () => {
    app.slack.fill(pair.rep, about('newBusiness', { words: 'Inbound brought 3 of 6.' }));
    await app.slack.action({ user: pair.rep, actionId: 'review_answer_go.more', enter: 'calls' });
    expect(shown(app.slack, pair.rep)).toContain('*Calls 184 of 270*: nobody asks about this one.');
    expect(shown(app.slack, pair.rep)).not.toContain('Nothing else needs explaining.');
    expect(words('newBusiness', pair.rep)).toBe('Inbound brought 3 of 6.');
    app.slack.fill(pair.rep, { note: 'Zephyr pays better.' });
    const half = { ...both(), ...about('calls', { words: 'Zephyr’s dialer.' }) };
    const { body } = await app.slack.submit(pair.rep, half);
    expect(Object.entries(errorsOf({ body }))).toEqual([
      [expect.stringMatching(/^calls\.causes:/), 'Pick at least one: several may apply.'],
    ]);
    expect(await answers(pair.id)).toEqual([]);
  });

  it('can leave it and come back to it: the question says how far it is', async () => {
    for (const [path, enter] of [
      ['newBusiness.causes', ['lead_supply', 'content']],
      ['newBusiness.words', 'Inbound brought 3 of 6.'],
      ['newBusiness.proposal', 'Four outbound leads a week.'],
      ['note', 'Zephyr pays better.'],
    ] as const) {
      await type(pair.rep, path, typeof enter === 'string' ? enter : [...enter]);
    }
    await app.slack.closeModal(pair.rep);
    await eventually(() => expect(inside(prep(pair))).toContain('*1 of 2* answered so far'));
    await press(pair);
    expect(words('newBusiness', pair.rep)).toBe('Inbound brought 3 of 6.');
    expect(initial(app.slack, pair.rep, 'note')).toBe('Zephyr pays better.');
    expect(initial(app.slack, pair.rep, 'named')).toBeUndefined();
    expect(thread(pair)).toBe('');
  });

  it('sends it once, however often they click; the message turns into a record', async () => {
    await app.slack.action({ user: pair.rep, actionId: 'review_answer_go.more', enter: 'calls' });
    const entry = {
      ...about('coverage', { causes: ['market'], words: 'Two deals slipped.' }),
      ...about('calls', { causes: ['tools_and_data'], words: 'Zephyr’s dialer.' }),
      named: ['yes'],
    };
    await Promise.all([app.slack.submit(pair.rep, entry), app.slack.submit(pair.rep, entry)]);
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
    expect(buttonsOf(prep(pair))).toEqual([
      'review_answer',
      'promise_ask_open',
      'review_move_open',
    ]);
    expect(thread(pair)).toContain('Inbound brought 3 of 6.');
    expect(thread(pair)).toContain('Four outbound leads a week.');
    expect(thread(pair)).toContain('Two deals slipped.');
    expect(thread(pair)).toContain('Zephyr’s dialer.');
  });

  it('can read what was sent, and nothing can be changed any more', async () => {
    await app.slack.closeModal(pair.rep);
    await press(pair);
    expect(title(app.slack, pair.rep)).toBe('Sent');
    expect(shown(app.slack, pair.rep)).toContain('Zephyr’s dialer.');
    expect(app.slack.modal(pair.rep)?.submit).toBeUndefined();
    const outcome = await sendGiven(store(), idOf(pair.rep), pair.id);
    expect(outcome).toMatchObject({ kind: 'sent', already: true, review: { named: true } });
    await elsewhere(pair, 'coverage', 'Too late');
    expect(await said(pair.id)).toMatchObject({ coverage: 'Two deals slipped.' });
  });

  it('reads what they noted for themselves, and nobody else ever does', async () => {
    expect(shown(app.slack, pair.rep)).toContain('*For yourself,* and nobody else:');
    expect(shown(app.slack, pair.rep)).toContain('Zephyr pays better.');
    const everything = JSON.stringify([app.slack.channel(pair.channel), app.texts(pair.manager)]);
    expect(everything).toContain('dialer');
    expect(everything).not.toContain('pays better');
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
    await type(pair.rep, 'newBusiness.causes', ['market']);
    await type(pair.rep, 'newBusiness.words', 'Half a');
    await app.slack.closeModal(pair.rep);
    await app.restart();
    await press(pair);
    expect(initial(app.slack, pair.rep, 'newBusiness.causes')).toEqual(['market']);
    expect(words('newBusiness', pair.rep)).toBe('Half a');
    expect(await answers(pair.id)).toEqual([]);
    await app.slack.submit(pair.rep, about('coverage', noWhy));
    expect(await said(pair.id)).toEqual({ newBusiness: 'Half a', coverage: 'Because.' });
  });

  it('comes out right where strokes overtake each other', async () => {
    const pair = await asked();
    const start = Date.now() - 60_000;
    const at = (ms: number) => new Date(start + ms);
    const place = { reviewId: pair.id, window: 'here', topic: 'coverage' as const };
    const typed = (words: string) => ({ causes: [], words, proposal: null });
    await keepTyped(store(), idOf(pair.rep), place, typed('abc'), at(3));
    await keepTyped(store(), idOf(pair.rep), place, typed('ab'), at(2));
    await press(pair);
    expect(words('coverage', pair.rep)).toBe('abc');
    await type(pair.rep, 'coverage.words', 'abcd');
    await app.slack.closeModal(pair.rep);
    await press(pair);
    expect(words('coverage', pair.rep)).toBe('abcd');
  });

  it('may be longer than can be saved: it says so at its field, and stays', async () => {
    const pair = await asked();
    await press(pair);
    const emoji = '🙂'.repeat(600);
    const ack = await app.slack.submit(pair.rep, both({ causes: ['market'], words: emoji }));
    expect(Object.keys(errorsOf(ack))).toEqual([
      expect.stringMatching(/^newBusiness\.words:/),
      expect.stringMatching(/^coverage\.words:/),
    ]);
    await type(pair.rep, 'newBusiness.words', emoji);
    await press(pair);
    expect(String(words('newBusiness', pair.rep))).toMatch(/🙂…$/);
  });
});

describe('a form', () => {
  it('says what is missing at its field, with everything else kept', async () => {
    const pair = await asked();
    await press(pair);
    const entry = { ...both(), ...about('coverage', { words: '   ' }) };
    const ack = await app.slack.submit(pair.rep, entry);
    expect(Object.entries(errorsOf(ack))).toEqual([
      [expect.stringMatching(/^coverage\.words:/), 'Please fill this in.'],
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
    expect(initial(app.slack, pair.rep, 'calls.causes')).toEqual(['tools_and_data']);
    expect(words('calls', pair.rep)).toBe('The dialer.');
    expect(shown(app.slack, pair.rep)).toContain('You named this on Feb 10');
    expect(await answers(pair.id)).toEqual([]);
  });

  it('asks what worked where nothing is missed, and needs words alone', async () => {
    const pair = await asked({}, { hasChannel: false });
    expect(inside(prep(pair))).not.toContain('missed');
    expect(inside(prep(pair))).toContain('What worked, and what to share?');
    await press(pair);
    expect(shown(app.slack, pair.rep)).toContain('*February: nothing to explain.*');
    expect(shown(app.slack, pair.rep)).toContain(`Goes to <@${pair.manager}> with the figures`);
    expect(shown(app.slack, pair.rep)).not.toContain('Leaders may see');
    const worked = { words: 'The webinar list.', proposal: 'Share the list.' };
    await app.slack.submit(pair.rep, about('worked', worked));
    expect(title(app.slack, pair.rep)).toBe('Sent');
    expect(shown(app.slack, pair.rep)).toContain('What would help a colleague:\\n>Share the list.');
    expect(await findReview(store(), pair.id)).toMatchObject({ named: false });
  });
});

describe('forms of a former version, one for each topic', () => {
  const former = async (pair: Asked, callback: string, topic?: Topic) => {
    await press(pair);
    const open = app.slack.modal(pair.rep);
    if (!open) throw new Error('nothing is open');
    const base = 'x';
    const input = (path: string): KnownBlock => ({
      type: 'input',
      block_id: `${path}:1`,
      label: { type: 'plain_text', text: path },
      optional: true,
      dispatch_action: true,
      element: { type: 'plain_text_input', action_id: `review_answer_typed.${path}` },
    });
    Object.assign(open, {
      callback_id: callback,
      private_metadata: JSON.stringify({
        submissionId: '0198f3a2-7b1c-7e2d-9a5b-1c2d3e4f5a6b',
        about: { reviewId: pair.id, base, ...(topic && { topic }) },
      }),
      blocks: topic ? [input('words')] : [],
    } satisfies Partial<ModalView>);
  };

  it('give what is typed in them to the one form, whether they are sent or left', async () => {
    const pair = await asked();
    await former(pair, 'review_why', 'coverage');
    await type(pair.rep, 'words', 'Typed before.');
    await app.slack.closeModal(pair.rep);
    await former(pair, 'review_why', 'newBusiness');
    await app.slack.submit(pair.rep, { words: 'Sent before.' });
    expect(title(app.slack, pair.rep)).toBe('February: your view');
    expect(words('coverage', pair.rep)).toBe('Typed before.');
    expect(words('newBusiness', pair.rep)).toBe('Sent before.');
    expect(await answers(pair.id)).toEqual([]);
  });

  it('that would have sent show all of it once more, with what was given then', async () => {
    const pair = await asked();
    const review = await findReview(store(), pair.id);
    if (!review) throw new Error('gone');
    const given = { causes: ['market' as const], words: 'Given.', proposal: null };
    await saveAnswer(store(), review, { topic: 'coverage', ...given, updatedAt: new Date() });
    await former(pair, 'review_send');
    await app.slack.submit(pair.rep);
    expect(title(app.slack, pair.rep)).toBe('February: your view');
    expect(words('coverage', pair.rep)).toBe('Given.');
    await app.slack.submit(pair.rep, about('newBusiness', noWhy));
    expect(await said(pair.id)).toEqual({ newBusiness: 'Because.', coverage: 'Given.' });
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

  const enter = async (entry: Record<string, string | string[]>) => {
    await app.press(pair.rep, 'actuals_update', { message: prep(pair) });
    await app.slack.submit(pair.rep, entry);
    await app.bigplan.tick();
  };

  it('can be entered from the question, all in one form, which then shows it', async () => {
    expect(inside(prep(pair))).toContain('– Coverage: not entered yet');
    expect(inside(prep(pair))).toContain('Won or lost anything? Pipeline today?');
    expect(buttonsOf(prep(pair))).toEqual(['review_answer', 'review_move_open', 'actuals_update']);
    const before = inside(prep(pair));
    await enter({ newBusiness: '2m' });
    await eventually(() => expect(inside(prep(pair))).toContain('✓ met: Coverage'));
    expect(inside(prep(pair))).toContain('✓ Pipeline $2.0M today');
    expect(inside(prep(pair)).split('\n')[0]?.slice(0, 40)).toBe(before.slice(0, 40));
    await enter({ deals: 'Acme 900k new' });
    await eventually(() => expect(inside(prep(pair))).toContain('✓ met: Bookings 900k'));
    expect(inside(prep(pair))).toContain('What worked, and what to share?');
  });

  it.each(['pipeline_add', 'leads_add', 'deal_add'])(
    'can still be entered by the button of a former version: %s',
    async (actionId) => {
      const message = forged(prep(pair), actionId, pair.rep);
      await app.press(pair.rep, actionId, { message });
      expect(app.slack.modal(pair.rep)).toBeDefined();
      await app.slack.closeModal(pair.rep);
    },
  );

  it('is in the forms at once, whatever the clock', async () => {
    const review = await findReview(store(), pair.id);
    const { id } = await app.db.deal.findFirstOrThrow({ where: { repId: pair.rep } });
    await app.db.deal.delete({ where: { id } });
    await press(pair);
    expect(shown(app.slack, pair.rep)).not.toContain('nothing to explain');
    expect((await findReview(store(), pair.id))?.asked).not.toEqual(review?.asked);
    await app.slack.closeModal(pair.rep);
  });
});

describe('another window', () => {
  it('that was quicker with another answer is shown, and neither is lost', async () => {
    const pair = await asked();
    await press(pair);
    await elsewhere(pair, 'newBusiness', 'From the phone.');
    await app.slack.submit(pair.rep, both());
    expect(shown(app.slack, pair.rep)).toContain('Nothing is sent yet');
    expect(shown(app.slack, pair.rep)).toContain('You answered this in another window meanwhile');
    expect(shown(app.slack, pair.rep)).toContain('>From the phone.');
    expect(words('newBusiness', pair.rep)).toBe('Because.');
    expect(await answers(pair.id)).toEqual([]);
    await app.slack.action({ user: pair.rep, actionId: 'review_answer_use.newBusiness' });
    expect(words('newBusiness', pair.rep)).toBe('From the phone.');
    expect(words('coverage', pair.rep)).toBe('Because.');
    await app.slack.submit(pair.rep, about('newBusiness', { words: 'Both.' }));
    expect(title(app.slack, pair.rep)).toBe('Sent');
    expect(await said(pair.id)).toEqual({ newBusiness: 'Both.', coverage: 'Because.' });
  });

  it('is overruled by what is sent once it was seen', async () => {
    const pair = await asked({ missed: ['newBusiness'] });
    await press(pair);
    await elsewhere(pair, 'newBusiness', 'From the phone.');
    await app.slack.submit(pair.rep, about('newBusiness', noWhy));
    await app.slack.submit(pair.rep);
    expect(title(app.slack, pair.rep)).toBe('Sent');
    expect(await said(pair.id)).toEqual({ newBusiness: 'Because.' });
  });

  it('that says the same, or was there before, is in nobody’s way', async () => {
    const pair = await asked({ missed: ['newBusiness'] });
    await elsewhere(pair, 'newBusiness', 'Before.');
    await press(pair);
    expect(words('newBusiness', pair.rep)).toBe('Before.');
    await app.slack.submit(pair.rep, about('newBusiness', { words: 'After.' }));
    expect(title(app.slack, pair.rep)).toBe('Sent');
    expect(await said(pair.id)).toEqual({ newBusiness: 'After.' });
  });

  it('that sent everything leaves the words in the form that comes too late', async () => {
    const pair = await asked({ missed: ['newBusiness'] });
    await press(pair);
    const review = await findReview(store(), pair.id);
    if (!review) throw new Error('gone');
    const given = { causes: ['market' as const], words: 'Sent.', proposal: null };
    await saveAnswer(store(), review, { topic: 'newBusiness', ...given, updatedAt: new Date() });
    await sendGiven(store(), idOf(pair.rep), pair.id);
    const ack = await app.slack.submit(pair.rep, about('newBusiness', noWhy));
    const [field, told] = Object.entries(errorsOf(ack))[0] ?? [];
    expect(field).toMatch(/^newBusiness\.causes:/);
    expect(told).toContain('You sent your answers about February on Feb 25.');
    expect(told).toContain('copy it from here');
    await type(pair.rep, 'newBusiness.words', 'Later');
    expect(await said(pair.id)).toEqual({ newBusiness: 'Sent.' });
  });

  it('shows what is asked by now where that has changed, with everything kept', async () => {
    const pair = await asked({ missed: ['newBusiness'] });
    await press(pair);
    const review = await findReview(store(), pair.id);
    if (!review?.asked) throw new Error('gone');
    const { card } = review.asked;
    const topics: Topic[] = ['newBusiness', 'coverage'];
    const missed = { ...review.asked, topics, card: judged(card, ['newBusiness', 'coverage'], []) };
    await inTransaction(app.db, (tx) =>
      saveReview({ db: tx, encryption: store().encryption }, { ...review, asked: missed }),
    );
    await app.slack.submit(pair.rep, about('newBusiness', noWhy));
    expect(shown(app.slack, pair.rep)).toContain('what is asked about has changed');
    expect(words('newBusiness', pair.rep)).toBe('Because.');
    await app.slack.submit(pair.rep, about('coverage', noWhy));
    expect(title(app.slack, pair.rep)).toBe('Sent');
  });
});

describe('a review that is over meanwhile', () => {
  it.each([
    ['skippedAt', 'The 1:1 about February is skipped.'],
    ['closedAt', 'The review of February is closed.'],
  ] as const)('%s: the form says so kindly and what was written is kept', async (field, told) => {
    const pair = await asked({ missed: ['newBusiness'] });
    await press(pair);
    await app.db.review.update({ where: { id: pair.id }, data: { [field]: new Date() } });
    const ack = await app.slack.submit(pair.rep, about('newBusiness', noWhy));
    expect(Object.values(errorsOf(ack))[0]).toBe(
      `${told} What you wrote is kept, in case it is taken up again.`,
    );
    await app.slack.closeModal(pair.rep);
    await press(pair);
    expect(app.told(pair.rep)).toBe(told);
    expect(app.slack.modal(pair.rep)).toBeUndefined();
    await app.db.review.update({ where: { id: pair.id }, data: { [field]: null } });
    await press(pair);
    expect(words('newBusiness', pair.rep)).toBe('Because.');
    await app.slack.closeModal(pair.rep);
    await app.leave(pair.rep);
  });

  it('has no thread to send to once its plan is closed: the answers are kept', async () => {
    const pair = await asked({ missed: ['newBusiness'] });
    await press(pair);
    for (const [path, enter] of Object.entries(about('newBusiness', noWhy))) {
      await type(pair.rep, path, enter);
    }
    await app.leave(pair.rep);
    const ack = await app.slack.submit(pair.rep);
    expect(Object.values(errorsOf(ack))[0]).toContain('Your answers are kept.');
    expect((await findReview(store(), pair.id))?.answeredAt).toBeNull();
    expect(await answers(pair.id)).toEqual([]);
    await app.slack.closeModal(pair.rep);
    await press(pair);
    expect(words('newBusiness', pair.rep)).toBe('Because.');
  });
});

describe('nobody else', () => {
  it('answers, types or sends: not the manager, not another rep', async () => {
    const pair = await asked();
    const other = await asked();
    await elsewhere(pair, 'newBusiness', 'Mine.');
    for (const [user, told] of [
      [pair.manager, 'Only the rep answers that: it is their view first.'],
      [other.rep, 'only the two of them can do that'],
      ['U0LEADER', 'only the two of them can do that'],
    ] as const) {
      await press(pair, user);
      expect(app.told(user), user).toContain(told);
      expect(app.slack.modal(user)).toBeUndefined();
    }
    await press(other);
    const view = app.slack.modal(other.rep);
    if (view) view.private_metadata = view.private_metadata?.replace(other.id, pair.id) ?? '';
    await type(other.rep, 'newBusiness.words', 'Theirs');
    await type(other.rep, 'note', 'Theirs');
    const { body } = await app.slack.submit(other.rep, both());
    expect(JSON.stringify(body)).toContain('only the two of them');
    expect(await answers(pair.id)).toEqual([]);
    expect(await app.db.reviewAnswer.count({ where: { reviewId: pair.id } })).toBe(1);
    await expect(sendGiven(store(), idOf(pair.manager), pair.id, true)).rejects.toMatchObject({
      code: 'not_yours',
    });
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
    const missed: Kpi[] = ['leads', 'renewal', 'expansion'];
    const pair = await asked({ missed });
    expect(inside(prep(pair))).toContain('3 questions in one form, about two minutes');
    await press(pair);
    const long = '&<>\n'.repeat(250);
    const whys = missed.map((kpi, at) =>
      about(kpi, {
        causes: ['lead_supply', 'plan_assumption', 'own_execution'],
        // Answers that are the same stand in the thread once: another one, so that it has to be cut.
        words: at === 1 ? `${long.slice(0, -1)}.` : long,
        proposal: LONG,
      }),
    );
    const { body } = await app.slack.submit(pair.rep, {
      ...Object.assign({}, ...whys),
      note: LONG,
    });
    expect(errorsOf({ body })).toEqual({});
    await app.bigplan.tick();
    expect(title(app.slack, pair.rep)).toBe('Sent');
    expect(ampersands(app.slack.modal(pair.rep)?.blocks as KnownBlock[])).toBeGreaterThanOrEqual(
      3 * 250,
    );
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
    expect(words('coverage', pair.rep)).toBe('Done.');
    await app.slack.submit(pair.rep, about('newBusiness', noWhy));
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
    await app.slack.submit(pair.rep, about('newBusiness', { ...noWhy, words: 'Better late.' }));
    await app.bigplan.tick();
    const [root] = app.slack.channel(pair.channel);
    expect(root?.replies.map(inside).join('\n')).toContain('Better late.');
    expect(inside(root ?? { text: '', blocks: [] })).not.toContain('not answered yet');
  });
});
