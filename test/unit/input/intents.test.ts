import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { INTENTS, readIntent } from '../../../src/input/intents.ts';
import { runs } from '../../support/property-runs.ts';

const told = (text: string): string => {
  const found = readIntent(text);
  return found ? [found.intent, ...(found.about ? [found.about] : [])].join(': ') : '–';
};

test.each([
  ['thanks', 'thanks'],
  ['Thank you so much!', 'thanks'],
  ['Vielen Dank', 'thanks'],
  ['merci beaucoup', 'thanks'],
  ['muchas gracias', 'thanks'],
  ['hi', 'greeting'],
  ['Good morning!', 'greeting'],
  ['Hallo zusammen', 'greeting'],
  ['bonjour', 'greeting'],
  ['buenos días', 'greeting'],
  ['ok', 'okay'],
  ['👍', 'okay'],
  [':+1:', 'okay'],
  ['alles klar', 'okay'],
  ['help', 'help'],
  ['?', 'help'],
  ['What can you do?', 'help'],
  ["I'm lost", 'help'],
  ['Hilfe', 'help'],
  ['stop', 'stop'],
  ['STOP asking me', 'stop'],
  ['please stop', 'stop'],
  ['unsubscribe', 'stop'],
  ['leave me alone', 'stop'],
  ['no more check-ins', 'stop'],
  ['hör auf', 'stop'],
  ['arrête', 'stop'],
  ['basta', 'stop'],
  ['pause', 'pause'],
  ['pause everything', 'pause'],
  ['pause until Monday', 'pause: until Monday'],
  ['stop until 20 March', 'pause: until 20 March'],
  ['pausieren bis Freitag', 'pause: bis Freitag'],
  ['skip', 'skip'],
  ['skip today', 'skip'],
  ['not today', 'skip'],
  ['heute nicht', 'skip'],
  ['sick', 'away'],
  ["I'm sick", 'away'],
  ['sick tomorrow', 'away: tomorrow'],
  ['krank', 'away'],
  ['je suis malade', 'away'],
  ['estoy enferma', 'away'],
  ['off friday', 'away: friday'],
  ['ooo until wednesday', 'away: until wednesday'],
  ["I'm on vacation 5 - 16 July", 'away: 5 - 16 July'],
  ['taking friday off', 'away: friday'],
  ['Urlaub', 'away'],
  ['what is my target?', 'target'],
  ["What's my quota", 'target'],
  ['target', 'target'],
  ['how many calls do I need today?', 'target'],
  ['Was ist mein Ziel?', 'target'],
  ['quel est mon objectif ?', 'target'],
  ['¿cuál es mi objetivo?', 'target'],
  ['how am I doing?', 'status'],
  ['hey, how am I doing this month', 'status'],
  ['am I on track?', 'status'],
  ['Wie stehe ich?', 'status'],
  ['où en suis-je ?', 'status'],
  ['¿cómo voy?', 'status'],
  ['I lost the Acme deal', 'lost: Acme'],
  ['lost Acme', 'lost: Acme'],
  ['called Acme about pricing', 'touch: called Acme about pricing'],
  ['I met Globex', 'touch: met Globex'],
  ['calling in sick', 'away'],
  ['we just lost Acme Robotics', 'lost: Acme Robotics'],
  ['Acme churned', 'lost: Acme'],
  ['ich habe Acme verloren', 'lost: Acme'],
  ["j'ai perdu le contrat Acme", 'lost: Acme'],
  ['won Acme 24k new', 'won: Acme 24k new'],
  ['signed Acme for 24k new', 'won: Acme for 24k new'],
  ['We just closed Acme 24k new!', 'won: Acme 24k new'],
  ['Acme signed', 'won: Acme'],
  ['Acme gewonnen', 'won: Acme'],
])('%j is %s', (text, expected) => {
  expect(told(text)).toBe(expected);
});

test.each([
  '25 calls',
  'nothing',
  'no calls',
  '25 unicorns',
  'the customer asked for a discount and I said that I would think about it',
  '',
  ' ',
  '3 lunches with Bob',
  'x'.repeat(900),
])('%j is none of them', (text) => {
  expect(told(text)).toBe('–');
});

describe('whatever is written', () => {
  it('is answered at once', () => {
    const words = fc.constantFrom(
      ...'i we stop until pause how am doing the Acme deal lost won sick off thanks ? ! , my target is what 25 calls'.split(
        ' ',
      ),
    );
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.array(words, { maxLength: 60 }).map((all) => all.join(' ')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const found = readIntent(text);
        if (found) expect(INTENTS).toContain(found.intent);
      }),
      { numRuns: runs(500) },
    );
  });
});
