/** On track, at risk or off track: a table, and what must hold whatever was entered. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Health, KpiLine, Verdict } from '../../../src/review/schemas.ts';
import { healthOf } from '../../../src/review/scorecard/health-rules.ts';

const line = (
  kpi: KpiLine['kpi'],
  verdict: Verdict,
  { share = 1, chance = null }: { share?: number; chance?: number | null } = {},
): KpiLine => ({
  kpi,
  actual: share * 100,
  target: 100,
  verdict,
  tries: null,
  chance,
  cut: null,
  soFar: null,
});

describe('how a month stands', () => {
  it.each<[Verdict, number, number | null, Verdict, Health]>([
    ['met', 1, null, 'met', 'on_track'],
    ['met', 1, null, 'missed', 'on_track'],
    ['met', 1, null, 'unknown', 'on_track'],
    ['short', 0.9, 0.3, 'met', 'on_track'],
    ['short', 0.9, 0.3, 'short', 'on_track'],
    ['short', 0.9, 0.3, 'missed', 'at_risk'],
    ['short', 0.9, 0.3, 'unknown', 'at_risk'],
    // No bookings due yet, but a pipeline asked for.
    ['unknown', 0, null, 'met', 'on_track'],
    ['unknown', 0, null, 'missed', 'at_risk'],
    ['unknown', 0, null, 'unknown', 'at_risk'],
    ['missed', 0.85, 0.04, 'met', 'at_risk'],
    ['missed', 0.85, 0.04, 'missed', 'at_risk'],
    ['missed', 0.7, 0.04, 'short', 'at_risk'],
    ['missed', 0.7, 0.04, 'missed', 'off_track'],
    ['missed', 0.7, 0.04, 'unknown', 'off_track'],
    // Missed at a quarter's end, by no more than chance does.
    ['missed', 0.7, 0.2, 'unknown', 'at_risk'],
  ])(
    'bookings %s at %d (chance %s), coverage %s: %s',
    (bookings, share, chance, coverage, said) => {
      const lines = [line('bookings', bookings, { share, chance }), line('coverage', coverage)];
      expect(healthOf(lines)).toBe(said);
    },
  );

  it('nothing brings back what is far off where no pipeline is asked for', () => {
    const none = { ...line('coverage', 'met'), actual: null };
    const far = line('bookings', 'missed', { share: 0.7, chance: 0.04 });
    expect(healthOf([far, none])).toBe('off_track');
    expect(healthOf([line('bookings', 'short', { share: 0.7, chance: 0.2 }), none])).toBe(
      'on_track',
    );
  });

  it.each<[string, Verdict, number | null, Health]>([
    ['none due', 'unknown', null, 'too_early'],
    ['short within chance', 'short', 0.3, 'too_early'],
    ['met', 'met', null, 'on_track'],
    ['far off, by more than chance', 'missed', 0.04, 'off_track'],
  ])('where no pipeline is asked for yet, bookings %s: %s', (_, bookings, chance, said) => {
    const booked = line('bookings', bookings, { share: 0.7, chance });
    const unasked = { ...line('coverage', 'unknown'), actual: null, target: null };
    expect(healthOf([booked, unasked])).toBe(said);
  });

  it('nothing is judged where neither bookings nor a pipeline are due', () => {
    const none = { ...line('coverage', 'met'), actual: null };
    expect(healthOf([line('bookings', 'unknown', { share: 0 }), none])).toBe('too_early');
  });

  it('saying more never makes it worse than saying nothing', () => {
    const order: readonly Health[] = ['off_track', 'at_risk', 'on_track'];
    const verdicts = fc.constantFrom<Verdict>('met', 'short', 'missed', 'unknown');
    const share = fc.double({ min: 0, max: 1.2, noNaN: true });
    const chance = fc.option(fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(verdicts, verdicts, share, chance, (bookings, coverage, share, chance) => {
        const booked = line('bookings', bookings, { share, chance });
        const silent = healthOf([booked, line('coverage', 'unknown')]);
        const said = healthOf([booked, line('coverage', coverage)]);
        expect(order.indexOf(said)).toBeGreaterThanOrEqual(order.indexOf(silent));
      }),
    );
  });
});
