import { expect, test } from 'vitest';
import { nearestOf } from '../../../src/input/nearest.ts';

const known = ['settings', 'team', 'won', 'lost', 'pipeline', 'leads', 'log', 'away', 'review'];

test.each([
  ['pipline', 'pipeline'],
  ['pipelien', 'pipeline'],
  ['PIPELINES', 'pipeline'],
  ['pipe', 'pipeline'],
  ['setings', 'settings'],
  ['wno', 'won'],
  ['lead', 'leads'],
  ['teams', 'team'],
  ['reveiw', 'review'],
  ['dance', null],
  ['banana', null],
  ['x', null],
  ['', null],
])('%j is near %j', (word, nearest) => {
  expect(nearestOf(word, known)).toBe(nearest);
});
