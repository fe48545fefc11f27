/** The hand-off card at its longest and as people read it. */
import { expect, it } from 'vitest';
import {
  ageText,
  handOffForm,
  handOffKeepersForm,
  handOffLine,
  handOffOldMessage,
  handOffView,
} from '../../src/coaching/hand-off/view.ts';
import { styleWithoutMoney } from '../../src/people/settings/view.ts';
import { checkMessage, checkView } from '../../src/slack/limits.ts';

const now = new Date('2027-03-22T09:00:00Z');
const LONG = '<!channel> & *x* '.repeat(130).slice(0, 1500);
const words = { persona: LONG, promise: LONG, painPoints: LONG, content: LONG, news: LONG };
const card = { words, updatedAt: new Date('2027-03-01T08:00:00Z'), updatedBy: 'U0PAT' };
const style = styleWithoutMoney('en-US');

it('fits, and pings nobody', () => {
  const screen = {
    keepers: ['U0PAT', 'U0QUINN'],
    may: { edit: true, name: true },
    now,
    locale: 'en-US',
  };
  for (const view of [
    handOffView({ card, ...screen }),
    handOffView({ card: null, ...screen, keepers: [] }),
    handOffForm.view({ about: {}, style, raw: words, rev: 'r' }),
    handOffKeepersForm.view({ about: {}, style, raw: { keepers: ['U0PAT'] }, rev: 'r' }),
  ]) {
    expect(checkView(view)).toEqual([]);
  }
  expect(JSON.stringify(handOffView({ card, ...screen }))).not.toContain('<!channel>');
  expect(checkMessage(handOffOldMessage(card, now, 'en-US'))).toEqual([]);
});

it('says its age, and nothing where there is no card', () => {
  expect(ageText(card, now, 'en-US')).toBe('21 days old');
  expect(JSON.stringify(handOffLine(card, now, 'en-US'))).toContain(
    '*Hand-off card* · 21 days old',
  );
  expect(handOffLine(null, now, 'en-US')).toEqual([]);
});
