import { z } from 'zod';
import { readDate } from '../../../input/date.ts';
import { choice, type Field, notAsked, optional, textLines } from '../../../slack/fields.ts';
import type { NumberStyle } from '../../../slack/format.ts';
import { mrkdwn } from '../../../slack/text.ts';
import { truncate } from '../../../slack/truncate.ts';
import { holidayRegions, publicHolidays } from '../../../time/holidays.ts';
import type { Weekday } from '../../../time/local-date.ts';
import type { PlanDraft } from '../../draft.ts';
import { checkWorkingDays } from '../../model/checks.ts';
import { type Funnel, OptionalLabel, type TimeOff } from '../../schemas.ts';
import { VALUES } from '../../values.ts';
import { withFunnel } from '../../win-rate-rules.ts';
import { asSentences, type Step, wizardSection } from '../section.ts';

const { calendar, funnel, callsPerHour } = VALUES;

/** `5 Jul 2027 – 16 Jul 2027 vacation`, or one day. The dash needs room where dates have dashes. */
const RANGE = /^(.+?)\s*(?:–|—|\.\.|\s-\s|\sto\s)\s*(.+)$/u;

function readDay(text: string, locale: string): { date: string; label: string } | null {
  const words = text.trim().split(/\s+/u);
  for (let length = Math.min(4, words.length); length > 0; length--) {
    const read = readDate(words.slice(0, length).join(' '), { locale });
    if (read.ok) return { date: read.value, label: words.slice(length).join(' ') };
  }
  return null;
}

function readTimeOff(line: string, locale: string): TimeOff | { problem: string } {
  const [, first = line, second] = RANGE.exec(line) ?? [];
  const from = readDay(first, locale);
  const to = second === undefined ? from : readDay(second, locale);
  if (!from || !to) {
    return {
      problem: `“${truncate(line, 60)}” can’t be read: write a line like “2027-07-05 – 2027-07-16 vacation”.`,
    };
  }
  if (to.date < from.date) return { problem: `“${truncate(line, 60)}” ends before it begins.` };
  const label = OptionalLabel.safeParse(truncate(to.label, 200));
  if (!label.success)
    return { problem: `“${truncate(line, 60)}” holds a character that can’t be kept.` };
  return { from: from.date, to: to.date, label: label.data };
}

const timeOff = textLines<TimeOff[]>(
  {
    label: calendar.timeOff.question,
    placeholder: '2027-07-05 – 2027-07-16 vacation',
    hint: 'One a line. The other days carry the work; nobody asks you about these.',
    live: true,
  },
  {
    schema: ({ locale }: NumberStyle) =>
      z.string().transform((text, issues) => {
        const found: TimeOff[] = [];
        for (const line of text
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean)) {
          const read = readTimeOff(line, locale);
          if ('problem' in read) {
            issues.addIssue({ code: 'custom', message: read.problem });
            return z.NEVER;
          }
          found.push(read);
        }
        return found;
      }),
    write: (rows) =>
      rows
        .map(({ from, to, label }) => `${from === to ? from : `${from} – ${to}`} ${label}`.trim())
        .join('\n'),
  },
);

/** As a rate is shown: what follows from a win rate has more decimals than anybody types. */
const shownRate = (rate: number) => Math.max(Math.round(rate * 1000) / 1000, Math.min(rate, 0.001));

const inTenths = (field: Field<number>): Field<number> => ({
  ...field,
  write: (rate, context) => field.write(shownRate(rate), context),
});

const fields = {
  workdays: calendar.workdays.ask({ live: true }),
  country: optional(
    calendar.country.ask({ hint: 'Leave it empty to leave holidays out.', live: true }),
  ),
  timeOff,
  'funnel.callToVisit': funnel.callToVisit.ask({ live: true }),
  'funnel.visitToDemo': funnel.visitToDemo.ask({ live: true }),
  'funnel.demoToProposal': inTenths(funnel.demoToProposal.ask({ live: true })),
  'funnel.proposalToContract': inTenths(funnel.proposalToContract.ask({ live: true })),
  'funnel.contractToWon': inTenths(
    funnel.contractToWon.ask({
      hint: 'These last three make your win rate, which follows.',
      live: true,
    }),
  ),
  callsPerHour: callsPerHour.ask({ live: true }),
};

