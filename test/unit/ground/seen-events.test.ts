import { describe, expect, it } from 'vitest';
import { createSeenEvents } from '../../../src/slack/seen-events.ts';

describe('seen events', () => {
  it('are known for ten minutes', () => {
    let now = 0;
    const seen = createSeenEvents(() => now);
    expect(seen.isNew('a')).toBe(true);
    expect(seen.isNew('a')).toBe(false);
    now = 9 * 60_000;
    expect(seen.isNew('b')).toBe(true);
    expect(seen.isNew('a')).toBe(false);
    now = 10 * 60_000 + 1;
    expect(seen.isNew('a')).toBe(true);
    expect(seen.isNew('b')).toBe(false);
  });

  it('do not grow without end', () => {
    const seen = createSeenEvents(() => 0);
    for (let id = 0; id < 60_000; id++) seen.isNew(String(id));
    expect(seen.isNew('59999')).toBe(false);
    expect(seen.isNew('0')).toBe(true);
  });
});
