import type { KnownBlock, View } from '@slack/types';
import type { Leap } from './clock-moves.ts';

/** A person of the made-up team, as the page shows them. */
export interface PersonState {
  id: string;
  /** Short name, as in `?as=dana`. */
  name: string;
  realName: string;
  title: string;
  timeZone: string;
  isBot: boolean;
}

export interface MessageState {
  ts: string;
  channel: string;
  user: string;
  text: string;
  blocks?: KnownBlock[];
  thread_ts?: string;
  replies: number;
  edited: boolean;
  ephemeral: boolean;
  /** When it was posted on the sandbox's clock (ISO instant). */
  at: string;
}

export interface ConversationState {
  id: string;
  kind: 'channel' | 'private' | 'direct' | 'group' | 'app';
  name: string;
  topic: string;
  /** Everyone in it, the person who looks included. */
  members: string[];
  unread: number;
  messages: MessageState[];
}

/** A modal or a Home tab as Slack's Web API would show it, with every block and action named. */
export type ViewState = View & {
  id: string;
  hash: string;
  root_view_id: string;
  previous_view_id: string | null;
};

export interface CommandState {
  command: string;
  usage: string;
  description: string;
}

/** All that one person sees. */
export interface WorkspaceState {
  /** Names this state, so that the next one can be asked for as what is new since. */
  stamp: string;
  /** The state since which the conversations' messages are new or have changed; null: they are all there are. */
  since: string | null;
  /** What is gone since. */
  removed: { channel: string; ts: string }[];
  team: string;
  me: PersonState;
  people: PersonState[];
  app: { id: string; name: string; channel: string; commands: CommandState[] };
  conversations: ConversationState[];
  home: ViewState | null;
  /** Open modals, the topmost last. */
  modals: ViewState[];
  /** The sandbox's clock (ISO instant). */
  now: string;
  /** Where the clock is on its way to (ISO instant); null at rest. */
  movingTo: string | null;
  /** The ways to move the clock with one press, and where each leads (ISO instant). */
  leaps: { leap: Leap; at: string }[];
}

/** An option of a menu or a group of choices, as it travels in state and actions. */
export interface OptionState {
  text: { type: 'plain_text' | 'mrkdwn'; text: string; emoji?: boolean };
  value: string;
  description?: { type: 'plain_text' | 'mrkdwn'; text: string };
}

/** An uploaded file as `file_input` reports it. */
export interface UploadedFile {
  id: string;
  name: string;
  [key: string]: unknown;
}

/** What one element of a view holds: Slack's `state.values[block_id][action_id]`. */
export interface ElementState {
  type: string;
  value?: string | null;
  selected_option?: OptionState | null;
  selected_options?: OptionState[];
  selected_user?: string | null;
  selected_users?: string[];
  selected_conversation?: string | null;
  selected_conversations?: string[];
  selected_channel?: string | null;
  selected_channels?: string[];
  selected_date?: string | null;
  selected_time?: string | null;
  selected_date_time?: number | null;
  files?: UploadedFile[];
}

/** `block_id` → `action_id` → what it holds. */
export type StateValues = Record<string, Record<string, ElementState>>;

/** Where an element that was used sits. */
export type ActionSource =
  | { kind: 'view'; view_id: string }
  | { kind: 'message'; channel: string; ts: string };

/** What became of a submitted form. */
export type SubmitOutcome =
  | { outcome: 'done' }
  | { outcome: 'errors'; errors: Record<string, string> }
  | { outcome: 'trouble'; message: string };

/** What became of anything else that went to the app. */
export type SendOutcome = { outcome: 'done' } | { outcome: 'trouble'; message: string };
