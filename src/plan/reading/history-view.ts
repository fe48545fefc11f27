/** The versions of a plan, and the differences between two of them in words. */
import type { Button, KnownBlock, ModalView } from '@slack/types';
import { seenOpen } from '../../privacy/ids.ts';
import { actions, button, context, divider, section } from '../../slack/blocks.ts';
import { formatDate, type NumberStyle } from '../../slack/format.ts';
import { paginate } from '../../slack/paginate.ts';
import { modal } from '../../slack/surfaces.ts';
import { lines, mention, mrkdwn, raw, type SlackText, toMrkdwn } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { Override } from '../draft.ts';
import { planCompare, planHistory } from '../ids.ts';
import { periodOf, type RepPlan } from '../round/choose-rules.ts';
import type { PlanEvent, PlanEventKind, VersionStatus, VersionSummary } from '../store.ts';
import { namedAt } from '../values.ts';
import { levelText } from '../words.ts';
import type { Change, Changed } from './diff-rules.ts';

const STATUS: Record<VersionStatus, string> = {
  draft: 'draft',
  proposed: 'proposed',
  changes_requested: 'changes asked for',
  agreed: 'agreed, in force',
  superseded: 'agreed, replaced since',
  closed: 'closed',
  dropped: 'dropped, never signed by both',
};

const DID: Record<PlanEventKind, string> = {
  created: 'began it',
  proposed: 'proposed and signed it',
  taken_back: 'took it back',
  changes_requested: 'asked for changes',
  agreed: 'agreed and signed it',
  superseded: 'signed the version that replaced it',
  closed: 'closed it',
  dropped: 'dropped it',
  brought_back: 'brought it back',
};

/** An instant in the reader's own zone: Slack formats it. */
function instant(at: Date): SlackText {
  const seconds = Math.floor(at.getTime() / 1000);
  return raw(
    `<!date^${seconds}^{date_short_pretty} {time}|${at.toISOString().slice(0, 16).replace('T', ' ')} UTC>`,
  );
}

/** The message that brought it holds the whole comment. */
const COMMENT_MAX = 500;

const eventLine = ({ actorId, kind, at, comment }: PlanEvent): SlackText =>
  mrkdwn`${mention(actorId)} ${DID[kind]} · ${instant(at)}${comment ? mrkdwn`\n>${truncate(comment.replace(/\s+/gu, ' '), COMMENT_MAX)}` : ''}`;

/** Events of one version that are shown: the last ones, since a version may go back and forth. */
const EVENTS_SHOWN = 8;
const VERSIONS_A_PAGE = 10;

/** Leads to all versions of the plan that this one is of. */
export function historyButton(versionId: string): Button {
  const spoken = 'All versions and who signed them';
  return button('Versions', { ...planHistory.with({ versionId }), spoken });
}

/** Every version, newest first, with who did what when, each to be compared with the one before. */
export function historyView(
  versions: readonly VersionSummary[],
  versionId: string,
  at: number,
  {
    others,
    locale,
    isOwn = false,
  }: { others: readonly RepPlan[]; locale: string; isOwn?: boolean },
): ModalView {
  const page = paginate(versions, at, VERSIONS_A_PAGE);
  const blocks = page.items.flatMap(({ id, number, status, events }): KnownBlock[] => [
    section(mrkdwn`*Version ${number}* · ${STATUS[status]}`, {
      blockId: `version:${id}`,
      accessory: button(number > 1 ? 'What changed' : 'Read it', {
        ...planCompare.numbered(number, id),
        spoken: number > 1 ? `What changed in version ${number}` : `Read version ${number}`,
      }),
    }),
    context(...events.slice(-EVENTS_SHOWN).map(eventLine)),
  ]);
  return modal({
    title: 'Versions',
    close: 'Back',
    blocks: [
      ...blocks,
      ...pageButtons(versionId, page),
      ...(isOwn ? [actions([button('Who has seen my plan', seenOpen.with())])] : []),
      ...otherPlans(others, locale),
    ],
  });
}

/** More of a rep's plans are behind them. */
const PLANS_SHOWN = 10;

/** The rep's former and coming plans, each with the way to its versions. */
function otherPlans(plans: readonly RepPlan[], locale: string): KnownBlock[] {
  if (plans.length === 0) return [];
  const shown = [...plans].reverse().slice(0, PLANS_SHOWN);
  return [
    divider(),
    ...shown.map((plan) => {
      const { start, end } = periodOf(plan);
      const { id, status } = plan.signed ?? plan.newest;
      const span = `${formatDate(start, locale, 'date')} – ${formatDate(end, locale, 'date')}`;
      return section(mrkdwn`*Plan ${span}* · ${STATUS[status]}`, {
        accessory: button('Versions', {
          ...planHistory.numbered(plan.id, { versionId: id }),
          spoken: `Versions of the plan ${span}`,
        }),
      });
    }),
  ];
}

