import { expect, test } from 'vitest';
import { readPipeline } from '../../../src/actuals/pipeline/read-pipeline.ts';

const context = { locale: 'en-US', currency: 'USD', digits: 2, today: '2027-03-11' };
function told(text: string): string {
  const { amounts, date, problem } = readPipeline(text, context);
  const { renewal, expansion, newBusiness } = amounts;
  const parts = [
    renewal && `r ${renewal}`,
    expansion && `e ${expansion}`,
    newBusiness && `n ${newBusiness}`,
    date,
  ];
  return `${parts.filter(Boolean).join(' | ')}${problem ? ' ?' : ''}`;
}

test.each([
  ['', ''],
  ['300k new', 'n 300k'],
  ['300k new 80k expansion', 'e 80k | n 300k'],
  ['300k new, 80k expansion and 120k renewals', 'r 120k | e 80k | n 300k'],
  ['new 300k expansion 80k', 'e 80k | n 300k'],
  ['new business: 300,000; expansion: 80,000', 'e 80,000 | n 300,000'],
  ['300 000 new 80 500 expansion', 'e 80 500 | n 300 000'],
  ['$300k in new business', 'n $300k'],
  ['0 new', 'n 0'],
  ['300k new on 28 Feb', 'n 300k | 2027-02-28'],
  ['yesterday 300k new', 'n 300k | 2027-03-10'],
  ['300k', ' ?'],
  ['new', ' ?'],
  ['300k new 80k', ' ?'],
  ['300k new 80k new', 'n 300k ?'],
  ['€300k new', 'n €300k ?'],
  ['300 new', 'n 300'],
  ['30 new', 'n 30 ?'],
  ['lots of new', 'n lots ?'],
  ['@dana 300k new', ' ?'],
])('%j is %s', (text, expected) => {
  expect(told(text)).toBe(expected);
});

test('says for whom', () => {
  expect(readPipeline('<@U123ABC|dana> 300k new', context).person).toBe('U123ABC');
});
