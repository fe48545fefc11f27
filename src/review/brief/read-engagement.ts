/** Engagement as it is pasted: a week or an event a line, and what the earned media was. */
import { z } from 'zod';
import { rowProblemsText } from '../../input/row-problems.ts';
import { readRows } from '../../input/rows.ts';
import { countField, dateField, orNull, textField } from '../../input/schemas.ts';
import { mondayOf } from '../../time/local-date.ts';
import { ENGAGEMENTS, type EngagementStyle, type Mention, type SaidWeek } from './schemas.ts';

export const MOST_COUNTED = 10_000_000;
const MOST_IN_A_TITLE = 200;
const MOST_IN_A_LINK = 300;

/** What exports call the columns, the surest first. */
const NAMES = {
  day: [
    'Week',
    'Date',
    'Day',
    'Start Time',
    'Send Date',
    'Sent',
    'Published',
    'Publish Date',
    'Time',
  ],
  attendance: ['Attended', 'Attendees', 'Total Attendees', 'Attendance', 'Participants'],
  opens: ['Opens', 'Opened', 'Unique Opens', 'Email Opens', 'Emails Opened'],
  contentRead: ['Content Read', 'Read', 'Reads', 'Downloads', 'Page Views', 'Views'],
  earnedMedia: ['Earned Media', 'Mentions', 'Media Mentions', 'Clippings'],
  outlet: ['Outlet', 'Publication', 'Media Outlet', 'Source'],
  title: ['Title', 'Headline', 'Article'],
  link: ['Link', 'URL', 'Article URL'],
} as const;

const LABELS = {
  day: 'Date',
  attendance: 'Attended',
  opens: 'Opened',
  contentRead: 'Read',
  earnedMedia: 'Mentions',
  outlet: 'Outlet',
  title: 'Title',
  link: 'Link',
};

/**
 * Reads `2027-03-01, 42, 310, 88, 2`, or a table whose headings say what stands where. What falls into one week is
 * added up; an empty cell: not said. Every line that can't be read is named.
 */
export function readEngagement({ locale, dateAt }: EngagementStyle): z.ZodType<SaidWeek[]> {
  const counted = () => orNull(countField({ locale, max: MOST_COUNTED }));
  const schema = z.object({
    day: dateField({ locale, dateAt }),
    attendance: counted(),
    opens: counted(),
    contentRead: counted(),
    earnedMedia: counted(),
    outlet: orNull(textField({ max: MOST_IN_A_TITLE })),
    title: orNull(textField({ max: MOST_IN_A_TITLE })),
    link: orNull(textField({ max: MOST_IN_A_LINK })),
  });
  return z.string().transform((text, issues) => {
    const { rows, problems } = readRows(text, schema, {
      texts: 0,
      labels: LABELS,
      names: NAMES,
      inOrder: 1 + ENGAGEMENTS.length,
    });
    const problem = rowProblemsText(problems);
    if (problem !== null) {
      issues.addIssue({ code: 'custom', message: problem });
      return z.NEVER;
    }
    const weeks = new Map<string, SaidWeek>();
    for (const { value } of rows) {
      const { day, outlet, title, link, ...counts } = value;
      const week = mondayOf(day);
      const named = [outlet, title].filter((part) => part !== null).join(': ');
      const mentions = named || link ? [{ title: named || hostOf(link ?? ''), link }] : [];
      weeks.set(week, together(weeks.get(week), { week, counts, mentions }));
    }
    return [...weeks.values()].map((one) => ({ ...one, counts: atLeastNamed(one) }));
  });
}

/** Of one week: counts are added up, mentions put together. */
function together(before: SaidWeek | undefined, { week, counts, mentions }: SaidWeek): SaidWeek {
  if (!before) return { week, counts, mentions };
  const sum = (one: number | null, other: number | null) =>
    one === null && other === null ? null : (one ?? 0) + (other ?? 0);
  return {
    week,
    counts: {
      attendance: sum(before.counts.attendance, counts.attendance),
      opens: sum(before.counts.opens, counts.opens),
      contentRead: sum(before.counts.contentRead, counts.contentRead),
      earnedMedia: sum(before.counts.earnedMedia, counts.earnedMedia),
    },
    mentions: eachOnce([...before.mentions, ...mentions]),
  };
}

const eachOnce = (mentions: readonly Mention[]): Mention[] => [
  ...new Map(mentions.map((one) => [`${one.title} ${one.link}`, one])).values(),
];

/** What is named is counted, whatever else is said. */
const atLeastNamed = ({ counts, mentions }: Pick<SaidWeek, 'counts' | 'mentions'>) =>
  mentions.length > (counts.earnedMedia ?? 0)
    ? { ...counts, earnedMedia: mentions.length }
    : counts;

/** A week as it was known, with what is pasted of it: what that doesn't say stays. */
export function withPasted(known: SaidWeek | undefined, pasted: SaidWeek): SaidWeek {
  if (!known) return pasted;
  const { counts } = pasted;
  const mentions = eachOnce([...known.mentions, ...pasted.mentions]);
  const merged = {
    attendance: counts.attendance ?? known.counts.attendance,
    opens: counts.opens ?? known.counts.opens,
    contentRead: counts.contentRead ?? known.counts.contentRead,
    earnedMedia: counts.earnedMedia ?? known.counts.earnedMedia,
  };
  return { week: known.week, mentions, counts: atLeastNamed({ counts: merged, mentions }) };
}

const LINK_AT_END = /^(?<title>.*?)[\s,;|–—-]*(?<link>https?:\/\/\S+)$/iu;

/** A mention a line: its outlet and title, and the link to it at the end where there is one. */
export function readMentions(): z.ZodType<Mention[]> {
  return z.string().transform((text, issues) => {
    const mentions = text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line): Mention => {
        const { title = line, link = null } = LINK_AT_END.exec(line)?.groups ?? {};
        return { title: title.trim() || hostOf(link ?? ''), link };
      });
    const long = mentions.findIndex(
      ({ title, link }) => title.length > MOST_IN_A_TITLE || (link?.length ?? 0) > MOST_IN_A_LINK,
    );
    if (long >= 0) {
      issues.addIssue({
        code: 'custom',
        message: `Mention ${long + 1} is too long: ${MOST_IN_A_TITLE} characters and a link are the most.`,
      });
      return z.NEVER;
    }
    return eachOnce(mentions);
  });
}

export const writeMentions = (mentions: readonly Mention[]): string =>
  mentions.map(({ title, link }) => (link === null ? title : `${title} ${link}`)).join('\n');

/** What a page is called where nothing else is said of it. */
const hostOf = (link: string) => (URL.canParse(link) ? new URL(link).host : link);
