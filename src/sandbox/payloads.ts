import type { ActionSource, ElementState, StateValues } from './protocol.ts';
import type { MessageRow, ViewRow } from './slack-store.ts';
import { app, type Person, team } from './team.ts';

/** The shapes in which Slack tells an app what someone did. */

/** An element that was used, with what it now holds. */
export type Action = ElementState & {
  action_id: string;
  block_id: string;
  text?: unknown;
  style?: string;
};

const interaction = (type: string, person: Person) => ({
  type,
  user: { id: person.id, username: person.name, name: person.name, team_id: team.id },
  api_app_id: app.id,
  token: 'sandbox',
  team: { id: team.id, domain: team.domain },
  enterprise: null,
  is_enterprise_install: false,
});

/** A view as it travels in payloads, with what its inputs hold. */
export function viewPayload(view: ViewRow, values: StateValues = {}) {
  return {
    id: view.view_id,
    team_id: view.team_id,
    type: view.type,
    title: view.title,
    close: view.close,
    submit: view.submit,
    blocks: view.blocks,
    private_metadata: view.private_metadata,
    callback_id: view.callback_id,
    external_id: view.external_id,
    state: { values },
    hash: view.hash,
    clear_on_close: view.clear_on_close,
    notify_on_close: view.notify_on_close,
    previous_view_id: view.previous_view_id ?? null,
    root_view_id: view.root_view_id,
    app_id: view.app_id,
    app_installed_team_id: team.id,
    bot_id: view.bot_id,
  };
}

/** The fields of a slash command's form. */
export function commandPayload(
  person: Person,
  channel: { id: string; name: string },
  typed: { command: string; text: string },
  issued: { trigger_id: string; response_url: string },
) {
  return {
    token: 'sandbox',
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel.id,
    channel_name: channel.name,
    user_id: person.id,
    user_name: person.name,
    ...typed,
    api_app_id: app.id,
    is_enterprise_install: 'false',
    ...issued,
  };
}

const actedOn = (action: Action) => ({ ...action, action_ts: String(Date.now() / 1000) });

/** Something was used in a modal or in App Home. */
export function viewActionPayload(
  person: Person,
  view: ViewRow,
  action: Action,
  values: StateValues,
  triggerId: string,
) {
  return {
    ...interaction('block_actions', person),
    container: { type: 'view', view_id: view.view_id },
    trigger_id: triggerId,
    view: viewPayload(view, values),
    actions: [actedOn(action)],
  };
}

/** Something was used in a message. */
export function messageActionPayload(
  person: Person,
  message: MessageRow,
  channel: { id: string; name: string },
  isEphemeral: boolean,
  action: Action,
  values: StateValues,
  issued: { trigger_id: string; response_url: string },
) {
  const { ts, thread_ts } = message;
  return {
    ...interaction('block_actions', person),
    container: {
      type: 'message',
      message_ts: ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...(thread_ts ? { thread_ts } : {}),
    },
    ...issued,
    channel,
    // Slack leaves an ephemeral message out: the app cannot look it up either.
    ...(isEphemeral
      ? {}
      : {
          message: {
            type: 'message',
            user: message.user,
            bot_id: app.botId,
            app_id: app.id,
            team: team.id,
            ts,
            text: message.text,
            blocks: message.blocks ?? [],
            ...(thread_ts ? { thread_ts } : {}),
          },
        }),
    state: { values },
    actions: [actedOn(action)],
  };
}

/** A modal's form was sent. */
export function submissionPayload(
  person: Person,
  view: ViewRow,
  values: StateValues,
  triggerId: string,
) {
  return {
    ...interaction('view_submission', person),
    trigger_id: triggerId,
    view: viewPayload(view, values),
    response_urls: [],
  };
}

/** A modal that asked for it (`notify_on_close`) was closed without being sent. */
export function closedPayload(
  person: Person,
  view: ViewRow,
  values: StateValues,
  isCleared: boolean,
) {
  return {
    ...interaction('view_closed', person),
    view: viewPayload(view, values),
    is_cleared: isCleared,
  };
}

/** Someone types into a menu whose options the app supplies. */
export function suggestionPayload(
  person: Person,
  place: { block_id: string; action_id: string; value: string },
  view: ViewRow | undefined,
  source: ActionSource,
) {
  return {
    ...interaction('block_suggestion', person),
    ...place,
    container:
      source.kind === 'view'
        ? { type: 'view', view_id: source.view_id }
        : { type: 'message', message_ts: source.ts, channel_id: source.channel },
    ...(view ? { view: viewPayload(view) } : {}),
  };
}

/** The envelope of the Events API. */
export function eventPayload(eventId: string, event: Record<string, unknown>) {
  return {
    token: 'sandbox',
    team_id: team.id,
    context_team_id: team.id,
    api_app_id: app.id,
    event,
    type: 'event_callback',
    event_id: eventId,
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
