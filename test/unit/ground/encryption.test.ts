import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEncryption, parseKeyring } from '../../../src/db/encryption.ts';

const key = (fill: number) => Buffer.alloc(32, fill).toString('base64');
const encryption = createEncryption(parseKeyring(`a:${key(1)}`));
const context = { workspaceId: 'T1', userId: 'U1', field: 'goal' };

describe('an encrypted value', () => {
  it('opens to what it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (plain) => {
        expect(encryption.decrypt(encryption.encrypt(plain, context), context)).toBe(plain);
      }),
    );
  });

  it('is written as version, key, iv, tag and text, and never twice the same', () => {
    const encrypted = encryption.encrypt('250000', context);
    const [version, keyId, iv = '', tag = '', text = ''] = encrypted.split(':');
    expect([version, keyId]).toEqual(['v1', 'a']);
    const lengths = [iv, tag, text].map((part) => Buffer.from(part, 'base64url').length);
    expect(lengths).toEqual([12, 16, 6]);
    expect(encryption.encrypt('250000', context)).not.toBe(encrypted);
    expect(encrypted).not.toContain('250000');
  });

  it.each([
    { ...context, workspaceId: 'T2' },
    { ...context, userId: 'U2' },
    { ...context, field: 'comp' },
  ])('does not open as %o', (other) => {
    const encrypted = encryption.encrypt('250000', context);
    expect(() => encryption.decrypt(encrypted, other)).toThrow();
  });

  it('does not open after any one character was changed', () => {
    const encrypted = encryption.encrypt('250000', context);
    for (let at = 0; at < encrypted.length; at++) {
      const other = encrypted[at] === 'x' ? 'y' : 'x';
      const changed = encrypted.slice(0, at) + other + encrypted.slice(at + 1);
      // The last letter of a part holds bits that base64url drops.
      if (same(changed, encrypted)) continue;
      expect(() => encryption.decrypt(changed, context), changed).toThrow();
    }
  });

  it('does not open with a shorter tag, a shorter iv or a part missing', () => {
    const [version, id, iv = '', tag = '', text = ''] = encryption
      .encrypt('250000', context)
      .split(':');
    const short = (part: string, bytes: number) =>
      Buffer.from(part, 'base64url').subarray(0, bytes).toString('base64url');
    for (const bytes of [0, 4, 8, 12, 15]) {
      const cut = [version, id, iv, short(tag, bytes), text].join(':');
      expect(() => encryption.decrypt(cut, context), `${bytes} bytes`).toThrow();
    }
    expect(() =>
      encryption.decrypt([version, id, short(iv, 8), tag, text].join(':'), context),
    ).toThrow();
    for (const parts of [
      [],
      [version],
      [version, id, iv, tag],
      [version, id, iv, tag, text, 'x'],
    ]) {
      expect(() => encryption.decrypt(parts.join(':'), context)).toThrow('Not a sealed value');
    }
  });
});

describe('the keyring', () => {
  it('opens with every key and seals with the first', () => {
    const old = encryption.encrypt('old', context);
    const rotated = createEncryption(parseKeyring(`b:${key(2)}, a:${key(1)}`));
    expect(rotated.decrypt(old, context)).toBe('old');
    expect(rotated.encrypt('new', context)).toMatch(/^v1:b:/);
    const without = createEncryption(parseKeyring(`b:${key(2)}`));
    expect(() => without.decrypt(old, context)).toThrow('No key a');
  });

  it.each([
    '',
    'a',
    `${key(1)}`,
    `a:${key(1).slice(4)}`,
    `a:${key(1)},a:${key(2)}`,
    `a:${key(1)},`,
    'a:not base64',
  ])('refuses %j and says which setting it is', (text) => {
    expect(() => parseKeyring(text)).toThrow(/^BIGPLAN_ENCRYPTION_KEYS must/);
  });
});

function same(one: string, other: string): boolean {
  const decode = (text: string) =>
    text
      .split(':')
      .map((part, at) => (at < 2 ? part : Buffer.from(part, 'base64url').toString('hex')));
  return decode(one).join() === decode(other).join();
}
