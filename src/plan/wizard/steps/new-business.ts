import { choice, optional } from '../../../slack/fields.ts';
import { mrkdwn } from '../../../slack/text.ts';
import type { PlanDraft } from '../../draft.ts';
import { checkSellingDays } from '../../model/checks.ts';
import { PARTS, VALUES } from '../../values.ts';
import { asSentences, type Step, wizardSection } from '../section.ts';

const { sdr, selfSourcing, ...deals } = VALUES.newBusiness;
const partner = VALUES.sdrPartner;

const fields = {
  averageDealSize: deals.averageDealSize.ask({ placeholder: '25,000 or 25k', live: true }),
  salesCycleDays: deals.salesCycleDays.ask({
    hint: 'Work begun in the last days of the period closes after it.',
    live: true,
  }),
  'sdr.inboundPerMonth': sdr.inboundPerMonth.ask({
    hint: 'As agreed with the inbound SDR; 0 if there is none.',
    live: true,
  }),
  'sdr.outboundPerMonth': sdr.outboundPerMonth.ask({
    hint: 'As agreed with the outbound SDR; 0 if there is none.',
    live: true,
  }),
  'sdr.qualificationRate': sdr.qualificationRate.ask({ live: true }),
  'partner.userId': optional(partner.userId.ask()),
  'partner.callsPerDay': optional(partner.callsPerDay.ask()),
  'sdr.sync': choice({ label: sdr.sync.question, live: true }, [
    { value: 'none', label: 'Not yet' },
    ...sdr.sync.choices,
  ]),
  'partner.syncDay': partner.syncDay.ask(),
  'partner.syncTime': partner.syncTime.ask({ hint: 'Your local time.' }),
  'self.leadIdentification': selfSourcing.leadIdentification.ask({
    placeholder: 'Twenty manufacturers over 500 people a month, from trade-fair lists',
  }),
  'self.prospecting': selfSourcing.prospecting.ask({
    placeholder: 'Two call blocks, then a note that quotes their last annual report',
  }),
};

export const newBusinessStep: Step = {
  title: PARTS.newBusiness,
  intro: mrkdwn`What renewals and expansion leave open. What your SDRs don’t bring is yours to find, and *how* is part of the plan.`,
  section: wizardSection<PlanDraft, typeof fields>({
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
