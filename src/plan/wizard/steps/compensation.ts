import { z } from 'zod';
import { factorField, percentField } from '../../../input/schemas.ts';
import { writeFactor, writePercent } from '../../../input/write-number.ts';
import { boxes, noSpeck, optional, textLines } from '../../../slack/fields.ts';
import type { NumberStyle } from '../../../slack/format.ts';
import { mrkdwn } from '../../../slack/text.ts';
import { truncate } from '../../../slack/truncate.ts';
import { monthsBetween } from '../../../time/local-date.ts';
import type { PlanDraft } from '../../draft.ts';
import { checkTiers } from '../../model/checks.ts';
import type { Tier } from '../../schemas.ts';
import { PARTS, VALUES } from '../../values.ts';
import { type Step, wizardSection } from '../section.ts';

const asked = VALUES.compensation;

/** As many, and as high, as the plan's schema takes. */
const MAX_TIERS = 100;
const MAX_MULTIPLIER = 100;

/** The two ends of `100% 1.5x`, however they are set apart. */
const TIER = /^(.+?%)\s*[:,;→=-]*\s*(.+)$/u;

/** One band a line; the band from 0 at 1× is understood where it isn't written. */
function readTiers(text: string, { locale }: NumberStyle): { tiers: Tier[] } | { problem: string } {
  const tiers: Tier[] = [];
  for (const line of text.split('\n').map((line) => line.trim())) {
    if (line === '') continue;
    const [, from = '', multiplier = ''] = TIER.exec(line) ?? [];
    const read = z
      .object({
        from: noSpeck(percentField({ locale, max: 100 })),
        multiplier: noSpeck(factorField({ locale, max: MAX_MULTIPLIER })),
      })
      .safeParse({ from, multiplier });
    if (!read.success)
      return { problem: `“${truncate(line, 60)}” can’t be read: write a line like “100% 1.5x”.` };
    tiers.push(read.data);
  }
  if (tiers[0]?.from !== 0) tiers.unshift({ from: 0, multiplier: 1 });
  if (tiers.length > MAX_TIERS) return { problem: `At most ${MAX_TIERS} steps fit in here.` };
  const [problem] = checkTiers(tiers);
  return problem ? { problem: `An attainment or multiple here ${problem.problem}.` } : { tiers };
}

const tiers = textLines<Tier[]>(
  {
    label: asked.tiers.question,
    placeholder: '100% 1.5x',
    hint: 'One a line: from which attainment, and how many times the rate. Below the first it is 1x.',
    live: true,
  },
  {
    schema: (context) =>
      z.string().transform((text, issues) => {
        const read = readTiers(text, context);
        if ('tiers' in read) return read.tiers;
        issues.addIssue({ code: 'custom', message: read.problem });
        return z.NEVER;
      }),
    write: (tiers, { locale }) =>
      tiers
        .filter(({ from, multiplier }) => from > 0 || multiplier !== 1)
        .map(
          ({ from, multiplier }) =>
            `${writePercent(from, locale)} ${writeFactor(multiplier, locale)}`,
        )
        .join('\n'),
  },
);

const ramp = textLines<number[]>(
  {
    label: asked.ramp.question,
    placeholder: '25%, 50%, 75%',
    hint: 'The share of the monthly quota in the first months. Every later month is 100%.',
    live: true,
  },
  {
    schema: ({ locale }) =>
      z.string().transform((text, issues) => {
        const parts = text.split(/[;\n]|,\s+|(?<=%)\s*,?\s*/u).map((part) => part.trim());
        const read = z.array(noSpeck(percentField({ locale }))).safeParse(parts.filter(Boolean));
        if (read.success) return read.data;
        const message = `${read.error.issues[0]?.message} Write shares like “25%, 50%, 75%”.`;
        issues.addIssue({ code: 'custom', message });
        return z.NEVER;
      }),
    write: (shares, { locale }) => {
      const last = shares.findLastIndex((share) => share !== 1);
      return shares
        .slice(0, last + 1)
        .map((share) => writePercent(share, locale))
        .join('; ');
    },
  },
);

const credited = boxes({ label: 'What counts towards quota, besides new business?', live: true }, [
  { value: 'renewal', label: 'Renewals' },
  { value: 'expansion', label: 'Expansion' },
]);

const fields = {
  baseSalary: asked.baseSalary.ask({ placeholder: '100,000 or 100k', live: true }),
  quota: asked.quota.ask({ placeholder: '1,000,000 or 1m', live: true }),
  'rates.newBusiness': asked.rates.newBusiness.ask({ placeholder: '10%', live: true }),
  'rates.expansion': asked.rates.expansion.ask({ placeholder: '10%', live: true }),
  'rates.renewal': asked.rates.renewal.ask({ placeholder: '10%', live: true }),
  quotaCredit: credited,
  tiers,
  cap: optional(asked.cap.ask({ hint: 'Leave it empty where there is no cap.', live: true })),
  ramp,
};

export const compensationStep: Step = {
  title: PARTS.compensation,
  intro: mrkdwn`How your work becomes income. The figures are in your offer or comp letter; only you and your manager see them.`,
  section: wizardSection<PlanDraft, typeof fields>({
    fields: () => fields,
    read({ compensation }) {
      if (!compensation)
        return { quotaCredit: ['renewal', 'expansion'], tiers: [], cap: null, ramp: [] };
      const { rates, quotaCredit, ramp, ...rest } = compensation;
      return {
        ...rest,
        'rates.newBusiness': rates.newBusiness,
        'rates.expansion': rates.expansion,
        'rates.renewal': rates.renewal,
        quotaCredit: (['renewal', 'expansion'] as const).filter((layer) => quotaCredit[layer]),
        ramp: ramp ?? [],
      };
    },
    check(values, { period }) {
      const months = monthsBetween(period).length;
      const { ramp, quota } = values;
      return [
        ...(quota > 0 ? [] : [{ path: 'quota', problem: 'A quota has to be over 0.' }]),
        ...(ramp.length > months
          ? [
              {
                path: 'ramp',
                problem: `The plan has ${months} months, and there are ${ramp.length} shares here.`,
              },
            ]
          : []),
        ...(ramp.length === months && ramp.every((share) => share === 0)
          ? [{ path: 'ramp', problem: 'At least one month has to carry some quota.' }]
          : []),
      ];
    },
    apply(draft, { baseSalary, quota, quotaCredit, tiers, cap, ramp, ...rates }) {
      const shares = monthsBetween(draft.period).map((_, month) => ramp[month] ?? 1);
      return {
        ...draft,
        compensation: {
          baseSalary,
          quota,
          rates: {
            renewal: rates['rates.renewal'],
            expansion: rates['rates.expansion'],
            newBusiness: rates['rates.newBusiness'],
          },
          quotaCredit: {
            renewal: quotaCredit.includes('renewal'),
            expansion: quotaCredit.includes('expansion'),
          },
          tiers,
          cap,
          ramp: shares.every((share) => share === 1) ? null : shares,
        },
      };
    },
  }),
};
