/** The messages that Bigplan sends by itself about teams. */

import { z } from 'zod';
import type { Tx } from '../../db/client.ts';
import { type Weight, weightAfter } from '../../outbox/budget-rules.ts';
import { type Delivery, keyFor, type NewDelivery } from '../../outbox/delivery.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import { parts, wholeNumber } from '../../slack/codec.ts';
import { type MeetDeps, meetPeople } from '../meet-person.ts';
import { findRequest, findTeam, type JoinRequest, managerOf, type Person } from '../store.ts';
import {
  answeredMessage,
  answerMessage,
  chosenMessage,
  joinedMessage,
  questionMessage,
} from './messages-view.ts';
import { standingOf } from './rules.ts';

const QUESTION = 'team_question';
const JOINED = 'team_joined';
const ANSWER = 'team_answer';
const CHOSEN = 'team_chosen';

type Asked = Pick<JoinRequest, 'id' | 'workspaceId' | 'repId' | 'managerId' | 'askedAt'>;

/** One asking of a request, which may be asked again later. */
const asking = parts(z.object({ id: z.string(), askedAt: wholeNumber }));
const askingOf = ({ id, askedAt }: Pick<Asked, 'id' | 'askedAt'>) =>
  asking.write({ id, askedAt: askedAt.getTime() });

/** To the rep. */
export function questionDelivery(request: Asked): NewDelivery {
  const { workspaceId, repId: userId } = request;
  const subject = askingOf(request);
  return { ...keyFor({ workspaceId, userId }, QUESTION, subject), subject };
}

/** To the manager. */
export function answerDelivery(request: Asked): NewDelivery {
  const { workspaceId, managerId: userId } = request;
  const subject = askingOf(request);
  return { ...keyFor({ workspaceId, userId }, ANSWER, subject), subject };
}

interface Joining {
  workspaceId: string;
  repId: string;
  teamId: string;
  at: Date;
}

/** To the rep. */
export function joinedDelivery({ workspaceId, repId, teamId, at }: Joining): NewDelivery {
  const key = `${teamId}:${at.getTime()}`;
  return { ...keyFor({ workspaceId, userId: repId }, JOINED, key), subject: teamId };
}

/** To the manager. */
export function chosenDelivery(joining: Joining & { managerId: string }): NewDelivery {
  const { workspaceId, repId, managerId, teamId, at } = joining;
  const key = `${teamId}:${repId}:${at.getTime()}`;
  return { ...keyFor({ workspaceId, userId: managerId }, CHOSEN, key), subject: repId };
}

/** Questions whose standing has changed: their messages say so once the transaction is committed. */
export async function refreshQuestions(
  outbox: Outbox,
  tx: Tx,
  requests: readonly Asked[],
): Promise<void> {
  for (const request of requests) {
    const { workspaceId, repId: userId } = request;
    await outbox.refresh(tx, { workspaceId, subject: askingOf(request), userId });
  }
}

export const teamMessages = (deps: MeetDeps): MessageKind[] => [
  questionKind(deps),
  joinedKind(deps),
  answerKind(deps),
  chosenKind(deps),
];

/** To a rep: a manager wants to plan with them. Once that is settled, it says how. */
const questionKind = (deps: MeetDeps) =>
  messageKind({
    kind: QUESTION,
    weight: 'must',
    isKept: true,
    awaited: {
      what: 'the question whether you plan together',
      waitsOn: 'home',
      async by({ subject, workspaceId }) {
        const request = await findAsking(deps, subject);
        return request && { workspaceId, userId: request.managerId };
      },
    },
    async load({ reader, subject }) {
      const request = await findAsking(deps, subject);
      if (!request) return null;
      const { workspaceId, userId } = reader;
      const [rep = null, manager = null] = await peopleOf(deps, workspaceId, [
        userId,
        request.managerId,
      ]);
      const current = await managerOf(deps.db, { workspaceId, userId });
      return { request, rep, manager, current, standing: standingOf(request, rep, manager) };
    },
    isDue: ({ standing, rep, manager }) =>
      standing === 'pending' && isThere(rep) && isThere(manager),
    render({ request, manager, current, standing }) {
      if (standing !== 'pending') return answeredMessage(standing, request);
      if (!manager) return null;
      const currentManagerId = current?.userId ?? null;
      return questionMessage({ requestId: request.id, manager, currentManagerId });
    },
  });

/** To a rep: they are in a manager's team now. */
const joinedKind = (deps: MeetDeps) =>
  messageKind({
    kind: JOINED,
    weight: 'must',
    async load({ reader, subject }) {
      const team = await findTeam(deps.db, subject);
      const [rep] = await peopleOf(deps, reader.workspaceId, [reader.userId]);
      return team && isThere(rep) && rep.teamId === team.id ? team : null;
    },
    render: ({ managerId }, { reader }) => joinedMessage(reader.userId, managerId),
  });

/** To a manager: what a rep answered. */
const answerKind = (deps: MeetDeps) =>
  messageKind<JoinRequest & { weight: Weight }>({
    kind: ANSWER,
    weight: ({ weight }) => weight,
    async load({ reader, subject }) {
      const request = await findAsking(deps, subject);
      if (!request || !(await isHere(deps, reader))) return null;
      return { ...request, weight: weightAfter(request.askedAt, deps.clock.now()) };
    },
    isDue: ({ status }) => status === 'accepted' || status === 'declined',
    render: ({ repId, status }) => answerMessage(repId, status === 'accepted'),
  });

/** To a manager: a rep named them as theirs. */
const chosenKind = (deps: MeetDeps) =>
  messageKind({
    kind: CHOSEN,
    weight: 'must',
    async load({ reader, subject: repId }) {
      const current = await managerOf(deps.db, { workspaceId: reader.workspaceId, userId: repId });
      return current?.userId === reader.userId && (await isHere(deps, reader)) ? { repId } : null;
    },
    render: ({ repId }) => chosenMessage(repId),
  });

/** The request, unless it was asked again since. */
async function findAsking({ db }: MeetDeps, subject: string): Promise<JoinRequest | null> {
  const about = asking.read(subject);
  const request = about && (await findRequest(db, about.id));
  return request?.askedAt.getTime() === about?.askedAt ? request : null;
}

async function peopleOf(
  deps: MeetDeps,
  workspaceId: string,
  userIds: string[],
): Promise<(Person | null)[]> {
  const people = await meetPeople(deps, workspaceId, userIds);
  return userIds.map((id) => people.find(({ userId }) => userId === id) ?? null);
}

/** Slack takes a DM to somebody deactivated without a word. */
const isThere = (person: Person | null | undefined): person is Person =>
  person?.deactivated === false;

async function isHere(deps: MeetDeps, { workspaceId, userId }: Delivery['reader']) {
  const [person] = await peopleOf(deps, workspaceId, [userId]);
  return isThere(person);
}
