import type { Problem } from '../../../input/problem.ts';
import {
  choice,
  type Field,
  notAsked,
  optional,
  orElse,
  type ValuesOf,
} from '../../../slack/fields.ts';
import { mrkdwn } from '../../../slack/text.ts';
import type { Weekday } from '../../../time/local-date.ts';
import { isPaidForNewBusiness } from '../../carried-rules.ts';
import type { PlanDraft } from '../../draft.ts';
import type { NewBusiness, Sdr } from '../../schemas.ts';
import { takenProblems } from '../../taken-view.ts';
import { PARTS, VALUES } from '../../values.ts';
import { freeStart, SYNC_MINUTES, syncPart, weekOf } from '../../week-rules.ts';
import { type Step, wizardSection } from '../section.ts';

const { sdr, selfSourcing, carried, averageDealSize, salesCycleDays } = VALUES.newBusiness;
const partner = VALUES.sdrPartner;

const always = {
  carried: carried.ask({
    hint: 'Whoever looks after customers and isn’t asked to win new ones says no: nothing here asks them to hunt.',
    live: true,
  }),
  salesCycleDays: salesCycleDays.ask({
    hint: 'What is begun in the last days of the period closes after it.',
    live: true,
  }),
};

/** What is asked only of those who carry new business. */
const hunting = {
  averageDealSize: averageDealSize.ask({ placeholder: '25,000 or 25k', live: true }),
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
    hint: 'What your SDRs don’t bring is yours to find, and how is part of the plan.',
    placeholder: 'Twenty manufacturers over 500 people a month, from trade-fair lists',
  }),
  'self.prospecting': selfSourcing.prospecting.ask({
    placeholder: 'Two call blocks, then a note that quotes their last annual report',
  }),
};

type Hunting = typeof hunting;
type HuntingPath = keyof Hunting;
/** What may not be asked just now: null then, whatever was typed before. */
type MaybeAsked = { [Path in HuntingPath]: Field<ValuesOf<Hunting>[Path] | null> };
type NewBusinessFields = typeof always & MaybeAsked;

/** Not asked, though what stands there shows again as soon as it is. */
const notHunting = Object.fromEntries(
  Object.entries(hunting).map(([path, { write }]) => [path, { ...notAsked, write }]),
) as MaybeAsked;

function isCarried(draft: PlanDraft): boolean {
  return draft.newBusiness?.carried ?? isPaidForNewBusiness(draft);
}

export const newBusinessStep: Step = {
  title: PARTS.newBusiness,
  intro: mrkdwn`What renewals and expansion leave open, where winning new customers is part of the job.`,
  section: wizardSection<PlanDraft, NewBusinessFields>({
    fields(draft, raw) {
      const usual = isCarried(draft) ? 'yes' : 'no';
      const says = raw.carried ?? usual;
      const { salesCycleDays } = always;
      const carried = orElse(always.carried, usual);
      const { averageDealSize, ...more } = says === 'no' ? notHunting : hunting;
      return { carried, averageDealSize, salesCycleDays, ...more };
    },
    read: (draft) => ({
      carried: isCarried(draft),
      ...(draft.newBusiness?.averageDealSize != null && {
        averageDealSize: draft.newBusiness.averageDealSize,
      }),
      salesCycleDays: draft.newBusiness?.salesCycleDays ?? 30,
      'sdr.inboundPerMonth': draft.newBusiness?.sdr?.inboundPerMonth ?? 0,
      'sdr.outboundPerMonth': draft.newBusiness?.sdr?.outboundPerMonth ?? 0,
      'sdr.qualificationRate': draft.newBusiness?.sdr?.qualificationRate ?? 0.5,
      'sdr.sync': draft.newBusiness?.sdr?.sync ?? 'none',
      'partner.userId': draft.sdrPartner?.userId ?? null,
      'partner.callsPerDay': draft.sdrPartner?.callsPerDay ?? null,
      ...syncTimes(draft),
      'self.leadIdentification': draft.newBusiness?.selfSourcing.leadIdentification ?? '',
      'self.prospecting': draft.newBusiness?.selfSourcing.prospecting ?? '',
    }),
    check: ({ averageDealSize, salesCycleDays, ...values }, draft) => [
      ...syncProblems(values, draft),
      ...(averageDealSize === 0
        ? [
            {
              path: 'averageDealSize',
              problem: 'A deal has to be worth something: try your last ten deals’ average.',
            },
          ]
        : []),
      ...(salesCycleDays <= 3650
        ? []
        : [
            {
              path: 'salesCycleDays',
              problem: 'That is over ten years: give the days, such as 60.',
            },
          ]),
    ],
    apply(draft, values) {
      const { carried, salesCycleDays } = values;
      const { newBusiness: before } = draft;
      const sdrs = sdrsOf(values, syncTimes(draft));
      const newBusiness: NewBusiness = {
        carried,
        averageDealSize: values.averageDealSize ?? before?.averageDealSize ?? null,
        salesCycleDays,
        sdr: sdrs?.sdr ?? null,
        selfSourcing: {
          leadIdentification: values['self.leadIdentification'] ?? '',
          prospecting: values['self.prospecting'] ?? '',
        },
      };
      return { ...draft, newBusiness, sdrPartner: sdrs?.sdrPartner ?? null };
    },
  }),
};

