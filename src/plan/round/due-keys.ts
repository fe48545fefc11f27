/** What the messages about due plans are about. */
import type { Tx } from '../../db/client.ts';
import type { PersonRef } from '../../db/store.ts';
import { keyFor, type NewDelivery } from '../../outbox/delivery.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import type { PlanDue } from './due-rules.ts';

export const DUE = 'plan_due';
export const TEAM_DUE = 'plan_due_team';

/** Of the message to a rep about their own plan. */
export const dueSubject = (repId: string): string => `plan_due:${repId}`;

/** Of the messages to managers about their team's. */
const TEAM_SUBJECT = 'plan_dues';

/** To the rep: one message a due date. */
export const dueDelivery = (rep: PersonRef, { dueOn }: Pick<PlanDue, 'dueOn'>): NewDelivery => ({
  ...keyFor(rep, DUE, dueOn),
  subject: dueSubject(rep.userId),
});

/** To their manager: one message a due date, however many plans are due then. */
export const teamDueDelivery = (
  manager: PersonRef,
  { dueOn }: Pick<PlanDue, 'dueOn'>,
): NewDelivery => ({ ...keyFor(manager, TEAM_DUE, dueOn), subject: TEAM_SUBJECT });

/** What stands of a team's due plans is shown anew. */
export async function refreshTeamDues(
  outbox: Pick<Outbox, 'refresh'>,
  tx: Tx,
  manager: PersonRef | null,
): Promise<void> {
  if (!manager) return;
  const { workspaceId, userId } = manager;
  await outbox.refresh(tx, { workspaceId, userId, subject: TEAM_SUBJECT });
}
