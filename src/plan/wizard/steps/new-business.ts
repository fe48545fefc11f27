import { WEEKDAY_NAMES } from '../../../people/names-view.ts';
import {
  amount,
  choice,
  count,
  notes,
  optional,
  percent,
  time,
  user,
} from '../../../slack/fields.ts';
import { mrkdwn } from '../../../slack/text.ts';
import { WEEKDAYS } from '../../../time/local-date.ts';
import type { PlanDraft } from '../../draft.ts';
import { checkSellingDays } from '../../model/checks.ts';
import { asSentences, type Step, section } from '../section.ts';

const fields = {
  averageDealSize: amount({ label: 'Average deal size', placeholder: '25,000 or 25k', live: true }),
  salesCycleDays: count({
    label: 'Days from first meeting to signature',
    hint: 'Work begun in the last days of the period closes after it.',
    live: true,
  }),
  'sdr.inboundPerMonth': count(
    {
      label: 'Viable leads a month from inbound',
      hint: 'As agreed with the inbound SDR; 0 if there is none.',
      live: true,
    },
    { decimals: true },
  ),
  'sdr.outboundPerMonth': count(
    {
      label: 'Viable leads a month from outbound',
      hint: 'As agreed with the outbound SDR; 0 if there is none.',
      live: true,
    },
    { decimals: true },
  ),
  'sdr.qualificationRate': percent({ label: 'How many of those leads qualify?', live: true }),
  'partner.userId': optional(user({ label: 'Your SDR partner' })),
  'partner.callsPerDay': optional(
    count({ label: 'Outbound calls a day that your partner agreed to' }, { max: 10_000 }),
  ),
  'sdr.sync': choice({ label: 'You two sync', live: true }, [
    { value: 'none', label: 'Not yet' },
    { value: 'weekly', label: 'Every week' },
    { value: 'daily', label: 'Every working day' },
  ]),
  'partner.syncDay': choice(
    { label: 'Weekly sync on' },
    WEEKDAYS.map((value) => ({ value, label: WEEKDAY_NAMES[value] })),
  ),
  'partner.syncTime': time({ label: 'at', hint: 'Your local time.' }),
  'self.leadIdentification': notes({
    label: 'How do you find the leads that are yours to find?',
    placeholder: 'Twenty manufacturers over 500 people a month, from trade-fair lists',
  }),
  'self.prospecting': notes({
    label: 'How do you reach them?',
    placeholder: 'Two call blocks, then a note that quotes their last annual report',
  }),
};

export const newBusinessStep: Step = {
  title: 'New business',
  intro: mrkdwn`What renewals and expansion leave open. What your SDRs don’t bring is yours to find, and *how* is part of the plan.`,
  section: section<PlanDraft, typeof fields>({
    fields: () => fields,
    read: ({ newBusiness, sdrPartner }) => ({
      ...(newBusiness && { averageDealSize: newBusiness.averageDealSize }),
      salesCycleDays: newBusiness?.salesCycleDays ?? 0,
      'sdr.inboundPerMonth': newBusiness?.sdr?.inboundPerMonth ?? 0,
      'sdr.outboundPerMonth': newBusiness?.sdr?.outboundPerMonth ?? 0,
      'sdr.qualificationRate': newBusiness?.sdr?.qualificationRate ?? 0.5,
      'sdr.sync': newBusiness?.sdr?.sync ?? 'none',
      'partner.userId': sdrPartner?.userId ?? null,
      'partner.callsPerDay': sdrPartner?.callsPerDay ?? null,
      'partner.syncDay': sdrPartner?.syncDay ?? 'mon',
      'partner.syncTime': sdrPartner?.syncTime ?? '09:30',
      'self.leadIdentification': newBusiness?.selfSourcing.leadIdentification ?? '',
      'self.prospecting': newBusiness?.selfSourcing.prospecting ?? '',
    }),
    check: ({ averageDealSize, salesCycleDays }, { period, calendar }) => [
      ...(averageDealSize > 0
        ? []
        : [
            {
              path: 'averageDealSize',
              problem: 'A deal has to be worth something: try your last ten deals’ average.',
            },
          ]),
      ...(salesCycleDays <= 3650
        ? asSentences(checkSellingDays(period, calendar, salesCycleDays), 'salesCycleDays')
        : [
            {
              path: 'salesCycleDays',
              problem: 'That is over ten years: give the days, such as 60.',
            },
          ]),
    ],
    apply(draft, values) {
      const sync = values['sdr.sync'];
      const inboundPerMonth = values['sdr.inboundPerMonth'];
      const outboundPerMonth = values['sdr.outboundPerMonth'];
      const userId = values['partner.userId'];
      const callsPerDay = values['partner.callsPerDay'];
      const withSdr =
        inboundPerMonth > 0 ||
        outboundPerMonth > 0 ||
        sync !== 'none' ||
        userId !== null ||
        callsPerDay !== null;
      return {
        ...draft,
        newBusiness: {
          averageDealSize: values.averageDealSize,
          salesCycleDays: values.salesCycleDays,
          sdr: withSdr
            ? {
                inboundPerMonth,
                outboundPerMonth,
                qualificationRate: values['sdr.qualificationRate'],
                sync: sync === 'none' ? null : sync,
              }
            : null,
          selfSourcing: {
            leadIdentification: values['self.leadIdentification'],
            prospecting: values['self.prospecting'],
          },
        },
        sdrPartner: withSdr
          ? {
              userId,
              callsPerDay,
              syncDay: values['partner.syncDay'],
              syncTime: values['partner.syncTime'],
            }
          : null,
      };
    },
  }),
};
