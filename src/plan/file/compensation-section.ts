/** The comp plan of a plan file: with its components, or in the short form of earlier files. */
import { z } from 'zod';
import { checkNames, checkRamp, checkTiers } from '../model/checks.ts';
import {
  Bonus,
  Compensation,
  Component,
  Guarantee,
  LAYERS,
  OtherPay,
  type Pays,
  type Period,
  Tier,
} from '../schemas.ts';
import { onlyComponent, SHORT_FORM_KEYS } from '../short-form.ts';
import { checked, inMajorUnits } from './section-schema.ts';

const [RateOnCredited, RateByLayer, AtTarget] =
  Compensation.shape.components.element.shape.pays.options;

const ratesOf = RateByLayer.shape.rates.shape;
const WAYS_TO_PAY = ['rate', 'rates', 'atTarget'] as const;

/** One way to pay, as a file names it. */
const paysSection = (digits: number) =>
  z
    .strictObject({
      rate: RateOnCredited.shape.rate.optional(),
      rates: z
        .strictObject({
          renewal: ratesOf.renewal.default(0),
          expansion: ratesOf.expansion.default(0),
          newBusiness: ratesOf.newBusiness.default(0),
        })
        .optional(),
      atTarget: inMajorUnits(AtTarget.shape, digits).atTarget.optional(),
    })
    .transform(({ rate, rates, atTarget }, context): Pays => {
      const ways: Pays[] = [];
      if (rate !== undefined) ways.push({ rate });
      if (rates !== undefined) ways.push({ rates });
      if (atTarget !== undefined) ways.push({ atTarget });
      const [way, ...more] = ways;
      if (way && more.length === 0) return way;
      const message = `must hold ${way ? 'only one' : 'one'} of ${WAYS_TO_PAY.join(', ')}`;
      context.issues.push({ code: 'custom', message, input: ways });
      return z.NEVER;
    });

const tiersSection = checked(
  z.array(z.strictObject(Tier.shape)).min(1).max(100),
  Component.shape.tiers,
  checkTiers,
).default([{ from: 0, multiplier: 1, all: false }]);

/** A ramp fits the period where that is sound. */
function withRamp<Schema extends z.ZodType>(schema: Schema, period: Period | null): Schema {
  return checked(schema, Component.pick({ ramp: true }), ({ ramp }) =>
    period === null ? [] : checkRamp(ramp, period),
  );
}

/** What stands beside the components, whichever form they have. */
const besides = (digits: number) => ({
  baseSalary: inMajorUnits(Compensation.shape, digits).baseSalary,
  otherPay: z
    .array(z.strictObject(inMajorUnits(OtherPay.shape, digits)))
    .max(100)
    .default([]),
  guarantee: z.strictObject(inMajorUnits(Guarantee.shape, digits)).nullable().default(null),
});

function withComponents(digits: number, period: Period | null) {
  const component = z.strictObject({
    ...inMajorUnits(Component.shape, digits),
    credits: Component.shape.credits.transform((credits) =>
      LAYERS.filter((layer) => credits.includes(layer)),
    ),
    quotaPeriod: Component.shape.quotaPeriod.default('year'),
    quotaStart: Component.shape.quotaStart.default(null),
    pays: paysSection(digits),
    tiers: tiersSection,
    bonuses: z
      .array(z.strictObject(inMajorUnits(Bonus.shape, digits)))
      .max(100)
      .default([]),
    ramp: Component.shape.ramp.default(null),
  });
  return z.strictObject({
    ...besides(digits),
    components: checked(
      z.array(withRamp(component, period)).min(1, 'must hold at least one component').max(20),
      z.array(Component.pick({ name: true })),
      checkNames,
    ),
  });
}

/** One component named Commission, with an annual quota. */
function inShortForm(digits: number, period: Period | null) {
  const { quota, cap } = inMajorUnits(Component.shape, digits);
  const fields = z.strictObject({
    ...besides(digits),
    quota,
    rates: z.strictObject(ratesOf),
    quotaCredit: z
      .strictObject({ renewal: z.boolean().default(true), expansion: z.boolean().default(true) })
      .prefault({}),
    tiers: tiersSection,
    cap,
    ramp: Component.shape.ramp.default(null),
  });
  return withRamp(fields, period).transform(
    ({ baseSalary, otherPay, guarantee, ...short }): Compensation => ({
      baseSalary,
      components: [Component.parse(onlyComponent(short))],
      otherPay,
      guarantee,
    }),
  );
}

/** Each key of the short form that stands beside components is refused. */
const inOneForm = z.record(z.string(), z.unknown()).superRefine((file, context) => {
  for (const key of SHORT_FORM_KEYS.filter((one) => one in file)) {
    context.addIssue({
      code: 'custom',
      path: [key],
      message: 'must not stand beside components: it belongs into one of them',
    });
  }
});

/**
 * The schema for a comp plan of a file, `digits` being the decimals of its currency; without a sound
 * period, ramps are left alone.
 */
export function compensationSection(
  input: unknown,
  digits: number,
  period: Period | null,
): z.ZodType<Compensation> {
  const keys = typeof input === 'object' && input !== null ? Object.keys(input) : [];
  const isShort = SHORT_FORM_KEYS.some((key) => keys.includes(key));
  if (!isShort) return withComponents(digits, period);
  return keys.includes('components')
    ? inOneForm.pipe(withComponents(digits, period))
    : inShortForm(digits, period);
}