function pageButtons(
  versionId: string,
  { previous, next }: { previous: number | null; next: number | null },
): KnownBlock[] {
  const turn = (to: number | null, text: string) =>
    to === null ? [] : [button(text, planHistory.numbered(to, { versionId, page: to }))];
  const buttons = [...turn(previous, 'Newer'), ...turn(next, 'Older')];
  return buttons.length > 0 ? [actions(buttons)] : [];
}

/** A line says what a text begins with; the whole of it is in the plan. */
const VALUE_MAX = 150;
const ROW_MAX = 100;

const short = (text: string, max: number) => truncate(text.replace(/\s+/gu, ' '), max);

function said(value: unknown, { say }: ReturnType<typeof namedAt>, viewer: NumberStyle): SlackText {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) {
    return 'nothing';
  }
  const words = say(value, viewer);
  return typeof words === 'string' ? short(words, VALUE_MAX) : words;
}

/** What a row is called; an overruled number by the number. */
function nameOf(row: string | null, value: unknown, { locale }: NumberStyle): string {
  const { data } = Override.safeParse(value);
  return data ? levelText(data.activity, data.level, locale) : short(row ?? '', ROW_MAX);
}

/** One change as a line: what, from which value, to which. */
export function changeLine(
  { path, row, kind, before, after }: Change,
  viewer: NumberStyle,
): SlackText {
  const named = namedAt(path);
  const rowName = nameOf(row, after ?? before, viewer);
  if (kind === 'added') return mrkdwn`*${named.name} added:* ${rowName}`;
  if (kind === 'removed') return mrkdwn`*${named.name} removed:* ${rowName}`;
  const what = row === null ? named.name : `${rowName}, ${named.name.toLowerCase()}`;
  const [from, to] = [said(before, named, viewer), said(after, named, viewer)];
  return mrkdwn`*${what}:* ${from} → *${to}*`;
}

const CHANGES_SHOWN = 60;

/** A version as it reads, with what it changed. */
export function comparisonView({
  number,
  previous,
  changes,
  viewer,
  summary,
  proposed = null,
}: {
  number: number;
  /** Null for the first version. */
  previous: number | null;
  changes: readonly Change[];
  viewer: NumberStyle;
  summary: KnownBlock[];
  /** What changed since it was proposed before, where it was. */
  proposed?: Changed | null;
}): ModalView {
  const heading =
    previous === null
      ? mrkdwn`*Version ${number}* is the first.`
      : mrkdwn`*Version ${number} against version ${previous}*`;
  const nothing =
    previous !== null && changes.length === 0 ? [section('Nothing is different.')] : [];
  return modal({
    title: `Version ${number}`,
    close: 'Back',
    blocks: [
      ...(proposed ? changedBlocks(proposed, viewer).blocks : []),
      section(heading),
      ...nothing,
      ...changeBlocks(changes, viewer).blocks,
      ...summary,
    ],
  });
}

interface Room {
  changes: number;
  /** In mrkdwn; the first change is shown in any case. */
  characters: number;
}

const IN_A_VIEW: Room = { changes: CHANGES_SHOWN, characters: Number.POSITIVE_INFINITY };

interface ShownChanges {
  blocks: KnownBlock[];
  /** How many are only counted. */
  left: number;
}

/** As many changes as there is room for, the others counted. */
function changeBlocks(
  changes: readonly Change[],
  viewer: NumberStyle,
  room = IN_A_VIEW,
): ShownChanges {
  let used = 0;
  const all = changes.slice(0, room.changes).map((change) => changeLine(change, viewer));
  const fits = (line: SlackText) => {
    used += toMrkdwn(line).length;
    return used <= room.characters;
  };
  const shown = all.filter((line, index) => fits(line) || index === 0);
  const left = changes.length - shown.length;
  const rest = left === 1 ? 'One more change.' : `${left} more changes.`;
  return {
    blocks: [
      ...chunked(shown).map((part) => section(lines(...part))),
      ...(left > 0 ? [context(rest)] : []),
    ],
    left,
  };
}

/** What somebody who is asked again hasn't read yet, as far as there is room. */
export function changedBlocks(
  { since, changes }: Changed,
  viewer: NumberStyle,
  room?: Room,
): ShownChanges {
  const before =
    'version' in since
      ? mrkdwn`since version ${since.version}`
      : mrkdwn`since it was proposed, ${instant(since.proposedAt)}`;
  if (changes.length === 0) {
    return { blocks: [section(mrkdwn`*Nothing changed* ${before}.`)], left: 0 };
  }
  const { blocks, left } = changeBlocks(changes, viewer, room);
  return { blocks: [section(mrkdwn`*What changed* ${before}`), ...blocks], left };
}

/** Slack's limit for a section. */
const SECTION_MAX = 3000;

/** As many lines to a section as it holds, so that none is cut. */
function chunked(words: readonly SlackText[]): SlackText[][] {
  const parts: SlackText[][] = [];
  let room = 0;
  for (const line of words) {
    const length = toMrkdwn(line).length + 1;
    if (length > room) {
      parts.push([]);
      room = SECTION_MAX;
    }
    parts.at(-1)?.push(line);
    room -= length;
  }
  return parts;
}
