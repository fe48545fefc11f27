/** What is said of touches once they are noted or in doubt, and the list of prospects. */
import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { forWhom } from '../../actuals/words-view.ts';
import { actions, button, context, divider, overflow, section } from '../../slack/blocks.ts';
import { choice, optional, text } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import { formatCount, type NumberStyle } from '../../slack/format.ts';
import { paginate } from '../../slack/paginate.ts';
import { type Message, message, modal } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { objectionOpen } from '../ids.ts';
import {
  prospectMenu,
  prospectRestore,
  prospectSettle,
  prospectsFind,
  prospectsOpen,
  prospectsPage,
  touchAdd,
  touchBatch,
  touchEdit,
  touchMenu,
  touchOpen,
  touchPasteOpen,
  touchPutBack,
  touchUndo,
} from './ids.ts';
import type { LeadingKind } from './kind-rules.ts';
import type { TouchLine } from './read-touches.ts';
import type { BatchLine, RecordedTouch, SettledProspect } from './record-touch.ts';
import { LEAST_TOUCHES, listOf } from './rules.ts';
import {
  NEW_PROSPECT,
  PROSPECT_LISTS,
  type ProspectList,
  type TouchBatch,
  type TouchValues,
} from './schemas.ts';
import type { CountedProspect, Touch } from './store.ts';
import {
  LIST_NAMES,
  leadingKindText,
  prospectLine,
  quietLine,
  soFarText,
  type TouchReader,
  touchLine,
} from './words-view.ts';

const NAME_IN_BUTTON = 60;

// ── Noted ────────────────────────────────────────────────────────────────────────────────────────

/** One touch, as it stands now. */
export function touchNotedMessage(recorded: RecordedTouch, reader: TouchReader): Message {
  const { touch, prospect } = recorded;
  const words = lines(
    mrkdwn`✓ ${touchLine(touch, prospect.name, reader)}${forWhom(touch.repId, reader)}`,
    standsText(recorded, reader),
  );
  return message(words, [
    section(words),
    actions([
      button('Edit', { ...touchEdit.with(touch.id), spoken: `Edit the touch of ${prospect.name}` }),
      button('Undo', { ...touchUndo.with(touch.id), spoken: `Undo the touch of ${prospect.name}` }),
      button('Objection…', {
        ...objectionOpen.with({ source: 'touch', repId: touch.repId }),
        spoken: 'Log what they objected to',
      }),
      button(
        touch.repId === reader.userId ? 'My prospects' : 'Their prospects',
        prospectsOpen.with(touch.repId),
      ),
    ]),
  ]);
}

function standsText({ prospect, isReopened }: RecordedTouch, { locale }: TouchReader): Mrkdwn {
  const again = isReopened ? 'It is open again. ' : '';
  return mrkdwn`${again}${soFarText(prospect.touches, locale)}.`;
}

/** What became of several, a row each: noted, to be picked, or to be filled in. */
export function touchBatchMessage(
  batch: TouchBatch,
  rows: readonly BatchLine[],
  reader: TouchReader,
): Message {
  const [only] = rows;
  if (rows.length === 1 && only?.kind === 'recorded') return touchNotedMessage(only, reader);
  const noted = rows.filter(({ kind }) => kind === 'recorded').length;
  const head =
    noted === rows.length
      ? mrkdwn`✓ *${formatCount(noted, reader.locale)} touches noted*${forWhom(batch.rep, reader)}`
      : mrkdwn`${formatCount(noted, reader.locale)} of ${formatCount(rows.length, reader.locale)} noted${forWhom(batch.rep, reader)}. The rest needs a word from you.`;
  return message(rows.length === 1 ? spokenOf(rows[0], head) : head, [
    ...(rows.length === 1 ? [] : [section(head)]),
    ...rows.flatMap((row, at) => rowBlocks(row, at, batch, reader)),
  ]);
}

function spokenOf(row: BatchLine | undefined, otherwise: Mrkdwn): Mrkdwn {
  return row?.kind === 'which' ? whichText(row.touch.name, row.near) : otherwise;
}

const whichText = (name: string, near: readonly CountedProspect[]) =>
  mrkdwn`Is *${name}* the same as ${near.map((one) => one.name).join(' or ')}?`;

function rowBlocks(
  row: BatchLine,
  at: number,
  batch: TouchBatch,
  reader: TouchReader,
): KnownBlock[] {
  switch (row.kind) {
    case 'recorded': {
      const { touch, prospect } = row;
      const words = lines(
        mrkdwn`✓ ${touchLine(touch, prospect.name, reader)}`,
        standsText(row, reader),
      );
      return [
        section(words, {
          accessory: overflow(touchMenu.id, [
            { value: touchMenu.write({ what: 'edit', touch: touch.id }), label: 'Edit' },
            { value: touchMenu.write({ what: 'undo', touch: touch.id }), label: 'Undo' },
          ]),
        }),
      ];
    }
    case 'which': {
      const { touch, near } = row;
      const picked = (by: string, value: string) =>
        touchBatch.numbered(`${at}.${by}`, {
          ...batch,
          picks: { ...batch.picks, [String(at)]: value },
        });
      return [
        section(lines(whichText(touch.name, near), mrkdwn`_${touchLine(touch, null, reader)}_`)),
        actions([
          ...near.map(({ id, name }, place) =>
            button(`Yes, ${truncate(name, NAME_IN_BUTTON)}`, picked(String(place), id)),
          ),
          button(`No, ${truncate(touch.name, NAME_IN_BUTTON)} is new`, picked('new', NEW_PROSPECT)),
        ]),
      ];
    }
    case 'unread': {
      const { written, problem, understood } = row.line;
      return askBlocks(mrkdwn`“${truncate(written, 200)}”: ${problem}`, at, {
        rep: batch.rep,
        ...understood,
      });
    }
    case 'refused': {
      const { touch, problem } = row;
      return askBlocks(mrkdwn`*${touch.name}*: ${problem}`, at, { rep: batch.rep, ...touch });
    }
  }
}

