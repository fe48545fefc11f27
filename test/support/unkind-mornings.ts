/** Every morning of a rep's year, as the app goes through them. */
import {
  assess,
  type EpisodeSubject,
  isForManager,
  type OpenEpisode,
  type ResolvedEpisode,
  stepEpisodes,
} from '../../src/activity/pace/episode-rules.ts';
import { leadDaysOf } from '../../src/activity/pace/lead-rules.ts';
import type { CountedDay } from '../../src/activity/pace/pace-rules.ts';
import { MOST_DAYS } from '../../src/activity/pace/stage-rate-rules.ts';
import { paceTermsOf } from '../../src/activity/plan-in-force.ts';
import { openTermsOf, type PlanDraft } from '../../src/plan/draft.ts';
import { liveFigures } from '../../src/plan/model/compute.ts';
import { workingDates } from '../../src/time/working-days.ts';
import type { RepYear } from './unkind-reps.ts';

/** What was told: numbers of counted days, the morning of which it was. */
export interface Note {
  about: EpisodeSubject;
  day: number;
  managerDay: number | null;
  resolvedDay: number | null;
}

const MANAGER_AFTER = 5;

/** Goes through the mornings of any year of a plan. `leads`: as they were entered; null: never. */
export function notesOf(draft: PlanDraft) {
  const { weights, layers } = liveFigures(openTermsOf(draft));
  if (!weights || !layers) throw new Error('the plan can be computed');
  const terms = paceTermsOf({ ...draft, layers, weights });
  const { period, calendar, newBusiness } = draft;
  const weekdays = workingDates({ ...calendar, timeOff: [] }, period.start, period.end);

  return (days: readonly CountedDay[], entered: RepYear['leads'] | null): Note[] => {
    const leads = leadDaysOf(newBusiness?.sdr ?? null, weights, weekdays, entered ?? []);
    const notes: Note[] = [];
    const dateOf = (day: number) => days[day]?.date ?? '9999-12-31';
    for (let day = 1; day < days.length; day++) {
      const today = dateOf(day);
      const open: (OpenEpisode & { note: Note })[] = [];
      const resolved: ResolvedEpisode[] = [];
      for (const note of notes) {
        const { about, managerDay, resolvedDay } = note;
        if (resolvedDay !== null) resolved.push({ ...about, resolvedOn: dateOf(resolvedDay) });
        else {
          const managerOn = isForManager(about) ? dateOf(note.day + MANAGER_AFTER) : null;
          const managerToldOn = managerDay === null ? null : dateOf(managerDay);
          open.push({ ...about, openedOn: dateOf(note.day), managerOn, managerToldOn, note });
        }
      }
      const morning = {
        today,
        days: days.slice(Math.max(0, day - MOST_DAYS), day),
        leads: leads?.filter(({ date }) => date < today) ?? null,
        terms,
        open,
        resolved,
      };
      for (const event of stepEpisodes({ ...morning, assessment: assess(morning) })) {
        if (event.type === 'open') {
          notes.push({ about: event.finding, day, managerDay: null, resolvedDay: null });
          continue;
        }
        const note = open.find((episode) => episode === event.episode)?.note;
        if (!note) throw new Error('an event of an episode that is not open');
        if (event.type === 'resolve') note.resolvedDay = day;
        else note.managerDay = day;
      }
    }
    return notes;
  };
}
