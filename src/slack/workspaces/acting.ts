/**
 * Who acts, and in which workspace, read here from every kind of body and nowhere else. Slack names the workspace in
 * another place for each kind, and in none where the app is installed for a whole organisation.
 */
import { z } from 'zod';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';

export interface Acting {
  /** Slack's team id of the workspace in which Bigplan is used; null: the body names none. */
  workspaceId: string | null;
  /** Slack's id of the organisation that it belongs to; null: of none. */
  enterpriseId: string | null;
  /** Whether it is the organisation that has installed Bigplan, for its workspaces. */
  isOrgInstall: boolean;
  userId: string | null;
  /** The workspace that whoever acts is from, where Slack says so: in a shared channel it may be another company's. */
  homeId: string | null;
}

const text = z.string().nullish().catch(null);
const named = z.object({ id: text, enterprise_id: text, team_id: text }).nullish().catch(null);
const flag = z.union([z.boolean(), z.string()]).nullish().catch(null);

/** Lenient throughout: what is missing or odd counts as absent. */
const Body = z.object({
  team_id: text,
  enterprise_id: text,
  user_id: text,
  is_enterprise_install: flag,
  team: named,
  enterprise: named,
  user: named,
  view: z.object({ team_id: text, app_installed_team_id: text }).nullish().catch(null),
  authorizations: z
    .array(z.object({ team_id: text, enterprise_id: text, is_enterprise_install: flag }))
    .nullish()
    .catch(null),
  event: z
    .object({ user: z.union([z.string(), named]).catch(null), user_team: text, source_team: text })
    .partial()
    .nullish()
    .catch(null),
});

/** Each body is asked about by several: the request's guardian, its authorisation, its listener. */
const known = new WeakMap<object, Acting>();

/** Reads it. What can't be read is null. */
export function acting(body: unknown): Acting {
  if (typeof body !== 'object' || body === null) return readActing(body);
  const before = known.get(body);
  if (before) return before;
  const read = readActing(body);
  known.set(body, read);
  return read;
}

function readActing(body: unknown): Acting {
  const parsed = Body.safeParse(body);
  const facts = parsed.success ? parsed.data : Body.parse({});
  const { view, team, user, event, authorizations } = facts;
  const [installed] = authorizations ?? [];
  const eventUser = event?.user ?? null;
  return {
    workspaceId: workspaceAmong(
      installed?.team_id,
      view?.app_installed_team_id,
      team?.id,
      facts.team_id,
      view?.team_id,
      user?.team_id,
    ),
    enterpriseId:
      installed?.enterprise_id ??
      facts.enterprise_id ??
      facts.enterprise?.id ??
      team?.enterprise_id ??
      null,
    isOrgInstall: [installed?.is_enterprise_install, facts.is_enterprise_install].some(
      (said) => said === true || said === 'true',
    ),
    userId:
      user?.id ??
      facts.user_id ??
      (typeof eventUser === 'string' ? eventUser : (eventUser?.id ?? null)),
    homeId: workspaceAmong(user?.team_id, event?.user_team, event?.source_team),
  };
}

/**
 * Who acts, as Slack's signature vouches for it.
 *
 * @throws UserError `no_workspace` where the body doesn't say who, or where.
 */
export function actorOf(body: unknown): PersonRef {
  const { workspaceId, userId } = acting(body);
  if (workspaceId === null || userId === null) {
    throw new UserError('no_workspace', 'Bigplan works inside one workspace only.');
  }
  return { workspaceId, userId };
}

/** Whether somebody is of another company: a guest through a shared channel. Inside an organisation only Slack knows. */
export function isFromElsewhere({ workspaceId, homeId, enterpriseId }: Acting): boolean {
  return homeId !== null && homeId !== workspaceId && enterpriseId === null;
}

/** The first that is a workspace's id: an organisation's may stand in the same places. */
function workspaceAmong(...ids: (string | null | undefined)[]): string | null {
  return ids.find((id) => id?.startsWith('T')) ?? null;
}
