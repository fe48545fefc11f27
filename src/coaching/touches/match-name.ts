/** Which prospect a name means: the one of that name, or those near it, of which the person is asked. */
import { nearestOf } from '../../input/nearest.ts';
import { nameKeyOf } from './rules.ts';

interface Named {
  id: string;
  name: string;
  nameKey: string;
}

export type NameMatch<P> =
  | { kind: 'one'; prospect: P }
  | { kind: 'near'; prospects: P[] }
  | { kind: 'new' };

const MOST_NEAR = 2;
/** What a company's name may end in and mean the same one. */
const LEGAL =
  / (?:inc|llc|ltd|gmbh|ag|kg|se|sa|sas|sarl|bv|plc|corp|corporation|co|company|group)\.?$/u;

const bare = (key: string) => key.replace(LEGAL, '');

export function matchName<P extends Named>(name: string, prospects: readonly P[]): NameMatch<P> {
  const key = nameKeyOf(name);
  const same = prospects.find(({ nameKey }) => nameKey === key);
  if (same) return { kind: 'one', prospect: same };
  const begins = (longer: string, shorter: string) => longer.startsWith(`${shorter} `);
  const kin = prospects.filter(
    ({ nameKey }) =>
      bare(nameKey) === bare(key) || begins(nameKey, bare(key)) || begins(key, bare(nameKey)),
  );
  const typo = nearestOf(
    key,
    prospects.map(({ nameKey }) => nameKey),
  );
  const near = [...kin, ...prospects.filter(({ nameKey }) => nameKey === typo)];
  const prospectsNear = [...new Set(near)].slice(0, MOST_NEAR);
  return prospectsNear.length > 0 ? { kind: 'near', prospects: prospectsNear } : { kind: 'new' };
}
