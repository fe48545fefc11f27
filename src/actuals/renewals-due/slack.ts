import type { Context } from '../../context.ts';
import { addDays } from '../../time/local-date.ts';
import { renewalLater, renewalLost, renewalWon } from '../ids.ts';
import { screenFor } from '../plan-for.ts';
import { mustFindRenewal, settleDue, waitForRenewal } from './settle-due.ts';
import { renewalLaterForm } from './view.ts';

/** A rep looks again after so many days, where they don’t say otherwise. */
const USUAL_WAIT = 7;

/** The buttons of a renewal whose date has passed. */
export function listenToDueRenewals(context: Context): void {
  const { on } = context;

  on.act(renewalWon, ({ actor, value }) => settleDue(context, actor, value, 'won'));
  on.act(renewalLost, ({ actor, value }) => settleDue(context, actor, value, 'lost'));

  on.click(renewalLater, ({ actor, value, open }) =>
    open(async () => {
      const { plan, reader } = await screenFor(context, actor, actor.userId, 'won');
      const { account, date: due } = mustFindRenewal(plan, value.renewal);
      const until = addDays(plan.today, USUAL_WAIT);
      return renewalLaterForm.view({
        about: value,
        style: reader,
        raw: renewalLaterForm.write({ until }, reader),
        rev: value.renewal,
        account,
        due,
      });
    }),
  );

  on.submit(renewalLaterForm, async ({ actor, about, read }) => {
    const { reader } = await screenFor(context, actor, actor.userId, 'won');
    const { until } = read(reader);
    await waitForRenewal(context, actor, about, until);
  });
}
