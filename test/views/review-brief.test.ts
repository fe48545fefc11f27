/** The weekly brief and its forms, at their longest and as people read them. */
import { expect, it } from 'vitest';
import { styleWithoutMoney } from '../../src/people/settings/view.ts';
import type { BriefFigures } from '../../src/review/brief/brief-figures.ts';
import { FUNCTIONS } from '../../src/review/brief/schemas.ts';
import {
  briefForm,
  briefLostMessage,
  briefMessage,
  briefSavedMessage,
  engagementForm,
  engagementSavedMessage,
  engagementUndoneMessage,
} from '../../src/review/brief/view.ts';
import type { Commitment, CommitmentOrigin } from '../../src/review/commitments/store.ts';
import { commitmentForm, commitmentTakenMessage } from '../../src/review/commitments/view.ts';
import { checkMessage, checkView } from '../../src/slack/limits.ts';

const today = '2027-03-15';
const locale = 'en-US';
const LONG = '<!channel> & *x* '.repeat(30).slice(0, 300);

const one = (at: number, changes: Partial<Commitment> = {}): Commitment => ({
  id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
  workspaceId: 'T0',
  ownerId: 'U0PAT',
  text: 'Two webinars',
  due: '2027-03-12',
  origin: { kind: 'sync', function: 'marketing' },
  week: '2027-03-08',
  doneAt: null,
  doneBy: null,
  removedAt: null,
  createdBy: 'U0LEA',
  createdAt: new Date(0),
  ...changes,
});
const figures = (changes: Partial<BriefFigures> = {}): BriefFigures => ({
  settings: {
    workspaceId: 'T0',
    channelId: 'C0SYNC',
    setBy: 'U0LEA',
    weekday: 'mon',
    time: '09:30',
    owners: { marketing: 'U0PAT', pr: 'U0QUINN', sales: null },
  },
  week: today,
  locale,
  weakest: { stage: 'demoToProposal', rate: 0.51, planned: 0.66, tries: 141, before: 0.58 },
  underFour: 23,
  causesOf: '2027-02',
  causes: [
    { cause: 'lead_supply', reps: 5 },
    { cause: 'content', reps: null },
  ],
  engagement: {
    last: {
      counts: { attendance: 42, opens: 310, contentRead: null, earnedMedia: 2 },
      mentions: [
        { title: 'Times: *Planning* beats <hope>', link: 'https://t.example/a|b?c=1&d=2' },
        { title: 'Radio Eins', link: null },
      ],
    },
    before: { attendance: 30, opens: null, contentRead: null, earnedMedia: null },
  },
  former: [one(1, { doneAt: new Date(0) }), one(2)],
  current: [],
  answers: [],
  ...changes,
});
const textOf = (message: ReturnType<typeof briefMessage>) =>
  message.blocks
    .flatMap((block) => (block.type === 'section' ? [block.text?.text ?? ''] : []))
    .join('\n');

it('reads as a meeting begins', () => {
  expect(textOf(briefMessage(figures(), today))).toBe(
    [
      '*Weekly sync · week of Mar 15*',
      '*Demo → proposal* is weakest: 51% over six weeks (plan 66%, 141 tries); 58% in the six weeks before.',
      '*23 prospects* are under four touches and quiet for a week.',
      'Named most in February: too few leads, by 5 · content is missing, by nearly all.',
      '*Engagement last week:* Attended 42 (30 before) · Emails opened 310 · Earned media 2',
      '• <https://t.example/a%7Cb?c=1&amp;d=2|Times: ∗Planning∗ beats &lt;hope&gt;> (t.example)',
      '• Radio Eins',
      '*Taken on before:* 1 of 2 done',
      '✓ <@U0PAT>: Two webinars · by Mar 12',
      '<@U0PAT>: Two webinars · by Mar 12, overdue',
      '*Marketing* · <@U0PAT>: what will you do this week?',
      '*PR* · <@U0QUINN>: what will you do this week?',
      '*Sales* · nobody yet',
    ].join('\n'),
  );
});

it('says what is missing where nothing can be said', () => {
  const nothing = figures({
    weakest: null,
    underFour: null,
    causesOf: null,
    causes: [],
    engagement: { last: null, before: null },
    former: [],
  });
  const text = textOf(briefMessage(nothing, today));
  expect(text).toContain('No stage is under plan by more than chance.');
  expect(text).toContain('nothing was said of last week yet');
  expect(text).not.toMatch(/prospects|Named most|Taken on/);
});

const many = (its: CommitmentOrigin) =>
  Array.from({ length: 20 }, (_, at) => one(at, { text: LONG, origin: its }));
it('everything stays within Slack’s limits, and pings nobody', () => {
  const longest = briefMessage(
    figures({
      former: many({ kind: 'sync', function: 'marketing' }),
      current: FUNCTIONS.flatMap((its) => many({ kind: 'sync', function: its })),
      engagement: {
        last: {
          counts: { attendance: 1e7, opens: 1e7, contentRead: 1e7, earnedMedia: 1e7 },
          mentions: Array.from({ length: 9 }, () => ({
            title: LONG,
            link: `https://t.example/${LONG.slice(0, 280)}`,
          })),
        },
        before: null,
      },
      answers: many({ kind: 'cause', cause: 'marketing_handoff', month: '2027-02' }),
    }),
    today,
  );
  const taken = commitmentTakenMessage(one(1, { text: LONG }), { today, locale });
  const said = {
    counts: { attendance: 1e7, opens: 1e7, contentRead: 1e7, earnedMedia: 1e7 },
    mentions: Array.from({ length: 9 }, () => ({
      title: LONG,
      link: `https://t.example/${LONG}`,
    })),
  };
  const weeks = Array.from({ length: 60 }, () => ({ week: '2027-03-08', was: null, is: said }));
  for (const message of [
    longest,
    taken,
    briefLostMessage(figures().settings),
    engagementSavedMessage(weeks, locale),
    engagementUndoneMessage(weeks, 3, locale),
    briefSavedMessage(figures().settings, locale),
  ]) {
    expect(checkMessage(message)).toEqual([]);
    // What a button stands for stays here: Slack gets an id.
    const shown = JSON.stringify(message, (key, value) => (key === 'value' ? '' : value));
    expect(shown).not.toContain('<!channel>');
  }
  const style = styleWithoutMoney(locale);
  const shown = { style, raw: { isOn: 'on' }, rev: 'r' };
  const origin: CommitmentOrigin = { kind: 'sync', function: 'pr' };
  for (const view of [
    briefForm.view({ about: {}, ...shown }),
    engagementForm.view({
      about: { week: '2027-03-08' },
      ...shown,
      style: { ...shown.style, dateAt: () => today },
    }),
    commitmentForm.view({ about: origin, origin, ...shown, raw: { text: LONG } }),
  ]) {
    expect(checkView(view)).toEqual([]);
  }
});
