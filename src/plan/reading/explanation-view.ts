import type { KnownBlock, ModalView } from '@slack/types';
import { type Choice, context, option, section } from '../../slack/blocks.ts';
import {
  formatCount,
  formatDate,
  formatFactor,
  formatMoney,
  formatPercent,
  type NumberStyle,
} from '../../slack/format.ts';
import { modal } from '../../slack/surfaces.ts';
import { lines, mrkdwn, plainText } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import type { Override } from '../draft.ts';
import { explainBlock, planExplain } from '../ids.ts';
import type { LiveFigures } from '../model/compute.ts';
import type { Explanation, FigureKey, Quantity } from '../model/explanation.ts';
import { ACTIVITIES } from '../schemas.ts';
import { ACTIVITY_NAMES, levelText, PACE_NAMES } from '../words.ts';

/** Parts of the comp plan that can be asked about: a message holds only so much. */
const COMPONENTS_ASKED = 8;

/** The figures that people ask about, in the order of the chain; the parts of the comp plan by their names. */
function asked({ compensation, activities }: Explained): [FigureKey, string][] {
  return [
    ['income.target', 'Income goal'],
    ['income.variableNeeded', 'Variable pay needed'],
    ['bookings.quota', 'Quota in the period'],
    ['bookings.required', 'Bookings that earn the goal'],
    ['bookings.target', 'Target'],
    ['bookings.attainment', 'Attainment'],
    ...(compensation ?? [])
      .slice(0, COMPONENTS_ASKED)
      .map(({ name }, index): [FigureKey, string] => [
        `compensation.${index}.pay`,
        `Pay at plan: ${truncate(name, 40)}`,
      ]),
    ['guarantee.topUps', 'From the guarantee'],
    ['pipeline.required', 'Qualified pipeline'],
    ['pipeline.insured', 'Insured pipeline'],
    ['pipeline.open', 'Pipeline open at once, at the most'],
    ['pipeline.impliedXFactor', 'What your win rate asks for'],
    ['layers.renewal.expected', 'Renewals'],
    ['layers.renewal.cut', 'Renewals after the pressure test'],
    ['layers.expansion.target', 'Expansion'],
    ['layers.newBusiness.target', 'New business'],
    ['layers.newBusiness.opening', 'New business from the open pipeline'],
    ['layers.newBusiness.toCreate', 'New business to create'],
    ['layers.newBusiness.uncovered', 'Not covered'],
    ['layers.newBusiness.deals', 'New deals'],
    ['layers.newBusiness.opportunities', 'New opportunities'],
    ['layers.newBusiness.sdrSupply', 'Leads from SDRs'],
    ['layers.newBusiness.gap', 'Leads that are yours to find'],
    ['sellingDays', 'Selling days'],
    ['days.creation', 'Days that calls, visits and demos are spread over'],
    ['days.closing', 'Days that proposals and contracts are spread over'],
    ['daysPerMonth', 'Working days a month'],
    ['insured.newBusiness', 'New business with the risks in it'],
    ['insured.deals', 'Deals to create with the risks in it'],
    ['insured.opportunities', 'Opportunities with the risks in it'],
    ['insured.ownShare', 'Your share of the leads'],
    ['insured.demosForNewBusiness', 'Demos for new business'],
    ...ACTIVITIES.flatMap((activity): [FigureKey, string][] => {
      const pace = activities ? PACE_NAMES[activities[activity].shown.per] : '';
      return [
        [`activities.${activity}.total`, `${ACTIVITY_NAMES[activity]} in all`],
        [`activities.${activity}.shown`, `${ACTIVITY_NAMES[activity]} ${pace}`.trim()],
      ];
    }),
  ];
}

type Explained = Pick<LiveFigures, 'explanations' | 'compensation' | 'activities'>;

function known(live: Explained): { key: FigureKey; name: string; explanation: Explanation }[] {
  return asked(live).flatMap(([key, name]) => {
    const explanation = live.explanations[key];
    return explanation ? [{ key, name, explanation }] : [];
  });
}

/** “How was this worked out?” with a figure to choose; nothing where nothing is computed yet. */
export function explainPicker(live: Explained, versionId: string): KnownBlock[] {
  const choices = known(live).map(
    ({ key, name }): Choice => ({
      value: planExplain.write(key),
      label: name,
    }),
  );
  if (choices.length === 0) return [];
  return [
    section('These figures are rounded. How was one of them worked out, exactly?', {
      blockId: explainBlock.write({ of: 'explain', versionId }),
      accessory: {
        type: 'static_select',
        action_id: planExplain.id,
        placeholder: plainText('Choose a figure'),
        options: choices.map(option),
      },
    }),
  ];
}

/** How one figure came about: the rule, what went in, what came out, and the next one to ask. */
export function explanationView(
  live: Explained,
  figure: string,
  viewer: NumberStyle,
  { versionId, overrides }: { versionId: string; overrides: readonly Override[] },
): ModalView {
  const found = known(live).find(({ key }) => key === figure);
  return modal({
    title: 'How was it worked out?',
    close: 'Back',
    blocks: [
      ...(found
        ? [
            ...explained(found.name, found.explanation, viewer),
            ...overruled(found.key, overrides, viewer),
          ]
        : [section('That figure isn’t part of the plan any more.')]),
      ...explainPicker(live, versionId),
    ],
  });
}

/** Where the pair agreed on another daily number than the computed one: which, and why. */
function overruled(
  key: FigureKey,
  overrides: readonly Override[],
  { locale }: NumberStyle,
): KnownBlock[] {
  const found = overrides.find(({ activity }) => key.startsWith(`activities.${activity}.`));
  if (!found) return [];
  const level = levelText(found.activity, found.level, locale);
  return [section(mrkdwn`*You two overruled it: ${level}.* ${found.reason}`)];
}

function explained(
  name: string,
  { formula, inputs, result }: Explanation,
  viewer: NumberStyle,
): KnownBlock[] {
  return [
    section(mrkdwn`*${name}: ${quantityText(result, viewer)}*`),
    section(mrkdwn`${formula}`),
    ...(inputs.length > 0
      ? [
          section(
            lines(
              ...inputs.map((input) => mrkdwn`• ${input.label}: *${quantityText(input, viewer)}*`),
            ),
          ),
        ]
      : []),
    context('Exact figures; money is rounded half up only where it leaves the arithmetic.'),
  ];
}

/** A quantity of an explanation, exact, as the reader writes it. */
function quantityText(quantity: Quantity, viewer: NumberStyle): string {
  switch (quantity.unit) {
    case 'money':
      return formatMoney(quantity.value, viewer);
    case 'fraction':
      return formatPercent(quantity.value, viewer.locale, 2);
    case 'factor':
      return formatFactor(quantity.value, viewer.locale);
    case 'count':
      return formatCount(quantity.value, viewer.locale, 2);
    case 'days':
      return `${formatCount(quantity.value, viewer.locale, 2)} days`;
    case 'date':
      return formatDate(quantity.value, viewer.locale, 'date');
  }
}