const askBlocks = (words: Mrkdwn, at: number, values: TouchValues): KnownBlock[] => [
  section(mrkdwn`:small_orange_diamond: ${words}`),
  actions([button('Fill it in…', touchOpen.numbered(at, fitting(values)))]),
];

/** What of it a button holds. */
const fitting = (values: TouchValues): TouchValues => ({
  ...values,
  name: values.name && truncate(values.name, 200),
  subject: values.subject && truncate(values.subject, 300),
});

/** What was understood of plain words, before anything is noted. */
export function touchHeardMessage(
  batch: TouchBatch,
  said: readonly TouchLine[],
  reader: TouchReader,
): Message {
  const words = lines(
    ...said.map((line) =>
      line.ok
        ? touchLine(line.touch, line.touch.name, reader)
        : mrkdwn`“${truncate(line.written, 200)}”: ${line.problem}`,
    ),
  );
  return message(words, [
    section(words),
    actions([
      button(said.length === 1 ? 'Note it' : 'Note them', {
        ...touchBatch.with(batch),
        style: 'primary',
      }),
      button('My prospects', prospectsOpen.with(batch.rep)),
    ]),
  ]);
}

export function touchUndoneMessage(touch: Touch, name: string, reader: TouchReader): Message {
  const words = mrkdwn`Undone: ${touchLine(touch, name, reader)}.`;
  const { id, repId, kind, subject, date } = touch;
  const kept = { id, rep: repId, name, kind, subject, date };
  return message(words, [
    section(words),
    actions([button('Put it back', touchPutBack.with(kept))]),
  ]);
}

// ── The week's ───────────────────────────────────────────────────────────────────────────────────

const NAMED_A_WEEK = 3;

/** In the last check-in of a week: who is under four and quiet, each settled with a tap; what moves prospects on. */
export function quietProspectBlocks(
  {
    quiet,
    leading,
    repId,
    date,
  }: {
    quiet: readonly CountedProspect[];
    leading: LeadingKind | null;
    repId: string;
    /** Of the check-in. */
    date: string;
  },
  reader: Pick<TouchReader, 'today' | 'locale'>,
): KnownBlock[] {
  if (quiet.length === 0 && leading === null) return [];
  const more = quiet.length - NAMED_A_WEEK;
  const tap = (what: 'touch' | 'done' | 'lost' | 'snooze', prospect: string, label: string) => ({
    value: prospectSettle.write({ what, prospect, date }),
    label,
  });
  return [
    ...(quiet.length > 0
      ? [
          section(
            mrkdwn`*Under four touches, and quiet:* ${formatCount(quiet.length, reader.locale)}`,
            { accessory: button('My prospects', prospectsOpen.with(repId)) },
          ),
        ]
      : []),
    ...quiet.slice(0, NAMED_A_WEEK).map((one) =>
      section(quietLine(one, reader), {
        accessory: overflow(prospectSettle.id, [
          tap('touch', one.id, 'Note a touch…'),
          tap('snooze', one.id, 'Leave it for two weeks'),
          tap('done', one.id, 'Done'),
          tap('lost', one.id, 'Lost'),
        ]),
      }),
    ),
    ...(more > 0
      ? [context(mrkdwn`And ${formatCount(more, reader.locale)} more in the list.`)]
      : []),
    ...(leading ? [context(leadingKindText(leading, reader.locale))] : []),
  ];
}

// ── The list ─────────────────────────────────────────────────────────────────────────────────────

const ROWS_A_PAGE = 10;

export interface ProspectListScreen extends Shown<{ rep: string }, NumberStyle> {
  /** As they stand, what was touched last first. */
  prospects: readonly CountedProspect[];
  shown: ProspectList;
  /** What is looked for; empty: nothing. */
  query: string;
  page: number;
  reader: TouchReader;
  leading: LeadingKind | null;
  /** What has just been done. */
  settled?: Pick<SettledProspect, 'before' | 'after'> | undefined;
}

