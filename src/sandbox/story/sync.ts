/** What Lena sets up, and what comes of it: the hand-off card, the weekly sync's brief, an answer to a cause. */
import { addDays, mondayOf } from '../../time/local-date.ts';
import type { PostedMessage } from '../slack/conversations.ts';
import type { Hands } from './hands.ts';
import type { Moment } from './moment.ts';

const SYNC = 'C0SYNC';

const CARD = {
  persona: 'Head of operations in manufacturing, 500 people and more. Has three shifts to fill.',
  promise: 'Live in two weeks, beside what they have.',
  painPoints: 'Audits eat a week every quarter. Nobody knows who may run which machine.',
  content: 'https://example.com/brightline-case\nhttps://example.com/audit-checklist',
  news: 'Export to SAP since last month. Velora has raised its prices by a tenth.',
};

/** Lena asks Aisha to keep the card; a month later it is asked whether it still holds. */
export async function keepCard({ lena, aisha, idOf, once }: Moment): Promise<void> {
  await lena.command('card');
  await lena.pressInForm('hand_off_keepers');
  await lena.submit({ keepers: [idOf('aisha')] });
  await lena.close();
  await aisha.command('card');
  await aisha.pressInForm('hand_off_edit');
  await aisha.submit(CARD);
  await aisha.close();
  once({
    who: 'aisha',
    action: 'hand_off_true',
    withinDays: 33,
    answer: (message, people) => people.aisha.press(message, 'hand_off_true'),
  });
}

export async function setBrief({ lena, idOf }: Moment): Promise<void> {
  await lena.command('brief');
  await lena.submit({
    channel: SYNC,
    weekday: 'wed',
    time: '15:00',
    marketing: idOf('aisha'),
    pr: idOf('priya'),
    sales: idOf('max'),
  });
  await lena.close();
}

const LIST = 'Call the webinar’s list of guests within two days';
const COMPARISON = 'A comparison with Velora on one page, from Dana’s notes';

export async function firstSync(moment: Moment): Promise<void> {
  const { aisha } = moment;
  const brief = await briefOf(moment);
  await count(aisha, brief, ['42', '310', '88', '2']);
  await takeOn(moment, aisha, brief, 'marketing', LIST);
}

/** What was taken on is ticked, and more is taken on. */
export async function secondSync(moment: Moment): Promise<void> {
  const { aisha, max } = moment;
  const brief = await briefOf(moment);
  await aisha.press(brief, 'commitment_menu', { beside: LIST, choice: 'Done' });
  await count(aisha, brief, ['37', '342', '104', '1']);
  await takeOn(moment, aisha, brief, 'marketing', COMPARISON);
  await takeOn(moment, max, brief, 'sales', 'One call block a week on the fair’s list');
}

export async function thirdSync(moment: Moment): Promise<void> {
  const { max, aisha } = moment;
  const brief = await briefOf(moment);
  await max.press(brief, 'commitment_menu', { beside: 'the fair’s list', choice: 'Done' });
  await count(aisha, brief, ['51', '298', '97', '3']);
}

/** What is not taken on is left to whoever opens the story. */
export async function lastSync(moment: Moment): Promise<void> {
  const { aisha } = moment;
  const brief = await briefOf(moment);
  await count(aisha, brief, ['46', '355', '131', '2']);
  await takeOn(
    moment,
    aisha,
    brief,
    'marketing',
    'A webinar on audits, with forty seats for manufacturers',
  );
}

/** Lena says who does what about the leads, without knowing who named them; those who did read it. */
export async function answerCause({ lena, idOf, today }: Moment): Promise<void> {
  const cause = await lena.sent('commitment_open', { words: 'Too few leads' });
  await lena.press(cause, 'commitment_open');
  await lena.submit({
    owner: idOf('aisha'),
    text: 'Leads as agreed again: the webinar’s guests are called and handed over within two days',
    due: addDays(today, 25),
  });
  await lena.close();
}

/** The brief of this week: its button names the Monday of the week before. */
function briefOf({ lena, today }: Moment): Promise<PostedMessage> {
  return lena.sent('engagement_open', { channel: SYNC, words: addDays(mondayOf(today), -7) });
}

async function count(hands: Hands, brief: PostedMessage, counts: readonly string[]): Promise<void> {
  const [attendance = '', opens = '', contentRead = '', earnedMedia = ''] = counts;
  await hands.press(brief, 'engagement_open');
  await hands.submit({ attendance, opens, contentRead, earnedMedia });
}

async function takeOn(
  { today }: Moment,
  hands: Hands,
  brief: PostedMessage,
  its: 'marketing' | 'sales',
  text: string,
): Promise<void> {
  await hands.press(brief, `commitment_open.${its}`);
  await hands.submit({ text, due: addDays(today, 6) });
}
