/** Which of a plan's renewals an account's name means. */

interface Row {
  /** Of the row in the plan. */
  id: string;
  account: string;
}

interface Settlement {
  renewalId: string | null;
}

/**
 * What two spellings of a name have in common: neither case nor spaces nor accents count, and letters
 * that look or mean the same are one (NFKC). Signs of other scripts that spell vowels stay.
 */
export function accountKey(name: string): string {
  return name
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036F\s\u200B-\u200D\u2060\uFEFF]/g, '')
    .normalize('NFC');
}

export type RenewalMatch<R extends Row, S extends Settlement> =
  | { kind: 'one'; renewal: R }
  /** Which of them is for the person to say. */
  | { kind: 'several'; renewals: R[] }
  /** Each is settled already; by the last of these. */
  | { kind: 'settled'; by: S }
  | { kind: 'none' };

/** Those that nothing has settled yet. */
export function openRenewals<R extends Row>(
  renewals: readonly R[],
  settled: readonly Settlement[],
): R[] {
  const done = new Set(settled.map(({ renewalId }) => renewalId));
  return renewals.filter(({ id }) => !done.has(id));
}

/** Finds the account among the plan's renewals; one that is open goes before one that is settled. */
export function matchRenewal<R extends Row, S extends Settlement>(
  renewals: readonly R[],
  settled: readonly S[],
  account: string,
): RenewalMatch<R, S> {
  const key = accountKey(account);
  const meant = renewals.filter((row) => accountKey(row.account) === key);
  const [one, ...others] = openRenewals(meant, settled);
  if (one) {
    return others.length === 0
      ? { kind: 'one', renewal: one }
      : { kind: 'several', renewals: [one, ...others] };
  }
  const by = settled.findLast(({ renewalId }) => meant.some(({ id }) => id === renewalId));
  return by ? { kind: 'settled', by } : { kind: 'none' };
}