type SdrValues = {
  [Path in Extract<HuntingPath, `sdr.${string}` | `partner.${string}`>]:
    | ValuesOf<Hunting>[Path]
    | null;
};

interface SyncTimes {
  'partner.syncDay': Weekday;
  'partner.syncTime': string;
}

/** When the two sync; while they don't, the first time that is free. */
function syncTimes(draft: PlanDraft): SyncTimes {
  const { sdrPartner, newBusiness, calendar } = draft;
  const [first = 'mon'] = calendar.workdays;
  const day = sdrPartner?.syncDay ?? first;
  const time = sdrPartner?.syncTime ?? USUAL_SYNC;
  const isSet = newBusiness?.sdr?.sync != null;
  const span = syncPart('daily', { syncDay: day, syncTime: time, workdays: calendar.workdays });
  const usual = { ...span, minutes: SYNC_MINUTES.weekly };
  return {
    'partner.syncDay': day,
    'partner.syncTime': isSet ? time : (freeStart(usual, weekOf(draft)) ?? time),
  };
}

const USUAL_SYNC = '10:30';

function syncProblems(values: SdrValues, draft: PlanDraft): Problem[] {
  const sdrs = sdrsOf(values, syncTimes(draft));
  if (!sdrs?.sdr.sync || !sdrs.sdrPartner) return [];
  const { workdays } = draft.calendar;
  const parts = weekOf(draft);
  const before = parts.find(({ kind }) => kind === 'sync') ?? null;
  return takenProblems(
    'partner.syncTime',
    syncPart(sdrs.sdr.sync, { ...sdrs.sdrPartner, workdays }),
    before,
    { parts: parts.filter((part) => part !== before) },
  );
}

/** The SDRs and who of them works with the rep; null where nothing says that there are any. */
function sdrsOf(
  values: SdrValues,
  usual: SyncTimes,
): (Pick<PlanDraft, 'sdrPartner'> & { sdr: Sdr }) | null {
  const inboundPerMonth = values['sdr.inboundPerMonth'] ?? 0;
  const outboundPerMonth = values['sdr.outboundPerMonth'] ?? 0;
  const sync = values['sdr.sync'] ?? 'none';
  const userId = values['partner.userId'];
  const callsPerDay = values['partner.callsPerDay'];
  const isNone =
    inboundPerMonth === 0 &&
    outboundPerMonth === 0 &&
    sync === 'none' &&
    userId === null &&
    callsPerDay === null;
  if (isNone) return null;
  return {
    sdr: {
      inboundPerMonth,
      outboundPerMonth,
      qualificationRate: values['sdr.qualificationRate'] ?? 0,
      sync: sync === 'none' ? null : sync,
    },
    sdrPartner: {
      userId,
      callsPerDay,
      syncDay: values['partner.syncDay'] ?? usual['partner.syncDay'],
      syncTime: values['partner.syncTime'] ?? usual['partner.syncTime'],
    },
  };
}
