import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeText, lines, mention, mrkdwn, raw, toMrkdwn } from '../../../src/slack/text.ts';
import { truncate } from '../../../src/slack/truncate.ts';

describe('escapeText', () => {
  it.each([
    ['<!channel> & <@U123>', '&lt;!channel&gt; &amp; &lt;@U123&gt;'],
    ['<https://evil.example|click>', '&lt;https://evil.example|click&gt;'],
    ['*bold* _it_ ~no~ `code`', '∗bold∗ ˍitˍ ∼no∼ ˋcodeˋ'],
    ['snake_case and 5*3', 'snake_case and 5*3'],
    ['*', '∗'],
    ['Zażółć *gęślą* jaźń', 'Zażółć ∗gęślą∗ jaźń'],
    ['&amp;', '&amp;amp;'],
  ])('%s', (text, escaped) => {
    expect(escapeText(text)).toBe(escaped);
  });

  it('leaves nothing that Slack reads as markup, whatever is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const escaped = escapeText(text);
        expect(escaped).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
        expect(escaped).not.toMatch(/(?<![\p{L}\p{N}])[*_~`]|[*_~`](?![\p{L}\p{N}])/u);
      }),
    );
  });
});

describe('mrkdwn', () => {
  it('escapes what is put in and keeps its own markup and that of another', () => {
    const name = '*Acme* <!here>';
    expect(mrkdwn`*${name}* ${mrkdwn`_${3}_`} ${raw('<https://a.example|a>')}`.mrkdwn).toBe(
      '*∗Acme∗ &lt;!here&gt;* _3_ <https://a.example|a>',
    );
  });

  it('joins the lines that are there', () => {
    expect(lines('a', null, mrkdwn`*b*`, false, '<c').mrkdwn).toBe('a\n*b*\n&lt;c');
  });

  it('mentions user ids only', () => {
    expect(toMrkdwn(mention('U012ABC'))).toBe('<@U012ABC>');
    expect(toMrkdwn(mention('U1> <!channel'))).toBe('U1&gt; &lt;!channel');
  });
});

describe('cut', () => {
  it.each([
    ['short', 5, 'plain_text', 'short'],
    ['longer', 5, 'plain_text', 'long…'],
    ['a 👍👍', 4, 'plain_text', 'a…'],
    ['1 < 2 and more', 8, 'plain_text', '1 < 2 a…'],
    ['a &amp; b', 6, 'mrkdwn', 'a…'],
    ['see <@U123456> now', 9, 'mrkdwn', 'see…'],
    ['see <@U12> now and then', 14, 'mrkdwn', 'see <@U12> no…'],
  ] as const)('%s at %i (%s)', (text, max, type, expected) => {
    expect(truncate(text, max, type)).toBe(expected);
  });

  it('never exceeds the limit, splits no character and marks every cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, max) => {
        const short = truncate(text, max, 'mrkdwn');
        expect(short.length).toBeLessThanOrEqual(max);
        expect(short).not.toMatch(/\p{Surrogate}/u);
        expect(short === text || short.endsWith('…')).toBe(true);
      }),
    );
  });
});
