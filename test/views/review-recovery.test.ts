/** The recovery plan at its longest, and as people read it. */
import { describe, expect, it } from 'vitest';
import { closeView, closingForm, itemForm } from '../../src/review/recovery/forms-view.ts';
import {
  type OverdueScreen,
  overdueMessage,
  overdueSettledMessage,
  type RecoveryList,
  recoveryMessage,
} from '../../src/review/recovery/message-view.ts';
import {
  type RecoveryScreen,
  recoveryPlace,
  recoveryView,
} from '../../src/review/recovery/view.ts';
import { catchUpText, type ShownItem } from '../../src/review/recovery/words-view.ts';
import { ITEM_TEXT, KPIS, type Scorecard } from '../../src/review/schemas.ts';
import { withoutFigures } from '../../src/review/words-view.ts';
import { checkMessage, checkView, fitMessage, fitView } from '../../src/slack/limits.ts';
import type { Message } from '../../src/slack/surfaces.ts';
import { readBlocks } from '../support/read-blocks.ts';

const ID = '0198f3a2-7b1c-7e2d-9a5b-1c2d3e4f5a6b';
/** Every `&` is five characters to Slack. */
const LONG = '&<*_ü '.repeat(ITEM_TEXT).slice(0, ITEM_TEXT);
const style = { today: '2027-03-15', locale: 'en-GB' };

function item(changes: Partial<ShownItem> = {}): ShownItem {
  return {
    id: ID,
    text: 'Battle card against Acme',
    owner: 'manager',
    ownerId: 'U0MAX',
    kpi: 'newBusiness',
    due: '2027-03-26',
    done: null,
    month: null,
    ...changes,
  };
}

const list: RecoveryList = {
  ...style,
  reviewId: ID,
  month: '2027-02',
  repId: 'U0DANA',
  managerId: 'U0MAX',
  channelId: 'C0TEAM',
  items: [
    item(),
    item({
      text: 'Four demos more',
      owner: 'rep',
      ownerId: 'U0DANA',
      kpi: 'demos',
      due: '2027-03-03',
    }),
    item({ text: 'Ask marketing for two events', kpi: null, due: '2027-03-15' }),
    item({
      text: 'Call the three lost renewals',
      owner: 'rep',
      ownerId: 'U0DANA',
      kpi: 'renewal',
      done: { on: '2027-03-12', by: 'U0MAX' },
    }),
  ],
  carried: [item({ text: 'Pricing one-pager', due: '2027-02-26', month: '2027-01' })],
};
const screen: RecoveryScreen = {
  ...list,
  repName: 'Dana',
  closed: null,
  canReopen: false,
  suggestions: [
    { key: 'said.newBusiness', text: 'A webinar with Globex', kpi: 'newBusiness', due: null },
    { key: 'figures.0', text: '4 demos more by 30 Apr', kpi: 'demos', due: '2027-04-30' },
  ],
};
const state = { reviewId: ID, page: 0, removed: null };
const closed = { ...screen, closed: { on: '2027-03-14', by: 'U0MAX' }, canReopen: true };
const empty = { ...screen, items: [], carried: [] };

const sixty = Array.from({ length: 60 }, (_, n) =>
  item({ id: `${ID.slice(0, -2)}${n + 10}`, text: LONG, due: '2026-12-31', month: null }),
);
const most: RecoveryScreen = {
  ...screen,
  items: sixty,
  carried: sixty.map((one) => ({ ...one, month: '2027-01' })),
  suggestions: sixty.map((_, n) => ({ key: `said.${n}`, text: LONG, kpi: null, due: null })),
  repName: LONG.slice(0, 80),
};

const nudge: OverdueScreen = {
  ...style,
  item: item({ due: '2027-03-03' }),
  repId: 'U0DANA',
  readerId: 'U0MAX',
  otherId: 'U0DANA',
  month: '2027-02',
};
const own: OverdueScreen = {
  ...nudge,
  item: item({ owner: 'rep', ownerId: 'U0DANA', due: '2027-03-12' }),
  readerId: 'U0DANA',
  otherId: 'U0MAX',
};

const MESSAGES: Record<string, Message> = {
  'in the thread': recoveryMessage(list, 'channel'),
  'to the rep': recoveryMessage(list, 'rep'),
  'all taken off': recoveryMessage({ ...list, items: [] }, 'channel'),
  'nobody manages the rep': recoveryMessage(
    { ...list, managerId: null, channelId: null, items: [item({ ownerId: null })] },
    'rep',
  ),
  'overdue, to the manager': overdueMessage(nudge),
  'overdue, to the rep': overdueMessage(own),
  'overdue, done by its owner': overdueSettledMessage(
    nudge,
    item({ done: { on: '2027-03-15', by: 'U0MAX' } }),
  ),
  'overdue, done by the other': overdueSettledMessage(
    nudge,
    item({ done: { on: '2027-03-15', by: 'U0DANA' } }),
  ),
  'overdue, with a new date': overdueSettledMessage(nudge, item({ due: '2028-01-10' })),
  'overdue, taken on by the other': overdueSettledMessage(nudge, item({ ownerId: 'U0DANA' })),
  'overdue, taken off': overdueSettledMessage(nudge, null),
};

