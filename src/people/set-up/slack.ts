/** The two steps of the set-up. */
import type { Context } from '../../context.ts';
import type { HomesChanged } from '../hooks.ts';
import { planOpened } from '../ids.ts';
import { meetPeople, meetPerson } from '../meet-person.ts';
import { saveFirstSettings } from '../settings/save-settings.ts';
import { readSettings } from '../settings/slack.ts';
import { SETTINGS_REV, settingsForm, styleWithoutMoney } from '../settings/view.ts';
import { peopleMet, rolesOf, saveSetUpStep, workspaceOf } from '../store.ts';
import { submitTeam } from '../team/submit-team.ts';
import { welcomeTeamView } from './open-set-up.ts';
import { setUpDoneView, setUpLateView, welcomeForm, welcomeTeamForm } from './view.ts';

const QUICKER = 'Somebody finished the set-up a moment ago. This is yours: saving replaces theirs.';

export function listenToSetUp(context: Context, changed: HomesChanged): void {
  const { db, on } = context;

  on.submit(welcomeForm, async ({ actor, raw, read }) => {
    const { workspaceId, userId } = actor;
    await meetPeople(context, workspaceId, [userId]);
    const settings = await readSettings(context, actor, read);
    const outcome = await saveFirstSettings(context, actor, settings);
    const person = await meetPerson(context, actor);
    if (outcome === 'saved') {
      // Until then Home led everybody to the set-up.
      changed(workspaceId, await peopleMet(db, workspaceId));
      return { update: await welcomeTeamView(context, person) };
    }
    if (!person.admin) {
      const { admins } = await rolesOf(db, workspaceId);
      return { update: setUpLateView(userId, admins) };
    }
    const style = styleWithoutMoney(person.locale);
    // The set-up didn't ask for them: those that the quicker one wrote down stay.
    const { companyDays } = await workspaceOf(db, workspaceId);
    const values = { ...raw, ...settingsForm.write({ companyDays }, style) };
    const shown = { about: {}, style, raw: values, rev: SETTINGS_REV };
    return { update: settingsForm.view({ ...shown, notice: QUICKER }) };
  });

  on.submit(welcomeTeamForm, async (submission) => {
    const { actor } = submission;
    const { manager } = await meetPerson(context, actor);
    const saved = await submitTeam(context, submission, { mayBeNobody: !manager });
    await saveSetUpStep(db, actor, 'done');
    changed(actor.workspaceId, [actor.userId, ...saved.joined, ...saved.left]);
    return { update: setUpDoneView({ userId: actor.userId, manages: manager }, saved) };
  });

  // "Skip for now" opens the plan, which is done elsewhere.
  on.act(planOpened, async ({ actor, view }) => {
    if (view?.callbackId !== welcomeForm.id && view?.callbackId !== welcomeTeamForm.id) return;
    await meetPerson(context, actor);
    await saveSetUpStep(db, actor, 'done');
    changed(actor.workspaceId, [actor.userId]);
  });
}
