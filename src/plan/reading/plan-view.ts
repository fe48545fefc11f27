import type { Button, KnownBlock, ModalView } from '@slack/types';
import { planOpened } from '../../people/ids.ts';
import { actions, button, confirmation, context, section } from '../../slack/blocks.ts';
import { formatDate, type NumberStyle } from '../../slack/format.ts';
import { modal } from '../../slack/surfaces.ts';
import { mention, mrkdwn, plainText, type SlackText } from '../../slack/text.ts';
import type { Pair, Side } from '../access.ts';
import {
  planAgree,
  planAskForChanges,
  planBringBack,
  planChange,
  planClose,
  planCompare,
  planDrop,
  planNext,
  planWithdraw,
} from '../ids.ts';
import type { MeetingHours } from '../meeting-hours-rules.ts';
import type { LiveFigures } from '../model/compute.ts';
import type { PlanPlace } from '../round/place-rules.ts';
import type { ChangeRequest, Version } from '../store.ts';
import type { Changed } from './diff-rules.ts';
import { explainPicker } from './explanation-view.ts';
import { changedBlocks, historyButton } from './history-view.ts';
import { unkindMeetingText } from './meeting-hours-view.ts';
import { readButton } from './reading-view.ts';
import { requestBlocks } from './request-view.ts';
import { type SettledRenewal, summaryBlocks } from './summary-view.ts';

export interface PlanScreen {
  version: Version;
  pair: Pair;
  side: Side;
  proposedBy: string | null;
  /** The last request for changes; null where the version is agreed, or nobody asked. */
  request: ChangeRequest | null;
  /** Of a proposal: what whoever is asked again hasn't read yet. */
  changed: Changed | null;
  /** A version of the plan after this one, where there is one. */
  newer?: Pick<Version, 'number' | 'status'> | undefined;
  live: LiveFigures;
  viewer: NumberStyle;
  /** Local date of the reader. */
  today: string;
  notice?: SlackText | undefined;
  /** Where it stands among the rep's plans. */
  place?: PlanPlace | undefined;
  /** The monthly 1:1 on the clocks of both. */
  meeting?: MeetingHours | null | undefined;
  /** What has become of the plan's renewals so far. */
  settled?: readonly SettledRenewal[] | undefined;
}

/** Names a version as it was read: a button with an older revision is stale. */
const asRead = ({ id, revision }: Version) => ({ versionId: id, revision });

/** What the reader may do with the version now, the obvious thing first. */
export function planButtons({ version, pair, side, proposedBy, newer }: PlanScreen): Button[] {
  const shown = asRead(version);
  const ids = [pair.rep.userId, pair.manager?.userId];
  const readerId = side === 'rep' ? ids[0] : ids[1];
  const open = button('Open the plan', { ...planOpened.with(version.repId), style: 'primary' });
  switch (version.status) {
    case 'draft':
    case 'changes_requested':
      return [open];
    case 'proposed':
      return proposedBy === readerId || !ids.includes(proposedBy ?? undefined)
        ? [button('Take it back', planWithdraw.with(shown))]
        : [
            button('Agree', {
              ...planAgree.with(shown),
              style: 'primary',
              spoken: 'Agree and sign this plan',
            }),
            button('Ask for changes', planAskForChanges.with(shown)),
          ];
    case 'agreed':
      if (newer) return [{ ...open, text: plainText(`Open version ${newer.number}`) }];
      return [
        button('Change it', {
          ...planChange.with(shown),
          spoken: 'Start a new version to change it',
        }),
      ];
    case 'superseded':
      return [{ ...open, text: plainText('Open the current plan') }];
    case 'closed':
      return [{ ...open, text: plainText('Start the next plan') }];
    case 'dropped':
      return [button('Bring it back', planBringBack.with(shown)), open];
  }
}

/**
 * The summary with where it stands and what to do next: for a message, a modal and Home alike. Explained: with
 * the list of its figures.
 */
export function planBlocks(
  screen: PlanScreen,
  { isExplained = true }: { isExplained?: boolean } = {},
): KnownBlock[] {
  const { version, pair, side, proposedBy, live, viewer, today, request } = screen;
  const ids = { rep: pair.rep.userId, manager: pair.manager?.userId ?? null };
  const readerId = ids[side] ?? pair.rep.userId;
  const otherId = side === 'rep' ? ids.manager : ids.rep;
  const standing = statusText({ version, proposedBy, readerId, otherId });
  const isWaiting = version.status === 'proposed' && proposedBy === readerId;
  const { start, end } = version.draft.period;
  const buttons = planButtons(screen);
  const hours =
    version.status === 'proposed' ? unkindMeetingText(screen.meeting ?? null, pair) : null;
  return [
    section(
      mrkdwn`*${pair.rep.name}* · ${formatDate(start, viewer.locale, 'date')} – ${formatDate(end, viewer.locale, 'date')}`,
    ),
    ...(screen.notice ? [section(screen.notice)] : []),
    context(standing),
    ...(request && !isWaiting ? requestBlocks(request, readerId, version) : []),
    ...(isWaiting ? [] : changesToRead(screen)),
    ...summaryBlocks(version.draft, live, viewer, today, screen.settled),
    ...(hours ? [section(hours)] : []),
    ...(isExplained ? explainPicker(live, version.id) : []),
    ...nextBlocks(screen),
    actions([...buttons, readButton(version.id), historyButton(version.id)]),
  ];
}

