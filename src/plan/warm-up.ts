import type { Deps } from '../context.ts';
import type { Tx } from '../db/client.ts';
import type { Encryption } from '../db/encryption.ts';
import { lockPerson } from '../db/lock-people.ts';
import { rolledBack } from '../db/roll-back.ts';
import { readLocaleDay } from '../input/locale-day.ts';
import { welcomeForm, welcomeScreen } from '../people/set-up/view.ts';
import { UNKNOWN_FACTS } from '../people/slack-facts.ts';
import { findPeople, savePerson, teamLedBy, workspaceOf } from '../people/store.ts';
import { fitView } from '../slack/limits.ts';
import { publicHolidays } from '../time/holidays.ts';
import { pairOf } from './access.ts';
import { STEP_IDS } from './draft.ts';
import { firstPeriod } from './model/calendar.ts';
import type { OpenPlan } from './on-version.ts';
import { firstDraft, planStatuses } from './open-plan.ts';
import { currentPlanId } from './round/store.ts';
import {
  addPlan,
  addVersion,
  historyOf,
  lastMoves,
  latestVersion,
  lockVersion,
  saveEdit,
} from './store.ts';
import { showStep } from './wizard/show-step.ts';

const NOBODY = 'warm-up';

/**
 * Goes through a first command and a first submission, and takes all of it back. A process loads code,
 * connects and compiles each kind of query the first time it needs it, which takes a second or more in
 * all; whoever runs the first command after a start has three, and should see a form within one.
 */
export async function warmUp({ db, encryption, clock }: Omit<Deps, 'outbox'>): Promise<void> {
  const now = clock.now();
  await rolledBack(db, async (tx) => {
    const plan = await warmQueries(tx, encryption, now);
    warmViews(plan, now.toISOString().slice(0, 10));
  });
}

async function warmQueries(tx: Tx, encryption: Encryption, now: Date): Promise<OpenPlan> {
  const store = { db: tx, encryption };
  const actorId = NOBODY;
  await savePerson(tx, { workspaceId: NOBODY, userId: actorId }, UNKNOWN_FACTS, now);
  await findPeople(tx, NOBODY, [actorId]);
  await teamLedBy(tx, { workspaceId: NOBODY, userId: actorId });
  await lockPerson(tx, { workspaceId: NOBODY, userId: actorId });
  await currentPlanId(tx, { workspaceId: NOBODY, userId: actorId }, now.toISOString().slice(0, 10));
  const draft = firstDraft(
    await workspaceOf(tx, NOBODY),
    firstPeriod(now.toISOString().slice(0, 10)),
  );
  const plan = await addPlan(store, { workspaceId: NOBODY, repId: actorId });
  const id = await addVersion(store, plan, { number: 1, draft, actorId, at: now });
  await latestVersion(store, plan.id);
  const version = await lockVersion(store, id);
  if (!version) throw new Error('a version that was just made is gone');
  await saveEdit(store, version, { draft, typed: {}, step: 'goal' });
  await lastMoves(store, version);
  await historyOf(store, plan.id);
  await planStatuses({ db: tx, clock: { now: () => now } }, NOBODY, [actorId]);
  return {
    version,
    pair: await pairOf(tx, { workspaceId: NOBODY, userId: actorId }),
    side: 'rep',
    proposedBy: null,
    request: null,
    changed: null,
    plans: [],
  };
}

function warmViews(plan: OpenPlan, today: string): void {
  publicHolidays({ country: 'US', region: null }, today, today);
  readLocaleDay('tomorrow', { locale: 'en-US', today });
  const somebody = { userId: NOBODY, locale: 'en-US', timeZone: 'America/New_York' };
  const workspace = { currency: 'USD', workdays: [], country: null, region: null };
  const settings = { leaders: [], managers: [], admins: [], ...workspace };
  fitView(welcomeForm.view(welcomeScreen(somebody, settings)));
  for (const step of STEP_IDS) fitView(showStep(plan, { step, today }));
}
