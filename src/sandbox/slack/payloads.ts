/** The shapes in which Slack tells an app what someone did. */
import { randomUUID } from 'node:crypto';
import type { ActionSource, ElementState, StateValues } from '../protocol.ts';
import type { PostedMessage } from './conversations.ts';
import { handleOf } from './people.ts';
import type { OpenView } from './views.ts';
import type { Identity } from './workspace.ts';

/** An element that was used, with what it now holds. */
export type ElementAction = ElementState & {
  action_id: string;
  block_id: string;
  text?: unknown;
  style?: string;
};

/** A message as far as an interaction tells of it. */
export type UsedMessage = Pick<
  PostedMessage,
  'channel' | 'ts' | 'text' | 'blocks' | 'thread_ts' | 'ephemeralFor'
>;

/** What Slack issues with an interaction. */
export interface Issued {
  trigger_id: string;
  response_url: string;
}

const TOKEN = 'legacy-verification-token';

const interaction = (type: string, { team, app }: Identity, user: string) => ({
  type,
  user: { id: user, username: handleOf(user), name: handleOf(user), team_id: team.id },
  api_app_id: app.id,
  token: TOKEN,
  team: { id: team.id, domain: team.domain },
  enterprise: null,
  is_enterprise_install: false,
});

/** A view as it travels in payloads and answers, with what its inputs hold. */
export function viewPayload(
  { team, app }: Identity,
  { id, view, hash, rootId, previousId }: OpenView,
  values: StateValues = {},
) {
  return {
    clear_on_close: false,
    notify_on_close: false,
    private_metadata: '',
    callback_id: '',
    external_id: '',
    title: null,
    submit: null,
    close: null,
    ...view,
    id,
    team_id: team.id,
    state: { values },
    hash,
    previous_view_id: previousId,
    root_view_id: rootId,
    app_id: app.id,
    app_installed_team_id: team.id,
    bot_id: app.botId,
  };
}

/** The fields of a slash command's form. */
export function commandPayload(
  { team, app }: Identity,
  user: string,
  channel: { id: string; name: string },
  typed: { command: string; text: string },
  issued: Issued,
): Record<string, string> {
  return {
    token: TOKEN,
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel.id,
    channel_name: channel.name,
    user_id: user,
    user_name: handleOf(user),
    ...typed,
    api_app_id: app.id,
    is_enterprise_install: 'false',
    ...issued,
  };
}

const actedOn = (action: ElementAction) => ({ ...action, action_ts: String(Date.now() / 1000) });

/** Something was used in a modal or in App Home. */
export function viewActionPayload(
  identity: Identity,
  open: OpenView,
  action: ElementAction,
  values: StateValues,
  trigger_id: string,
) {
  return {
    ...interaction('block_actions', identity, open.user),
    container: { type: 'view', view_id: open.id },
    trigger_id,
    view: viewPayload(identity, open, values),
    actions: [actedOn(action)],
  };
}

/** Something was used in a message; of one for a single person's eyes Slack sends no more than its ts. */
export function messageActionPayload(
  identity: Identity,
  user: string,
  message: UsedMessage,
  channel: { id: string; name: string },
  action: ElementAction,
  values: StateValues,
  issued: Issued,
) {
  const { ts, text, blocks, thread_ts } = message;
  const { app, team } = identity;
  const isEphemeral = message.ephemeralFor !== undefined;
  const inThread = thread_ts ? { thread_ts } : {};
  const shown = {
    type: 'message',
    user: app.userId,
    bot_id: app.botId,
    app_id: app.id,
    team: team.id,
    ts,
    text,
    blocks,
    ...inThread,
  };
  return {
    ...interaction('block_actions', identity, user),
    ...issued,
    container: {
      type: 'message',
      message_ts: ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...inThread,
    },
    channel,
    ...(isEphemeral ? {} : { message: shown }),
    state: { values },
    actions: [actedOn(action)],
  };
}

/** A modal's form was sent. */
export function submissionPayload(
  identity: Identity,
  open: OpenView,
  values: StateValues,
  trigger_id: string,
) {
  return {
    ...interaction('view_submission', identity, open.user),
    trigger_id,
    view: viewPayload(identity, open, values),
    response_urls: [],
  };
}

/**
 * A modal that asked for it (`notify_on_close`) was closed without being sent. What was typed into it is
 * left out: Slack promises a view's state with submissions and actions only.
 */
export function closedPayload(identity: Identity, open: OpenView, is_cleared: boolean) {
  return {
    ...interaction('view_closed', identity, open.user),
    view: viewPayload(identity, open),
    is_cleared,
  };
}

/** Someone types into a menu whose options the app supplies. */
export function suggestionPayload(
  identity: Identity,
  user: string,
  place: { block_id: string; action_id: string; value: string },
  source: ActionSource,
  open: OpenView | undefined,
) {
  return {
    ...interaction('block_suggestion', identity, user),
    ...place,
    container:
      source.kind === 'view'
        ? { type: 'view', view_id: source.view_id }
        : { type: 'message', message_ts: source.ts, channel_id: source.channel },
    ...(open ? { view: viewPayload(identity, open) } : {}),
  };
}

/** The envelope of the Events API; `id` where Slack sends the same event again. */
export function eventPayload(
  { team, app }: Identity,
  event: Record<string, unknown>,
  id = `Ev${randomUUID()}`,
) {
  return {
    token: TOKEN,
    team_id: team.id,
    context_team_id: team.id,
    api_app_id: app.id,
    event: { event_ts: String(Date.now() / 1000), ...event },
    type: 'event_callback',
    event_id: id,
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: app.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
}
