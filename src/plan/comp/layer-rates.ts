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

/** How layers are called in letters. */
const WORDS: Record<Layer, RegExp> = {
  renewal: /(?<!\p{L})(?:renew|retention|verläng|renouv|renov)/iu,
  expansion: /(?<!\p{L})(?:expan|upsell|up-sell|cross|add-on|existing|bestand|ausbau)/iu,
  newBusiness: /(?<!\p{L})(?:new|net-new|hunt|neu|nouve|nuev)/iu,
};

const NUMBERS = /\d[\d.,٫']*(?: ?%)?|[.,]\d+ ?%?/gu;

export function readLayerRates(text: string, { locale }: { locale: string }): Read<LayerRates> {
  const rates: LayerRates = {};
  const parts = text.split(/[\n;]|,\s+|,(?=\p{L})/u).map((part) => part.trim());
  for (const part of parts.filter((one) => one !== '')) {
    const quoted = `“${truncate(part, 60)}”`;
    const [number, ...others] = part.match(NUMBERS) ?? [];
    const layers = LAYERS.filter((layer) => WORDS[layer].test(part));
    if (layers.length === 0 || number === undefined || others.length > 0) {
      return problem(`${quoted} can’t be read: write a line like “Renewals 5%”.`);
    }
    const read = readPercent(number, { locale, bare: 'rate' });
    if (!read.ok) return problem(`${quoted}: ${read.problem}`);
    for (const layer of layers) {
      if (rates[layer] !== undefined) {
        return problem(`${quoted} says a second rate for ${NAMES[layer].toLowerCase()}.`);
      }
      rates[layer] = read.value;
    }
  }
  return value(rates);
}

export function writeLayerRates(rates: LayerRates, { locale }: { locale: string }): string {
  return LAYERS.flatMap((layer) => {
    const rate = rates[layer];
    return rate === undefined ? [] : [`${NAMES[layer]} ${writePercent(rate, locale)}`];
  }).join('\n');
}
