/** What is drawn has glyphs, and is at most as wide as was estimated. */
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { drawable, drawnLocale, fitText, textWidth } from '../../../src/charts/drawn-text.ts';
import { chartMonth, monthLabels } from '../../../src/charts/words.ts';
import { runs } from '../../support/property-runs.ts';
import { LOCALES, words } from './arbitraries.ts';
import { hasGlyph, trueWidth } from './font-file.ts';

/** Drawing takes a tenth of this, but for a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

const MONTHS = Array.from({ length: 12 }, (_, i) => `2027-${String(i + 1).padStart(2, '0')}`);

describe('a text', () => {
  test('is drawn with glyphs that the fonts have, in one line', () => {
    fc.assert(
      fc.property(words, (text) => {
        const drawn = drawable(text);
        expect(Array.from(drawn).filter((character) => !hasGlyph(character))).toEqual([]);
        expect(drawn).not.toMatch(/[\p{Cc}\p{Cs}\n]/u);
      }),
      { numRuns: runs(300) },
    );
  });

  test('is never wider than estimated, nor than its room', () => {
    fc.assert(
      fc.property(words, fc.boolean(), fc.integer({ min: 30, max: 700 }), (text, bold, room) => {
        const font = { size: 22, bold };
        const drawn = drawable(text);
        expect(trueWidth(drawn, font)).toBeLessThanOrEqual(textWidth(drawn, font) + 1e-9);
        expect(trueWidth(fitText(text, font, room), font)).toBeLessThanOrEqual(room);
      }),
      { numRuns: runs(300) },
    );
  });

  test.each([
    ['plain words are left alone', 'New business', 'New business'],
    ['lines become one', ' a\n\tb ', 'a b'],
    ['what lacks glyphs is a box', '日本 Calls', '□ Calls'],
    ['nothing turns the line around', 'a\u202Eb', 'ab'],
    ['marks do not pile up', `e${'\u0301'.repeat(9)}`, 'é'],
  ])('%s', (_, text, drawn) => expect(drawable(text)).toBe(drawn));

  test('is cut visibly', () => {
    expect(fitText('Proposals that were sent', { size: 22 }, 140)).toBe('Proposals…');
  });

  test('is estimated close enough to use the room', () => {
    for (const text of ['New business', 'March: 160k of 189k quota · 85%', 'none planned']) {
      expect(textWidth(text, { size: 22 })).toBeLessThan(1.15 * trueWidth(text, { size: 22 }));
    }
  });
});

describe('the locale of what is drawn', () => {
  test.each(LOCALES)('%j has glyphs for its months', (locale) => {
    for (const month of MONTHS) {
      for (const style of ['letter', 'short', 'shortYear', 'long'] as const) {
        const name = chartMonth(month, drawnLocale(locale), style);
        expect(drawable(name)).toBe(name.replaceAll(/\s/gu, ' '));
      }
    }
  });

  test.each([
    ['fr-FR', 'fr-FR'],
    ['ru', 'ru'],
    ['ja-JP', 'en'],
    ['ar-EG', 'en'],
    ['en-u-nu-deva', 'en'],
  ])('%s is drawn as %s', (locale, drawn) => expect(drawnLocale(locale)).toBe(drawn));
});

describe('months under their bars', () => {
  test('are short names where there is room, else letters, else some of them', () => {
    expect(monthLabels(MONTHS, 'en', 60).slice(0, 3)).toEqual(['Jan', 'Feb', 'Mar']);
    expect(monthLabels(MONTHS, 'en', 30).slice(0, 3)).toEqual(['J', 'F', 'M']);
    expect(monthLabels(MONTHS, 'en', 15).slice(0, 3)).toEqual(['J', '', 'M']);
  });

  test('in the language of what stands around them', () => {
    expect(monthLabels(MONTHS, 'fr', 90).slice(0, 2)).toEqual(['Jan', 'Feb']);
  });
});