function regionField(country: string | null): Field<string | null> {
  const regions = country ? holidayRegions(country) : [];
  if (regions.length === 0) return notAsked;
  const choices = regions.map(({ code, name }) => ({ value: code, label: name }));
  const asked = {
    label: calendar.region.question,
    hint: 'Where holidays differ by region.',
    live: true,
  };
  const field = optional(choice(asked, choices));
  // Another country's regions are another input: a choice among the former's is none here.
  return {
    ...field,
    input: (place, picked) => field.input({ ...place, rev: `${place.rev}-${country}` }, picked),
  };
}

export const activitiesStep: Step = {
  title: 'Activities',
  intro: mrkdwn`What the plan takes in your days. The rates are what usually holds; put your own where you know them.`,
  section: wizardSection<PlanDraft, typeof fields & { region: Field<string | null> }>({
    fields(draft, raw) {
      const country = typeof raw.country === 'string' ? raw.country : draft.calendar.country;
      const { workdays, country: countryField, ...rest } = fields;
      return { workdays, country: countryField, region: regionField(country), ...rest };
    },
    read: ({ calendar, funnel, callsPerHour }) => ({
      workdays: calendar.workdays,
      country: calendar.country,
      region: calendar.region,
      timeOff: calendar.timeOff,
      'funnel.callToVisit': funnel.callToVisit,
      'funnel.visitToDemo': funnel.visitToDemo,
      'funnel.demoToProposal': funnel.demoToProposal,
      'funnel.proposalToContract': funnel.proposalToContract,
      'funnel.contractToWon': funnel.contractToWon,
      callsPerHour,
    }),
    check(values, draft) {
      const problems = Object.entries(values).flatMap(([path, value]) =>
        path.startsWith('funnel.') && value === 0
          ? [{ path, problem: 'A rate of 0 leads nowhere: give what you see, such as 5%.' }]
          : [],
      );
      if (values.callsPerHour < 1 || values.callsPerHour > 200) {
        problems.push({
          path: 'callsPerHour',
          problem: 'Between 1 and 200 calls fit into an hour.',
        });
      }
      if (values.workdays.length === 0) {
        problems.push({ path: 'workdays', problem: 'Choose at least one working day.' });
      } else {
        const { period, calendar } = withCalendar(draft, values);
        problems.push(...asSentences(checkWorkingDays(period, calendar), 'timeOff'));
      }
      return problems;
    },
    apply(draft, values) {
      // What stands there as it was shown is the rate itself.
      const typed = (rate: keyof Funnel) =>
        values[`funnel.${rate}`] === shownRate(draft.funnel[rate])
          ? draft.funnel[rate]
          : values[`funnel.${rate}`];
      const { callsPerHour } = values;
      return withFunnel(
        { ...withCalendar(draft, values), callsPerHour },
        {
          callToVisit: values['funnel.callToVisit'],
          visitToDemo: values['funnel.visitToDemo'],
          demoToProposal: typed('demoToProposal'),
          proposalToContract: typed('proposalToContract'),
          contractToWon: typed('contractToWon'),
        },
      );
    },
  }),
};

function withCalendar(
  draft: PlanDraft,
  values: {
    workdays: Weekday[];
    country: string | null;
    region: string | null;
    timeOff: TimeOff[];
  },
): PlanDraft {
  const { workdays, country, region, timeOff } = values;
  const { start, end } = draft.period;
  const holidays = publicHolidays({ country, region }, start, end);
  return { ...draft, calendar: { workdays, country, region, holidays, timeOff } };
}
