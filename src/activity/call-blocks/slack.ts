/** A call block's buttons and the form of its count. */
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { styleWithoutMoney } from '../../people/settings/view.ts';
import { freeStart } from '../../plan/week-rules.ts';
import { weekdayOf } from '../../time/local-date.ts';
import { laterOn } from '../../time/time-of-day.ts';
import { takenOn } from '../day-times.ts';
import { blockCount, blockCountOpen, blockMoveOpen, blockSkipOpen, blockStarted } from '../ids.ts';
import { moveForm, skipForm } from '../skip-move-view.ts';
import {
  type BlockPlace,
  blockName,
  countBlock,
  mustOpenBlock,
  type OpenBlock,
  startBlock,
} from './call-block.ts';
import { blockCountForm } from './view.ts';

const MOVE_BY_MINUTES = 60;

export function listenToBlocks(context: Context): void {
  const { on } = context;
  const find = (who: PersonRef, place: BlockPlace) =>
    mustOpenBlock(context, who, place, context.clock.now());

  on.act(blockStarted, ({ actor, value }) => startBlock(context, actor, value));

  on.click(blockMoveOpen, ({ actor, value, open }) =>
    open(async () => {
      const found = await find(actor, value);
      const name = blockName(found, value.date);
      const style = {
        ...styleOf(found),
        name,
        onceThere: 'The message changes then; no new one comes.',
      };
      const start = laterOn(found.screen.start, MOVE_BY_MINUTES);
      const { minutes, plan } = found;
      const taken = await takenOn(context.db, plan, value.date, { blockId: value.blockId });
      const span = { days: [weekdayOf(value.date)], start, minutes };
      const time = freeStart(span, taken) ?? start;
      return moveForm.view({ about: aboutOf(value), style, raw: { time }, rev: '0' });
    }),
  );

  on.click(blockSkipOpen, ({ actor, value, open }) =>
    open(async () => {
      const found = await find(actor, value);
      const name = blockName(found, value.date);
      return skipForm.view({
        about: aboutOf(value),
        style: styleOf(found),
        raw: {},
        rev: '0',
        name,
      });
    }),
  );

  on.act(blockCount, ({ actor, value: { calls, ...place } }) =>
    countBlock(context, actor, place, calls, { isEdit: false }),
  );

  on.click(blockCountOpen, ({ actor, value, open }) =>
    open(async () => {
      const found = await find(actor, value);
      const style = styleOf(found);
      const { calls } = found.block;
      const raw = calls === null ? {} : blockCountForm.write({ calls }, style);
      return blockCountForm.view({ about: value, style, raw, rev: '0' });
    }),
  );

  on.submit(blockCountForm, async ({ actor, about, read }) => {
    const { calls } = read(styleOf(await find(actor, about)));
    await countBlock(context, actor, about, calls, { isEdit: true });
  });
}

const aboutOf = ({ date, blockId }: BlockPlace) => ({
  what: 'block' as const,
  date,
  slot: blockId,
});

const styleOf = ({ plan, screen }: OpenBlock) => ({
  ...styleWithoutMoney(plan.rep.locale),
  screen,
});
