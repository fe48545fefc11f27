/** The buttons of the sync between a rep and their SDR partner. */
import type { Context } from '../../context.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { styleWithoutMoney } from '../../people/settings/view.ts';
import { laterOn } from '../../time/time-of-day.ts';
import { zoneOf } from '../../time/zone.ts';
import { syncAccept, syncDecline, syncDone, syncMoveOpen, syncSkipOpen } from '../ids.ts';
import { moveForm, skipForm } from '../skip-move-view.ts';
import { answerConsent } from './consent.ts';
import { settleSync } from './settle-sync.ts';

const MOVE_BY_MINUTES = 60;
const THIS_SYNC = 'this sync';

export function listenToSyncs(context: Context): void {
  const { on, clock } = context;

  on.act(syncAccept, ({ actor, value }) => answerConsent(context, actor, value, 'accepted'));
  on.act(syncDecline, ({ actor, value }) => answerConsent(context, actor, value, 'declined'));

  on.act(syncDone, ({ actor, value }) => settleSync(context, actor, value, { state: 'done' }));

  on.click(syncMoveOpen, ({ actor, value: { date, repId }, open }) =>
    open(async () => {
      const { timeZone, locale } = await meetPerson(context, actor);
      const time = laterOn(zoneOf(timeZone).timeAt(clock.now()), MOVE_BY_MINUTES);
      return moveForm.view({
        about: { what: 'sync', date, slot: repId },
        style: { ...styleWithoutMoney(locale), name: THIS_SYNC, onceThere: 'I’ll be back then.' },
        raw: { time },
        rev: '0',
      });
    }),
  );

  on.click(syncSkipOpen, ({ value: { date, repId }, open }) =>
    open(
      skipForm.view({
        about: { what: 'sync', date, slot: repId },
        style: styleWithoutMoney('en-US'),
        raw: {},
        rev: '0',
        name: THIS_SYNC,
      }),
    ),
  );
}