export const prospectListForm = form({
  id: 'prospect_list',
  about: z.object({ rep: z.string() }),
  fields: (_style: NumberStyle) => ({
    query: optional(text({ label: 'Find', placeholder: 'A name, then Enter', live: true })),
    shown: choice(
      { label: 'Show', live: true },
      PROSPECT_LISTS.map((value) => ({ value, label: LIST_NAMES[value] })),
    ),
  }),
  live: prospectsFind.id,
  frame: (_screen: ProspectListScreen) => ({
    title: 'Prospects',
    // Slack wants it where there is an input.
    submit: 'Find',
    close: 'Done',
  }),
  arrange: (inputs, screen) => listBlocks(screen, [...inputs.query, ...inputs.shown]),
});

function listBlocks(screen: ProspectListScreen, inputs: KnownBlock[]): KnownBlock[] {
  const { about, prospects, shown, query, reader, leading, settled } = screen;
  const add = actions([
    button('Note a touch…', { ...touchAdd.with(about.rep), style: 'primary' }),
    button('Paste several…', touchPasteOpen.with(about.rep)),
  ]);
  const whose = about.rep === reader.userId ? [] : [section(mrkdwn`Of ${mention(about.rep)}`)];
  if (prospects.length === 0) return [...whose, section(EMPTY), add];
  const wanted = query.trim().toLowerCase();
  const found = prospects.filter(
    (one) =>
      (shown === 'all' || listOf(one, reader.today) === shown) &&
      (wanted === '' || one.name.toLowerCase().includes(wanted)),
  );
  const { items, page, pages, previous, next } = paginate(found, screen.page, ROWS_A_PAGE);
  const turn = (to: number | null, words: string) =>
    to === null ? [] : [button(words, prospectsPage.numbered(to, to))];
  const turns = [...turn(previous, 'Previous'), ...turn(next, 'Next')];
  return [
    ...whose,
    ...(settled ? settledBlocks(settled, page, reader) : []),
    ...inputs,
    ...(leading ? [context(leadingKindText(leading, reader.locale))] : []),
    divider(),
    ...(items.length === 0
      ? [
          section(
            wanted === '' ? 'None stands here.' : mrkdwn`None has “${query}” in its name here.`,
          ),
        ]
      : []),
    ...items.map((one) => prospectRow(one, page, reader)),
    ...(pages > 1
      ? [
          context(
            `Page ${page + 1} of ${pages}, ${formatCount(found.length, reader.locale)} prospects`,
          ),
        ]
      : []),
    ...(turns.length > 0 ? [actions(turns)] : []),
    add,
  ];
}

const EMPTY = mrkdwn`*Whom you work on will stand here*, with how many touches each had: a prospect needs at least ${LEAST_TOUCHES}. \`/bigplan touch Acme call pricing\` notes the first.`;

function prospectRow(prospect: CountedProspect, page: number, reader: TouchReader): KnownBlock {
  const { id, name, state } = prospect;
  const option = (what: Parameters<typeof prospectMenu.write>[0]['what'], label: string) => ({
    value: prospectMenu.write({ what, prospect: id, page }),
    label,
  });
  return section(prospectLine(prospect, reader), {
    blockId: `prospect:${id}`,
    accessory: overflow(prospectMenu.id, [
      option('open', `Touches of ${truncate(name, NAME_IN_BUTTON)}`),
      option('edit', 'Edit…'),
      ...(state === 'open'
        ? [
            option('snooze', 'Leave it for two weeks'),
            option('done', 'Done'),
            option('lost', 'Lost'),
          ]
        : [option('reopen', 'Open again')]),
    ]),
  });
}

function settledBlocks(
  { before, after }: Pick<SettledProspect, 'before' | 'after'>,
  page: number,
  reader: TouchReader,
): KnownBlock[] {
  const { id: prospect, state, snoozedUntil } = before;
  return [
    section(mrkdwn`✓ ${prospectLine(after, reader)}`, {
      accessory: button('Undo', prospectRestore.with({ prospect, state, page, snoozedUntil })),
    }),
  ];
}

/** A prospect with its touches, the newest first. */
export function prospectView(
  prospect: CountedProspect,
  touches: readonly Touch[],
  reader: TouchReader,
): ModalView {
  const shown = touches.slice(0, MOST_TOUCHES);
  const left = touches.length - shown.length;
  return modal({
    title: 'Prospect',
    close: 'Back',
    blocks: [
      section(prospectLine(prospect, reader)),
      actions([
        button('Note a touch…', {
          ...touchOpen.with({
            rep: prospect.repId,
            name: prospect.name,
            kind: null,
            subject: null,
            date: null,
          }),
          style: 'primary',
        }),
      ]),
      ...shown.map((touch) =>
        section(
          mrkdwn`${touchLine(touch, null, reader)}${touch.addedBy === touch.repId ? '' : mrkdwn` · by ${mention(touch.addedBy)}`}`,
          {
            blockId: `touch:${touch.id}`,
            accessory: overflow(touchMenu.id, [
              { value: touchMenu.write({ what: 'edit', touch: touch.id }), label: 'Edit' },
              { value: touchMenu.write({ what: 'undo', touch: touch.id }), label: 'Undo' },
            ]),
          },
        ),
      ),
      ...(left > 0
        ? [context(`${formatCount(left, reader.locale)} older ones are counted too.`)]
        : []),
    ],
  });
}

const MOST_TOUCHES = 40;
