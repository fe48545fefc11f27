import { describe, expect, it } from 'vitest';
import { createRecent } from '../../../src/slack/recent.ts';

describe('what was noted', () => {
  it('is known for its time, which a new value doesn’t lengthen', () => {
    let now = 0;
    const recent = createRecent<number>({ keepMs: 600, max: 10, now: () => now });
    expect(recent.get('a')).toBe(undefined);
    recent.set('a', 1);
    now = 599;
    recent.set('b', 2);
    recent.set('a', 3);
    expect(recent.get('a')).toBe(3);
    now = 600;
    expect(recent.get('a')).toBe(undefined);
    expect(recent.get('b')).toBe(2);
  });

  it('does not grow without end', () => {
    const recent = createRecent<number>({ keepMs: 600, max: 1000, now: () => 0 });
    for (let id = 0; id < 3000; id++) recent.set(String(id), id);
    expect(recent.get('2999')).toBe(2999);
    expect(recent.get('2000')).toBe(2000);
    expect(recent.get('1999')).toBe(undefined);
  });
});
