import { fitText, textWidth } from './drawn-text.ts';
import {
  BOLD,
  type Box,
  boxes,
  type Layer,
  MARGIN,
  type PlacedText,
  TEXT,
  texts,
  WIDTH,
} from './layers.ts';
import { LAYER_LETTERS, LAYER_NAMES, LAYERS } from './milestones.ts';
import { ON_LAYER, PALETTE } from './palette.ts';

const CHIP = 26;
const SAMPLE = 40;
const LINE = 5;
const GAP = 22;
const BASE = 8;

interface Chip {
  letter: string;
  name: string;
  color: string;
  letterColor: string;
}

/** What the line and the bars are, in one row whose middle is at `y`. */
export function milestoneLegend(quotaLabel: string, byLayer: boolean, y: number): Layer[] {
  const chips: Chip[] = byLayer
    ? LAYERS.map((layer) => ({
        letter: LAYER_LETTERS[layer],
        name: LAYER_NAMES[layer],
        color: PALETTE[layer],
        letterColor: ON_LAYER[layer],
      }))
    : [{ letter: '', name: 'booked', color: PALETTE.done, letterColor: PALETTE.background }];
  const chipsWidth = chips.reduce((sum, chip) => sum + widthOf(chip) + GAP, 0);
  const room = WIDTH - 2 * MARGIN - chipsWidth - SAMPLE - BASE;
  const label = fitText(quotaLabel, TEXT, room);

  const half = { line: LINE / 2, chip: CHIP / 2 };
  const shapes: Box[] = [
    {
      left: MARGIN,
      right: MARGIN + SAMPLE,
      top: y - half.line,
      bottom: y + half.line,
      color: PALETTE.ink,
    },
  ];
  const letters: PlacedText[] = [];
  const names: PlacedText[] = [{ x: MARGIN + SAMPLE + BASE, y, text: label }];
  let x = MARGIN + SAMPLE + BASE + textWidth(label, TEXT) + GAP;
  for (const chip of chips) {
    const { color, letter, letterColor, name } = chip;
    shapes.push({ left: x, right: x + CHIP, top: y - half.chip, bottom: y + half.chip, color });
    letters.push({ x: x + half.chip, y, text: letter, color: letterColor });
    names.push({ x: x + CHIP + BASE, y, text: name });
    x += widthOf(chip) + GAP;
  }
  return [
    boxes(shapes),
    texts(letters, { align: 'center', baseline: 'middle', font: BOLD }),
    texts(names, { baseline: 'middle' }),
  ];
}

function widthOf({ name }: Chip): number {
  return CHIP + BASE + textWidth(name, TEXT);
}