/** The plan before or after this one, with the way there. */
function nextBlocks({ version, place, viewer }: PlanScreen): KnownBlock[] {
  const open = planNext.with(asRead(version));
  if (place?.takesOver) {
    return [context(takesOverText(version, viewer))];
  }
  if (place?.next) {
    const begins = formatDate(place.next.period.start, viewer.locale, 'date');
    const what = place.next.status === 'agreed' ? 'is signed by both' : NEXT[place.next.status];
    return [
      section(mrkdwn`*The next plan*, from ${begins}, ${what ?? 'is begun'}.`, {
        accessory: button('Open it', { ...open, spoken: 'Open the next plan' }),
      }),
    ];
  }
  if (!place?.isTimeForNext) return [];
  const end = formatDate(version.draft.period.end, viewer.locale, 'date');
  return [
    section(
      mrkdwn`*This plan ends on ${end}.* The next one takes over comp plan, open renewals, open pipeline and your rates as measured.`,
      { accessory: button('Begin the next', { ...open, spoken: 'Begin the next plan' }) },
    ),
  ];
}

const NEXT: Partial<Record<Version['status'], string>> = {
  draft: 'is a draft',
  proposed: 'is proposed and waits for a signature',
  changes_requested: 'is being changed',
};

/** Of a plan that another one runs before. */
export function takesOverText(
  { draft }: Pick<Version, 'draft'>,
  { locale }: NumberStyle,
): SlackText {
  const begins = formatDate(draft.period.start, locale, 'date');
  return mrkdwn`It takes over on *${begins}*. Until then the plan that runs counts: \`/bigplan\` opens that.`;
}

/** Drops a version that was never signed; what was before it goes on. */
export function dropButton(version: Version): Button {
  const confirm = confirmation({
    title: 'Drop this version?',
    text: 'What you have both signed goes on as it is. A dropped version stays in the list of versions and can be brought back.',
    yes: 'Drop it',
    no: 'Keep it',
    danger: true,
  });
  const name = `Drop version ${version.number}`;
  return button(name, { ...planDrop.with(asRead(version)), confirm });
}

/** Changes on the page, and the characters that they take; of more the whole list is a click away. */
const ON_PAGE = { changes: 10, characters: 1_800 };

function changesToRead({ version, changed, viewer }: PlanScreen): KnownBlock[] {
  if (changed === null) return [];
  const all = changed.changes.length;
  const { blocks, left } = changedBlocks(changed, viewer, ON_PAGE);
  return [
    ...blocks,
    ...(left > 0
      ? [actions([button(`All ${all} changes`, planCompare.with(version.id))], 'changes')]
      : []),
  ];
}

/** The plan in a modal: what `/bigplan` shows once it is proposed or agreed. */
export function planView(screen: PlanScreen): ModalView {
  return modal({
    title: 'Big-Picture Plan',
    close: 'Close',
    blocks: [...planBlocks(screen), ...closing(screen)],
  });
}

/** The way out of a plan that has run its course, for those who look at it in its modal. */
function closing({ version }: PlanScreen): KnownBlock[] {
  if (version.status !== 'agreed') return [];
  const confirm = confirmation({
    title: 'Close this plan?',
    text: 'It ends for both of you; of its 1:1s, only that of its last month is still held. The next plan takes over comp plan, open renewals, open pipeline and rates as measured. All its versions stay readable.',
    yes: 'Close it',
    no: 'Keep it',
    danger: true,
  });
  const close = { ...planClose.with(asRead(version)), confirm };
  return [actions([button('Close this plan', close)])];
}

interface Standing {
  version: Pick<Version, 'number' | 'status'>;
  /** Who proposed it last. */
  proposedBy: string | null;
  /** Who reads this. */
  readerId: string;
  /** The other one of the pair; null while there is no manager. */
  otherId: string | null;
}

/** Where a version stands and whose turn it is, in one line. */
function statusText({ version, proposedBy, readerId, otherId }: Standing): SlackText {
  const name = `Version ${version.number}`;
  const other = otherId ? mention(otherId) : 'your manager';
  switch (version.status) {
    case 'draft':
      return mrkdwn`*${name}* is a draft. Either of you can change it.`;
    case 'proposed':
      return proposedBy === readerId
        ? mrkdwn`*${name}* is proposed. It waits for ${other} to sign.`
        : mrkdwn`*${name}* is proposed by ${proposedBy ? mention(proposedBy) : other}. It waits for you.`;
    case 'changes_requested':
      return mrkdwn`*${name}*: changes were asked for. Either of you can make them and propose it again.`;
    case 'agreed':
      return mrkdwn`*${name}* is agreed and signed by both.`;
    case 'superseded':
      return mrkdwn`*${name}* was agreed and then replaced by a newer one.`;
    case 'closed':
      return mrkdwn`*${name}* is closed.`;
    case 'dropped':
      return mrkdwn`*${name}* was dropped: nothing of it counts, and it can be brought back.`;
  }
}
