/**
 * A working day of many people, minute by minute, through queues that take so much a minute: what is full first, and how
 * late the last of it is. Everybody lives in one zone and keeps the default time, which is the worst day there is.
 */
import { spreadMinutes } from '../../src/activity/spread-rules.ts';
import { SLACK_LIMITS } from '../../src/outbox/limit-rules.ts';
import type { Costs } from './measured-costs.ts';

export interface Scale {
  people: number;
  workspaces: number;
  /** Processes of Bigplan, each with a core of its own. */
  processes: number;
  databaseCores: number;
}

export interface PeakDay {
  /** Of their capacity, at the busiest minute: what would be asked of each. */
  slack: number;
  processor: number;
  database: number;
  /** Whichever is full first: what asks most of its capacity; null: none is full. */
  first: 'Slack' | 'processor' | 'database' | null;
  /** Minute of the day at which that is so. */
  at: number | null;
  /** After its time, in minutes. */
  lastCheckIn: number;
  /** Clicks that waited longer than Slack does (3 s). */
  clicksLate: number;
}

const DAY = 24 * 60;
const ASKED = 16 * 60 + 30;
/** What a click waits for is worth this much of a minute. */
const SLACK_WAITS = 3 / 60;
const MINUTE_MS = 60_000;
/** Who is asked answers so soon, in minutes: a share of them in each, the first at once. */
const ANSWERED = [0.1, 0.08, 0.06, 0.05, 0.04, 0.04, 0.03, 0.03, 0.03, 0.02, 0.02, 0.02];
/** One to each person at most besides check-ins, evenly from eight to six: reviews, digests, pace, replies. */
const OTHER_A_DAY = 0.5;
const COMMANDS_A_DAY = 1;
const HOMES_A_DAY = 0.5;
const WORKDAY = { from: 8 * 60, minutes: 600 };

export function peakDay(scale: Scale, costs: Costs): PeakDay {
  const each = scale.people / scale.workspaces;
  const spread = spreadMinutes(each) + 1;
  const slackTakes = SLACK_LIMITS['chat.postMessage'].perMinute * scale.workspaces;
  const processorTakes = MINUTE_MS * scale.processes;
  const databaseTakes = MINUTE_MS * scale.databaseCores;
  const clicked = new Float64Array(2 * DAY);
  const peak = { Slack: 0, processor: 0, database: 0 };
  const peakAt = { Slack: 0, processor: 0, database: 0 };
  let toSend = 0;
  let checkIns = 0;
  let late = 0;
  let last = 0;
  for (let minute = 0; minute < 2 * DAY; minute++) {
    const isWork = minute >= WORKDAY.from && minute < WORKDAY.from + WORKDAY.minutes;
    const evenly = isWork ? scale.people / WORKDAY.minutes : 0;
    const due = minute > ASKED - spread && minute <= ASKED ? scale.people / spread : 0;
    const others = evenly * OTHER_A_DAY;
    checkIns += due;
    toSend += due + others;
    const taps = clicked[minute] ?? 0;
    const commands = evenly * COMMANDS_A_DAY;
    const homes = evenly * HOMES_A_DAY;
    const clicks = taps * costs.tap + commands * costs.command + homes * costs.home;
    const clicksInDatabase =
      taps * costs.databaseTap + commands * costs.databaseCommand + homes * costs.databaseHome;
    // People first: what is sent has the rest.
    const left = Math.max(0, processorTakes - clicks - due * costs.due) / costs.delivery;
    const leftInDatabase =
      Math.max(0, databaseTakes - clicksInDatabase - due * costs.databaseDue) /
      costs.databaseDelivery;
    const asked = {
      Slack: toSend / slackTakes,
      processor: (clicks + due * costs.due + toSend * costs.delivery) / processorTakes,
      database:
        (clicksInDatabase + due * costs.databaseDue + toSend * costs.databaseDelivery) /
        databaseTakes,
    };
    for (const name of ['Slack', 'processor', 'database'] as const) {
      if (asked[name] <= peak[name]) continue;
      peak[name] = asked[name];
      peakAt[name] = minute;
    }
    const busy = Math.max(clicks / processorTakes, clicksInDatabase / databaseTakes);
    if (busy > 1 + SLACK_WAITS) late += (taps + commands + homes) * (1 - 1 / busy);
    const sent = Math.min(toSend, slackTakes, left, leftInDatabase);
    const asks = toSend === 0 ? 0 : (sent * checkIns) / toSend;
    toSend -= sent;
    checkIns -= asks;
    if (checkIns > 0.5 && minute >= ASKED) last = minute + 1 - ASKED;
    for (const [after, share] of ANSWERED.entries()) {
      const then = minute + 1 + after;
      if (then < clicked.length) clicked[then] = (clicked[then] ?? 0) + asks * share;
    }
  }
  const full = (['Slack', 'processor', 'database'] as const).filter((name) => peak[name] > 1.01);
  const first = full.toSorted((a, b) => peak[b] - peak[a])[0] ?? null;
  return {
    slack: peak.Slack,
    processor: peak.processor,
    database: peak.database,
    first,
    at: first && peakAt[first],
    lastCheckIn: last,
    clicksLate: Math.round(late),
  };
}
