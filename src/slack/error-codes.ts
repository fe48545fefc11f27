/**
 * What each error of Slack's Web API says about a call, pure: all that Slack documents for the methods that
 * Bigplan calls. Who adds one needs to ask: is it about this one call, or would every other fare the same?
 */

/** `refused`: the workspace, and all that is sent there; the others as in `SlackFailure`. */
export type CodeMeaning = 'refused' | 'rate_limited' | 'not_sent' | 'ambiguous' | 'permanent';

const TOKEN = 'SLACK_BOT_TOKEN';
const INSTALLATION = 'the app’s installation in this workspace';

/** The codes that are about a whole workspace, each with what is to be mended. */
const TO_MEND = {
  account_inactive: TOKEN,
  invalid_auth: TOKEN,
  not_allowed_token_type: TOKEN,
  not_authed: TOKEN,
  token_expired: TOKEN,
  token_revoked: TOKEN,
  two_factor_setup_required: TOKEN,
  not_installed: 'its installation: it has none (any more)',
  missing_scope: 'the app’s scopes (reinstall it from its manifest)',
  enterprise_is_restricted: INSTALLATION,
  team_access_not_granted: INSTALLATION,
  accesslimited: 'the addresses from which the app may call',
  ekm_access_denied: 'the workspace’s keys: its administrators have suspended posting',
  messages_tab_disabled: 'the app’s Messages tab (in its manifest)',
  org_login_required: 'the workspace’s move into an organisation, which ends by itself',
} as const;

/** The codes of each other meaning. What stands nowhere is about one call: `permanent`. */
const CODES: Record<Exclude<CodeMeaning, 'refused'>, readonly string[]> = {
  /** Too much at once. */
  rate_limited: ['message_limit_exceeded', 'rate_limited', 'ratelimited'],
  /** Slack’s own trouble, before it did anything. */
  not_sent: ['service_unavailable', 'team_added_to_org'],
  /** Slack failed while doing it. */
  ambiguous: ['fatal_error', 'internal_error', 'request_timeout'],
  permanent: [
    // About a person,
    'cannot_dm_bot',
    'is_bot',
    'user_disabled',
    'user_not_found',
    'user_not_visible',
    'users_not_found',
    // a channel, a thread or a message in it,
    'access_denied',
    'cannot_reply_to_message',
    'cant_update_message',
    'channel_not_found',
    'channel_type_not_supported',
    'duplicate_channel_not_found',
    'duplicate_message_not_found',
    'edit_window_closed',
    'is_archived',
    'message_not_found',
    'method_not_supported_for_channel_type',
    'no_permission',
    'not_in_channel',
    'restricted_action',
    'restricted_action_non_threadable_channel',
    'restricted_action_read_only_channel',
    'restricted_action_thread_locked',
    'restricted_action_thread_only_channel',
    'thread_not_found',
    // a view or a file,
    'duplicate_external_id',
    'exchanged_trigger_id',
    'expired_trigger_id',
    'file_deleted',
    'file_not_found',
    'file_update_failed',
    'hash_conflict',
    'not_enabled',
    'not_found',
    'push_limit_reached',
    'trigger_exchanged',
    'trigger_expired',
    'view_not_found',
    'view_too_large',
    // or how the call was made.
    'as_user_not_supported',
    'attachment_payload_limit_exceeded',
    'block_mismatch',
    'deprecated_endpoint',
    'invalid_arg_name',
    'invalid_arguments',
    'invalid_array_arg',
    'invalid_blocks',
    'invalid_blocks_format',
    'invalid_charset',
    'invalid_cursor',
    'invalid_form_data',
    'invalid_limit',
    'invalid_metadata_format',
    'invalid_metadata_schema',
    'invalid_post_type',
    'invalid_ts_latest',
    'invalid_ts_oldest',
    'invalid_types',
    'invalid_user_combination',
    'markdown_text_conflict',
    'metadata_must_be_sent_from_app',
    'metadata_too_large',
    'method_deprecated',
    'missing_argument',
    'missing_post_type',
    'msg_blocks_too_long',
    'msg_too_long',
    'no_dual_broadcast_content_update',
    'no_text',
    'not_enough_users',
    'posting_to_general_channel_denied',
    'slack_connect_canvas_sharing_blocked',
    'slack_connect_file_link_sharing_blocked',
    'slack_connect_lists_sharing_blocked',
    'too_many_attachments',
    'too_many_contact_cards',
    'too_many_users',
    'unknown_method',
    'users_list_not_supplied',
  ],
};

/** All known codes with what they mean. */
export const CODE_MEANINGS: ReadonlyMap<string, CodeMeaning> = new Map([
  ...Object.keys(TO_MEND).map((code) => [code, 'refused'] as const),
  ...Object.entries(CODES).flatMap(([meaning, codes]) =>
    codes.map((code) => [code, meaning as CodeMeaning] as const),
  ),
]);

/** What has to be mended before a workspace that refuses with this code takes messages again. */
export function toMend(code: string, scope: string | null): string {
  const setting = new Map<string, string>(Object.entries(TO_MEND)).get(code) ?? TOKEN;
  return scope === null ? setting : `${setting}: ${scope}`;
}
