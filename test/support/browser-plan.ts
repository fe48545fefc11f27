/** The road to a plan in the sandbox's page, as Max and Dana take it. */
import type { ModalPage, SandboxPage } from './browser.ts';

/** Submits the step in front and waits for the step of that title. */
export async function next(slack: SandboxPage, title: string): Promise<ModalPage> {
  const modal = await slack.modal();
  await modal.submit();
  return slack.modal(title);
}

/** Max runs `/bigplan` first and sets it up: Lena leads, Dana is his rep, and who else is named. Returns the last view. */
export async function setUpWorkspace(slack: SandboxPage, ...reps: string[]): Promise<ModalPage> {
  await slack.as('max');
  await slack.page.getByRole('button', { name: 'Run /bigplan' }).click();
  const settings = await slack.modal('Welcome to Bigplan');
  await settings.pick('Who manages reps?', 'Max Okafor');
  await settings.pick('Who leads?', 'Lena Sommer');
  await settings.submit();
  const team = await slack.modal();
  await team.pick('Your reps', 'Dana Reyes', ...reps);
  return next(slack, 'Bigplan is set up');
}

/**
 * Dana's goal and comp plan, which is returned, filled in. Without a period she takes the one that is
 * proposed.
 */
export async function wizardToCompPlan(
  slack: SandboxPage,
  period?: { start: string; end: string },
): Promise<ModalPage> {
  await slack.as('dana');
  await slack.command('/bigplan');
  const goal = await slack.modal('Goal');
  if (period) {
    await goal.fillAll({ 'The plan starts on': period.start, 'and ends on': period.end });
  }
  await goal.enter('What do you want to earn in this period?', '250k');
  await goal.form.getByText('$250,000').waitFor();

  const comp = await next(slack, 'Comp plan');
  await comp.fillAll({
    'Base salary a year': '100k',
    'On-target earnings a year, or your commission rate': '10%',
    Quota: '1,000,000',
    'Accelerators and bonuses': '100% 1.5x',
  });
  return comp;
}

/** From the comp plan past the pipeline. Returns the renewals. */
export async function wizardToRenewals(slack: SandboxPage): Promise<ModalPage> {
  const pipeline = await next(slack, 'Pipeline');
  await pipeline.enter('Your own win rate', '25%');
  await pipeline.press('Use 4X');
  await pipeline.form.getByText('over the period (4X').waitFor();
  return next(slack, 'Renewals');
}

/** From new business past the activities, with one call block, 9:00–10:30. Returns the milestones. */
export async function wizardToMilestones(slack: SandboxPage): Promise<ModalPage> {
  const newBusiness = await slack.modal('New business');
  await newBusiness.fill('Average deal size', '25k');
  await newBusiness.enter('Days from first meeting to signature', '60');
  await newBusiness.form.getByText('opportunities to create').waitFor();
  const activities = await next(slack, 'Activities');
  await activities.press('Add a call block');
  await (await slack.modal('Call block')).submit();
  await (await slack.modal('Activities')).form.getByText('Call blocks (1)').waitFor();
  await next(slack, 'Insurance');
  return next(slack, 'Milestones');
}

/** Dana sends the reviewed plan to Max. */
export async function propose(slack: SandboxPage): Promise<ModalPage> {
  const sent = await next(slack, 'Big-Picture Plan');
  await sent.form.getByText('Sent to').first().waitFor();
  return sent;
}

/** Max agrees to what stands last in his DM; both are told. Ends as Dana, in hers. */
export async function agree(slack: SandboxPage): Promise<void> {
  await slack.as('max');
  await slack.visit('Messages');
  await slack.page
    .getByRole('button', { name: /^Agree/ })
    .last()
    .click();
  await slack.message('is agreed and signed by both').waitFor();
  await slack.as('dana');
  await slack.visit('Messages');
  await slack.message('is agreed and signed by both').waitFor();
}
