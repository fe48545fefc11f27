/** The messages that Bigplan sends by itself about teams: what the outbox is told of each. */
import type { NewDelivery } from '../../outbox/delivery.ts';
import type { JoinRequest } from '../store.ts';

export const DELIVERY = {
  /** To a rep: a manager wants to plan with them. */
  question: 'team_question',
  /** To a rep: they are in a manager's team now. */
  joined: 'team_joined',
  /** To a manager: what a rep answered. */
  answer: 'team_answer',
  /** To a manager: a rep named them as theirs. */
  chosen: 'team_chosen',
} as const;

type Asked = Pick<JoinRequest, 'id' | 'workspaceId' | 'repId' | 'managerId' | 'askedAt'>;

/** One asking of a request, which may be asked again later. */
const occasion = ({ id, askedAt }: Pick<Asked, 'id' | 'askedAt'>) => `${id}:${askedAt.getTime()}`;

/** The request's id in what `question` and `answer` have as their subject, and when it was asked. */
export function readOccasion(subject: string): { requestId: string; askedAt: number } {
  const [requestId = '', askedAt] = subject.split(':');
  return { requestId, askedAt: Number(askedAt) };
}

export function question(request: Asked): NewDelivery {
  const { workspaceId: team, repId: person } = request;
  const key = occasion(request);
  return { team, person, kind: DELIVERY.question, key, subject: key };
}

export function answer(request: Asked): NewDelivery {
  const { workspaceId: team, managerId: person } = request;
  const key = occasion(request);
  return { team, person, kind: DELIVERY.answer, key, subject: key };
}

type Joined = { workspaceId: string; repId: string; teamId: string; at: Date };

/** Its subject is the team's id. */
export function joined({ workspaceId, repId, teamId, at }: Joined): NewDelivery {
  const key = `${teamId}:${at.getTime()}`;
  return { team: workspaceId, person: repId, kind: DELIVERY.joined, key, subject: teamId };
}

/** Its subject is the rep's user id. */
export function chosen({ managerId, ...rep }: Joined & { managerId: string }): NewDelivery {
  const { workspaceId, repId, teamId, at } = rep;
  const key = `${teamId}:${repId}:${at.getTime()}`;
  return { team: workspaceId, person: managerId, kind: DELIVERY.chosen, key, subject: repId };
}
