/** Every morning and every month's end of a rep's year, as the app goes through them. */
import {
  assess,
  type EpisodeSubject,
  type OpenEpisode,
  type ResolvedEpisode,
  stepEpisodes,
} from '../../src/activity/pace/episode-rules.ts';
import type { CountedDay } from '../../src/activity/pace/pace-rules.ts';
import type { Stage } from '../../src/activity/pace/stage-rate-rules.ts';
import { planRates } from '../../src/activity/plan-in-force.ts';
import { openTermsOf, type PlanDraft } from '../../src/plan/draft.ts';
import { agreedActivities } from '../../src/plan/model/agreed-levels.ts';
import { liveFigures } from '../../src/plan/model/compute.ts';

/** What was told: numbers of counted days, the morning of which it was. */
export type Note = EpisodeSubject & {
  day: number;
  managerDay: number | null;
  resolvedDay: number | null;
};

const MANAGER_AFTER = 5;
/** As many days as the app looks at. */
const COUNTED = 66;

/** Goes through the mornings of any year of a plan. */
export function notesOf(draft: PlanDraft) {
  const live = liveFigures(openTermsOf(draft));
  const levels = agreedActivities(draft, live);
  if (!levels) throw new Error('the plan can be computed');
  const rates = planRates({ levels, funnel: draft.funnel });
  return (days: readonly CountedDay[]) => mornings(days, rates);
}

/** Every morning of the days, with what is known up to yesterday. */
function mornings(days: readonly CountedDay[], planRates: Record<Stage, number | null>): Note[] {
  const notes: Note[] = [];
  const dateOf = (day: number) => days[day]?.date ?? '9999-12-31';
  for (let day = 1; day < days.length; day++) {
    const today = dateOf(day);
    const known = days.slice(Math.max(0, day - COUNTED), day);
    const open: (OpenEpisode & { note: Note })[] = [];
    const resolved: ResolvedEpisode[] = [];
    for (const note of notes) {
      const { kind, subject, managerDay, resolvedDay } = note;
      const episode = { kind, subject } as EpisodeSubject;
      if (resolvedDay !== null) resolved.push({ ...episode, resolvedOn: dateOf(resolvedDay) });
      else {
        const managerOn = kind.endsWith('_high') ? null : dateOf(note.day + MANAGER_AFTER);
        const managerToldOn = managerDay === null ? null : dateOf(managerDay);
        open.push({ ...episode, openedOn: dateOf(note.day), managerOn, managerToldOn, note });
      }
    }
    const assessment = assess(known, planRates, today);
    for (const event of stepEpisodes({ today, days: known, assessment, open, resolved })) {
      if (event.type === 'open') {
        const { kind, subject } = event.finding;
        const episode = { kind, subject } as EpisodeSubject;
        notes.push({ ...episode, day, managerDay: null, resolvedDay: null });
        continue;
      }
      const note = open.find((episode) => episode === event.episode)?.note;
      if (!note) throw new Error('an event of an episode that is not open');
      if (event.type === 'resolve') note.resolvedDay = day;
      else note.managerDay = day;
    }
  }
  return notes;
}
