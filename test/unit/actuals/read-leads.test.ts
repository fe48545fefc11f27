import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLeads } from '../../../src/actuals/leads/read-leads.ts';

// A Thursday.
const context = { locale: 'en-US', today: '2027-03-11' };
const read = (text: string) => readLeads(text, context);
function told(text: string): string {
  const found = read(text);
  if (!found.ok) return '?';
  if (found.kind === 'form') return 'form';
  return `${found.inbound} in, ${found.outbound} out${found.date ? ` on ${found.date}` : ''}`;
}

test.each([
  ['6 inbound 4 outbound', '6 in, 4 out'],
  ['6 in 4 out', '6 in, 4 out'],
  ['4 out 6 in', '6 in, 4 out'],
  ['6in 4out', '6 in, 4 out'],
  ['6 in, 4 out.', '6 in, 4 out'],
  ['6 in / 4 out', '6 in, 4 out'],
  ['in 6 out 4', '6 in, 4 out'],
  ['inbound: 6, outbound: 4', '6 in, 4 out'],
  ['6 inbound leads and 4 outbound leads', '6 in, 4 out'],
  ['6 viable inbound leads', '6 in, 0 out'],
  ['4 ob', '0 in, 4 out'],
  ['6 in and no outbound', '6 in, 0 out'],
  ['no inbound, 4 outbound', '0 in, 4 out'],
  ['no leads', '0 in, 0 out'],
  ['none', '0 in, 0 out'],
  ['0 in 0 out', '0 in, 0 out'],
  ['１２ in', '12 in, 0 out'],
  ['1,200 in', '1200 in, 0 out'],
  ['6 in yesterday', '6 in, 0 out on 2027-03-10'],
  ['6 in 4 out on 3 March', '6 in, 4 out on 2027-03-03'],
  ['on monday 6 in', '6 in, 0 out on 2027-03-08'],
  ['no leads yesterday', '0 in, 0 out on 2027-03-10'],
  ['<@U123ABC|dana> 6 in', '6 in, 0 out'],
  ['', 'form'],
  ['<@U123ABC>', 'form'],
  ['10 leads', '?'],
  ['10', '?'],
  ['6 in 4', '?'],
  ['6 4 in', '?'],
  ['6 in 2 in', '?'],
  ['6/4', '?'],
  ['2.5 in', '?'],
  ['-2 in', '?'],
  ['6in-4out', '?'],
  ['lots', '?'],
  ['leads', '?'],
  ['6 in, Acme', '?'],
  ['99999999 in', '?'],
  ['in', '?'],
  ['6 in yesterday and today', '?'],
])('%j is %s', (text, expected) => {
  expect(told(text)).toBe(expected);
});

test('what was understood of a line is kept', () => {
  expect(read('6 in 4 on 3 March')).toMatchObject({
    ok: false,
    understood: { inbound: 6, outbound: null, date: '2027-03-03' },
  });
  expect(read('<@U123ABC> 6')).toMatchObject({ ok: false, person: 'U123ABC' });
});

test('any two numbers come back, in any order', () => {
  const count = fc.nat(10_000);
  const names = fc.constantFrom(['in', 'out'], ['inbound', 'outbound'], ['ib', 'ob']);
  const parted = fc.constantFrom(' ', ', ', ' and ', ' / ');
  fc.assert(
    fc.property(count, count, names, parted, fc.nat(3), (inbound, outbound, of, mark, order) => {
      const [i, o] = of;
      const pairs = [
        [`${inbound} ${i}`, `${outbound} ${o}`],
        [`${outbound} ${o}`, `${inbound} ${i}`],
        [`${i} ${inbound}`, `${o} ${outbound}`],
        [`${o}: ${outbound}`, `${i}: ${inbound}`],
      ];
      expect(read(pairs[order]?.join(mark) ?? '')).toMatchObject({ ok: true, inbound, outbound });
    }),
  );
});
