import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/** How wide each glyph of the fonts that charts are drawn with is, in em; undefined: no glyph. */
function readFont(name: string): (character: string) => number | undefined {
  const file = readFileSync(resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
  const table = (tag: string) => {
    const count = file.readUInt16BE(4);
    for (let at = 12; at < 12 + 16 * count; at += 16) {
      if (file.toString('latin1', at, at + 4) === tag) return file.readUInt32BE(at + 8);
    }
    throw new Error(`${name} has no ${tag}`);
  };
  const glyphs = readCmap(file, table('cmap'));
  const unitsPerEm = file.readUInt16BE(table('head') + 18);
  const widths = file.readUInt16BE(table('hhea') + 34);
  const hmtx = table('hmtx');
  return (character) => {
    const glyph = glyphs.get(character.codePointAt(0) ?? 0);
    if (glyph === undefined) return undefined;
    return file.readUInt16BE(hmtx + 4 * Math.min(glyph, widths - 1)) / unitsPerEm;
  };
}

/** Code points to glyphs, of the table's format 12. */
function readCmap(file: Buffer, cmap: number): Map<number, number> {
  const glyphs = new Map<number, number>();
  for (let at = cmap + 4; at < cmap + 4 + 8 * file.readUInt16BE(cmap + 2); at += 8) {
    const map = cmap + file.readUInt32BE(at + 4);
    if (file.readUInt16BE(map) !== 12) continue;
    const end = map + 16 + 12 * file.readUInt32BE(map + 12);
    for (let group = map + 16; group < end; group += 12) {
      const [first, last, glyph] = [0, 4, 8].map((offset) => file.readUInt32BE(group + offset));
      for (let code = first ?? 0; code <= (last ?? -1); code++) {
        glyphs.set(code, (glyph ?? 0) + code - (first ?? 0));
      }
    }
  }
  return glyphs;
}

const plain = readFont('DejaVuSansCondensed');
const bold = readFont('DejaVuSansCondensed-Bold');

/** The text's true width in pixels, without ligatures; throws on what the font has no glyph for. */
export function trueWidth(
  text: string,
  font: { size: number; bold?: boolean | undefined },
): number {
  const width = font.bold ? bold : plain;
  return Array.from(text.normalize('NFC')).reduce((sum, character) => {
    const em = width(character);
    if (em === undefined) throw new Error(`No glyph for ${JSON.stringify(character)} in ${text}`);
    return sum + em * font.size;
  }, 0);
}

export const hasGlyph = (character: string) =>
  plain(character) !== undefined && bold(character) !== undefined;