const VIEWS = {
  'the plan': recoveryView(screen, state),
  'the plan, something removed': recoveryView(screen, {
    ...state,
    removed: { text: 'Pricing one-pager', id: ID },
  }),
  'nothing yet': recoveryView(empty, state),
  'the plan, closed': recoveryView(closed, state),
  'closing it': closeView(screen),
  'closing with nothing': closeView(empty),
  'closed already': closeView(closed),
};

describe('messages', () => {
  it.each(Object.entries(MESSAGES))('%s: fits, and says it in words too', (_, message) => {
    expect(checkMessage(message)).toEqual([]);
    expect(message.text).not.toBe('');
    expect(JSON.stringify(message)).not.toMatch(/undefined|null|NaN|\[object/);
  });

  it('read as they should', () => {
    const told = Object.entries(MESSAGES).map(
      ([name, { blocks }]) => `## ${name}\n${readBlocks(blocks)}`,
    );
    expect(told.join('\n\n')).toMatchSnapshot();
  });

  it('never scold and never shout', () => {
    for (const { blocks } of Object.values(MESSAGES)) {
      expect(readBlocks(blocks)).not.toMatch(/!|failed|must|should have|overdue/i);
    }
  });

  it('a nudge carries the way to stop nudges', () => {
    for (const message of [overdueMessage(nudge), overdueMessage(own)]) {
      expect(JSON.stringify(message)).toContain('"action_id":"nudge_menu"');
    }
  });

  it.each(['channel', 'rep'] as const)(
    'sixty items of 300 characters are cut visibly: %s',
    (to) => {
      const message = recoveryMessage(most, to);
      expect(checkMessage(message)).toEqual([]);
      const ticks = JSON.stringify(message.blocks).split('"recovery_done"').length - 1;
      expect(ticks).toBeGreaterThan(8);
      expect(readBlocks(message.blocks)).toContain(`${60 - ticks} more under *All items*.`);
      expect(readBlocks(message.blocks)).toContain('60 older items are open too.');
    },
  );

  it('open ones are those that stay in sight', () => {
    const done = sixty.map((one) => ({ ...one, done: { on: '2027-03-02', by: 'U0MAX' } }));
    const message = recoveryMessage(
      { ...list, items: [...done, item({ text: 'The open one' })] },
      'rep',
    );
    expect(readBlocks(message.blocks)).toContain('The open one');
  });

  it('sixty short items leave out no more than they have to', () => {
    const message = recoveryMessage(
      { ...list, items: sixty.map((one) => ({ ...one, text: 'x' })) },
      'rep',
    );
    expect(checkMessage(message)).toEqual([]);
    expect(readBlocks(message.blocks)).toContain('20 more under');
  });

  it('nudges hold the longest item', () => {
    const longest = { ...nudge, item: item({ text: LONG, due: '2027-01-01' }) };
    for (const message of [overdueMessage(longest), overdueSettledMessage(longest, null)]) {
      expect(checkMessage(fitMessage(message))).toEqual([]);
    }
  });
});

describe('views', () => {
  it.each(Object.entries(VIEWS))('%s: fits', (_, view) => {
    expect(checkView(view)).toEqual([]);
    expect(JSON.stringify(view)).not.toMatch(/undefined|NaN|\[object/);
  });

  it('read as they should', () => {
    const told = Object.entries(VIEWS).map(
      ([name, { blocks }]) => `## ${name}\n${readBlocks(blocks)}`,
    );
    expect(told.join('\n\n')).toMatchSnapshot();
  });

  it('every item is on one of the pages, with its buttons', () => {
    const ids = new Set<string>();
    for (let page = 0; page < 10; page++) {
      const removed = { text: LONG, id: 'x'.repeat(36) };
      const view = fitView(recoveryView(most, { ...state, page, removed }));
      expect(checkView(view)).toEqual([]);
      for (const block of view.blocks) {
        if (block.type !== 'actions' || !('elements' in block)) continue;
        const edit = JSON.stringify(block).match(/"recovery_edit","value":"([^"]+)"/)?.[1];
        if (edit) ids.add(`${page}:${edit}`);
      }
      expect(recoveryPlace.read(view.private_metadata ?? '')).toEqual({
        reviewId: ID,
        page,
        removedId: removed.id,
      });
    }
    expect(ids.size).toBe(120);
  });

  it('a page that is no longer there gives the last one', () => {
    const view = recoveryView(screen, { ...state, page: 7 });
    expect(recoveryPlace.read(view.private_metadata ?? '')?.page).toBe(0);
    expect(recoveryPlace.read('')).toBe(null);
  });

  it('the close lists the most it can', () => {
    const view = fitView(closeView(most));
    expect(checkView(view)).toEqual([]);
    expect(readBlocks(view.blocks)).toContain('And 40 more.');
    const about = (of: typeof view) => closingForm.metadata.read(of.private_metadata ?? '')?.about;
    expect(about(view)).toEqual({ reviewId: ID, isEmpty: false });
    expect(about(closeView(empty))?.isEmpty).toBe(true);
  });
});

describe('the form of an item', () => {
  const card = {
    lines: KPIS.map((kpi) => ({
      kpi,
      actual: 1,
      target: 2,
      verdict: kpi === 'coverage' || kpi === 'calls' ? 'missed' : 'met',
      tries: null,
    })),
  } as unknown as Scorecard;
  const style = {
    ...withoutFigures('en-GB'),
    repName: LONG.slice(0, 80),
    managerName: LONG.slice(0, 80),
    card,
  };
  const form = {
    about: { reviewId: ID, itemId: ID, place: 'over', shownIn: ID, page: 2 },
    style,
    raw: { text: LONG, owner: 'manager', due: '2027-03-26', kpi: 'coverage' },
    rev: ID,
    channelId: 'C0TEAM',
  } as const;

  it('fits, and keeps what it is about', () => {
    const view = fitView(itemForm.view(form));
    expect(checkView(view)).toEqual([]);
    expect(itemForm.metadata.read(view.private_metadata ?? '')?.about).toEqual(form.about);
    expect(itemForm.metadata.read('')).toBe(null);
  });

  it('what was missed comes first, and what is chosen is there', () => {
    const kpis = itemForm.view(form).blocks.find(({ block_id }) => block_id?.startsWith('kpi:'));
    const values = [...JSON.stringify(kpis).matchAll(/"value":"(\w+)"/g)].map(([, value]) => value);
    expect(values.slice(0, 3)).toEqual(['coverage', 'calls', 'bookings']);
    expect(values).toHaveLength(KPIS.length + 1);
    expect(JSON.stringify(kpis)).toContain('Coverage (missed)');
  });

  it('says who reads it; without a manager it is the rep’s', () => {
    expect(JSON.stringify(itemForm.view(form))).toContain(
      'Everybody in the team’s channel (<#C0TEAM>) sees this.',
    );
    const alone = JSON.stringify(
      itemForm.view({ ...form, style: { ...style, managerName: null }, channelId: null }),
    );
    expect(alone).not.toContain('sees this');
    expect(alone).toContain('"initial_option":{"text":');
    expect(alone).toContain('"value":"rep"');
    expect(alone).not.toContain('"value":"manager"');
  });
});

const BEYOND = {
  kind: 'beyond',
  activity: 'calls',
  deficit: 900,
  wouldTake: 61,
  until: '2027-04-30',
  levers: {
    volume: {
      perDay: 36,
      makesUp: 90,
      left: 810,
      extra: { perWeek: 45, minutesPerWeek: 180 },
    },
    conversion: null,
    insurance: { absorbs: 0, left: 900 },
  },
} as const;

describe('what the figures suggest', () => {
  it.each([
    [
      {
        kind: 'activity',
        activity: 'calls',
        deficit: 86,
        perWeek: 170,
        extraPerWeek: 35,
        pace: null,
        until: '2027-04-30',
      },
      '170 calls a week instead of 135 until 30 Apr',
    ],
    [
      {
        kind: 'activity',
        activity: 'contracts',
        deficit: 2,
        perWeek: 1,
        extraPerWeek: 1,
        pace: { per: 'month', count: 4, planned: 3 },
        until: '2027-06-30',
      },
      '4 contracts a month instead of 3 until 30 Jun',
    ],
    [{ kind: 'leads', short: 7, until: '2027-04-30' }, '7 leads that were promised, by 30 Apr'],
    [
      { kind: 'deals', short: 1, deals: 2, demos: null, until: '2027-04-30', isInReach: true },
      '2 deals beyond the plan by 30 Apr',
    ],
    [
      { kind: 'deals', short: 1, deals: 2, demos: 6, until: '2027-04-30', isInReach: true },
      '6 demos more by 30 Apr, for the 2 deals that are short',
    ],
    [
      { kind: 'deals', short: 1, deals: 1, demos: 1, until: '2027-04-30', isInReach: true },
      '1 demo more by 30 Apr, for the deal that is short',
    ],
    [
      { kind: 'deals', short: 1, deals: 32, demos: 96, until: '2027-04-30', isInReach: false },
      null,
    ],
    [BEYOND, null],
  ] as const)('%o', (line, text) => {
    expect(catchUpText(line, 'en-GB')).toBe(text);
  });
});
