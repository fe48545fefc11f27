/** Rates that differ by layer, as lines such as `Renewals 5%`. */
import { readPercent } from '../../input/number.ts';
import { problem, type Read, value } from '../../input/read.ts';
import { writePercent } from '../../input/write-number.ts';
import { truncate } from '../../slack/truncate.ts';
import { LAYERS, type Layer } from '../schemas.ts';

export type LayerRates = Partial<Record<Layer, number>>;

const NAMES: Record<Layer, string> = {
  renewal: 'Renewals',
  expansion: 'Expansion',
  newBusiness: 'New business',
};

/** How layers are called in letters. `renewal` has `new` in it, so it comes first. */
const WORDS: readonly (readonly [Layer, RegExp])[] = [
  ['renewal', /renew|retention|verläng|renouv|renov/iu],
  ['expansion', /expan|upsell|up-sell|cross|add-on|existing|bestand|ausbau/iu],
  ['newBusiness', /new|net-new|hunt|neu|nouve|nuev/iu],
];

export function readLayerRates(text: string, { locale }: { locale: string }): Read<LayerRates> {
  const rates: LayerRates = {};
  const parts = text.split(/[\n;]|,\s*(?=\p{L})/u).map((part) => part.trim());
  for (const part of parts.filter((one) => one !== '')) {
    const quoted = `“${truncate(part, 60)}”`;
    const [number = ''] = /\d[\d.,٫' ]*%?|[.,]\d+%?/u.exec(part) ?? [];
    const layer = WORDS.find(([, word]) => word.test(part))?.[0];
    if (layer === undefined || number === '') {
      return problem(`${quoted} can’t be read: write a line like “Renewals 5%”.`);
    }
    if (rates[layer] !== undefined) {
      return problem(`${quoted} says a second rate for ${NAMES[layer].toLowerCase()}.`);
    }
    const read = readPercent(number, { locale });
    if (!read.ok) return problem(`${quoted}: ${read.problem}`);
    rates[layer] = read.value;
  }
  return value(rates);
}

export function writeLayerRates(rates: LayerRates, { locale }: { locale: string }): string {
  return LAYERS.flatMap((layer) => {
    const rate = rates[layer];
    return rate === undefined ? [] : [`${NAMES[layer]} ${writePercent(rate, locale)}`];
  }).join('\n');
}
