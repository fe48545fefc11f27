/** A new hire's first weeks: the page, what a week is about, what is confirmed and looked back on. */
import type { ModalView } from '@slack/types';
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { meetPerson } from '../../people/meet-person.ts';
import { styleWithoutMoney } from '../../people/settings/view.ts';
import type { Click } from '../../slack/on.ts';
import { lookHeld, lookUndone, onboardingOpen, weekConfirm, weekEdit, weekReopen } from './ids.ts';
import { changeWeek, confirmWeek, holdLook, mustOpenOnboarding } from './onboardings.ts';
import { readRamp } from './read-ramp.ts';
import { onboardingView, weekForm } from './view.ts';

export function listenToOnboarding(context: Context): void {
  const { on } = context;

  async function page(actor: PersonRef, repId: string): Promise<ModalView> {
    const { workspaceId, locale } = await meetPerson(context, actor);
    const opened = await mustOpenOnboarding(context, actor, repId);
    const ramp = await readRamp(context, { workspaceId, userId: repId }, { locale });
    return onboardingView({ ...opened, locale, ramp });
  }

  on.click(onboardingOpen, ({ actor, value: repId, showOver }) =>
    showOver(() => page(actor, repId)),
  );

  /** Does it once, then shows the page anew; a message shows by itself what has become of it. */
  async function act(
    { actor, view, showInstead }: Click<unknown>,
    repId: string,
    work: () => Promise<void>,
  ): Promise<void> {
    if (view === null) return work();
    let doing: Promise<void> | null = null;
    await showInstead(async () => {
      doing ??= work();
      await doing;
      return page(actor, repId);
    });
  }

  for (const [clicked, isDone] of [
    [weekConfirm, true],
    [weekReopen, false],
  ] as const) {
    on.click(clicked, (click) => {
      const { rep: repId, number: week } = click.value;
      return act(click, repId, () => confirmWeek(context, click.actor, { repId, week }, isDone));
    });
  }

  for (const [clicked, isHeld] of [
    [lookHeld, true],
    [lookUndone, false],
  ] as const) {
    on.click(clicked, (click) => {
      const { rep: repId, number: day } = click.value;
      return act(click, repId, () => holdLook(context, click.actor, { repId, day }, isHeld));
    });
  }

  on.click(weekEdit, ({ actor, value: { rep: repId, number: week }, showInstead }) =>
    showInstead(async () => {
      const { locale } = await meetPerson(context, actor);
      const { side, onboarding } = await mustOpenOnboarding(context, actor, repId);
      const found = onboarding.weeks.find((one) => one.week === week);
      if (!found) throw new UserError('no_onboarding', 'There are twelve such weeks.');
      const { kind, words } = found;
      const style = { ...styleWithoutMoney(locale), side };
      const raw = { kind, words };
      return weekForm.view({ about: { repId, week }, style, raw, rev: String(week), week });
    }),
  );

  on.submit(weekForm, async ({ actor, about: { repId, week }, read }) => {
    const { locale } = await meetPerson(context, actor);
    const { side } = await mustOpenOnboarding(context, actor, repId);
    const said = read({ ...styleWithoutMoney(locale), side });
    await changeWeek(context, actor, { repId, week }, said);
    return { update: await page(actor, repId) };
  });
}
