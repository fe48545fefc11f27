/** The words of what Bigplan sends about teams, made when it is sent: what is no longer true is not. */
import type { Context } from '../../context.ts';
import type { Renderer } from '../../outbox/delivery.ts';
import { type MeetDeps, meetPeople } from '../meet-person.ts';
import { findRequest, findTeam, type JoinRequest, managerOf, type Person } from '../store.ts';
import { DELIVERY, readOccasion } from './deliveries.ts';
import { answerMessage, chosenMessage, joinedMessage, questionMessage } from './messages-view.ts';

export function renderDeliveries({ outbox, ...deps }: Context): void {
  outbox.register(DELIVERY.question, questionRenderer(deps));
  outbox.register(DELIVERY.joined, joinedRenderer(deps));
  outbox.register(DELIVERY.answer, answerRenderer(deps));
  outbox.register(DELIVERY.chosen, chosenRenderer(deps));
}

const questionRenderer =
  (deps: MeetDeps): Renderer =>
  async ({ team, person, subject }) => {
    const request = await askedRequest(deps, subject);
    if (request?.status !== 'pending') return null;
    const [rep, manager] = await present(deps, team, [person, request.managerId]);
    if (!rep || !manager) return null;
    const current = await managerOf(deps.db, team, rep.userId);
    const currentManagerId = current?.userId ?? null;
    const ask = { requestId: request.id, manager, currentManagerId };
    return { to: { user: rep.userId }, ...questionMessage(ask) };
  };

const joinedRenderer =
  (deps: MeetDeps): Renderer =>
  async ({ team, person, subject }) => {
    const [rep] = await present(deps, team, [person]);
    const joined = await findTeam(deps.db, subject);
    if (!rep || !joined || rep.teamId !== joined.id) return null;
    return { to: { user: rep.userId }, ...joinedMessage(rep.userId, joined.managerId) };
  };

const answerRenderer =
  (deps: MeetDeps): Renderer =>
  async ({ team, person, subject }) => {
    const request = await askedRequest(deps, subject);
    if (request?.status !== 'accepted' && request?.status !== 'declined') return null;
    const [manager] = await present(deps, team, [person]);
    if (!manager) return null;
    const isYes = request.status === 'accepted';
    return { to: { user: manager.userId }, ...answerMessage(request.repId, isYes) };
  };

const chosenRenderer =
  (deps: MeetDeps): Renderer =>
  async ({ team, person, subject: repId }) => {
    const [manager] = await present(deps, team, [person]);
    const current = await managerOf(deps.db, team, repId);
    if (!manager || current?.userId !== manager.userId) return null;
    return { to: { user: manager.userId }, ...chosenMessage(repId) };
  };

/** The request, unless it was asked again since. */
async function askedRequest({ db }: MeetDeps, subject: string): Promise<JoinRequest | null> {
  const { requestId, askedAt } = readOccasion(subject);
  const request = await findRequest(db, requestId);
  return request?.askedAt.getTime() === askedAt ? request : null;
}

/** Those people, each `null` where deactivated: Slack takes a DM to them without a word. */
async function present(
  deps: MeetDeps,
  workspaceId: string,
  userIds: string[],
): Promise<(Person | null)[]> {
  const people = await meetPeople(deps, workspaceId, userIds);
  return userIds.map(
    (id) => people.find(({ userId, deactivated }) => userId === id && !deactivated) ?? null,
  );
}
