/** Contrast (WCAG 2.2), also to colour-blind eyes and in greyscale. */
import { describe, expect, test } from 'vitest';
import { ON_LAYER, PALETTE } from '../../../src/charts/palette.ts';

type Rgb = [number, number, number];
type Matrix = readonly [Rgb, Rgb, Rgb];

/** On linear RGB, at full severity: Machado, Oliveira and Fernandes 2009; luminance of sRGB. */
const EYES: Record<string, Matrix> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
  greyscale: [
    [0.2126, 0.7152, 0.0722],
    [0.2126, 0.7152, 0.0722],
    [0.2126, 0.7152, 0.0722],
  ],
};
const eyes = Object.entries(EYES);

function linear(hex: string): Rgb {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return [r, g, b];
}

const dot = ([a, b, c]: Rgb, [x, y, z]: Rgb) => a * x + b * y + c * z;
const clamp = (value: number) => Math.min(Math.max(value, 0), 1);

function contrast(one: string, other: string, matrix: Matrix): number {
  const [light = 0, dark = 0] = [one, other]
    .map((hex) => {
      const seen = matrix.map((row) => clamp(dot(row, linear(hex)))) as Rgb;
      return dot([0.2126, 0.7152, 0.0722], seen);
    })
    .sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

test('contrast is measured right', () => {
  const usual = EYES.usual as Matrix;
  expect(contrast('#000000', '#FFFFFF', usual)).toBeCloseTo(21, 5);
  expect(contrast('#767676', '#FFFFFF', usual)).toBeCloseTo(4.54, 2);
});

describe.each(eyes)('to %s eyes', (_, matrix) => {
  const { background, border, ink, muted, spotlight, track, done } = PALETTE;
  const layers = ['renewal', 'expansion', 'newBusiness'] as const;

  test.each<[string, string, string]>([
    ['headings and names', ink, background],
    ['ticks, months to come and rates', muted, background],
    ['the judged month', ink, spotlight],
    ...layers.map((layer): [string, string, string] => [
      `the letter on ${layer}`,
      ON_LAYER[layer],
      PALETTE[layer],
    ]),
  ])('%s can be read', (_, text, behind) => {
    expect(contrast(text, behind, matrix)).toBeGreaterThanOrEqual(4.5);
  });

  test.each<[string, string, string]>([
    ['bars', done, background],
    ['bars in the spotlight', done, spotlight],
    ['bars on their track', done, track],
    ['the stairs', ink, background],
    ['the stairs ahead', muted, background],
    ['the outline of a plan', border, background],
    ...layers.map((layer): [string, string, string] => [layer, PALETTE[layer], background]),
    ['the frame on Slack’s dark page', border, '#1A1D21'],
    ['the frame on a white page', border, '#FFFFFF'],
  ])('%s can be seen', (_, mark, behind) => {
    expect(contrast(mark, behind, matrix)).toBeGreaterThanOrEqual(3);
  });

  test.each([
    ['renewal', 'expansion'],
    ['expansion', 'newBusiness'],
    ['renewal', 'newBusiness'],
  ] as const)('%s and %s, which may touch, differ', (one, other) => {
    expect(contrast(PALETTE[one], PALETTE[other], matrix)).toBeGreaterThanOrEqual(1.8);
  });
});
