/** The emulated Slack's records, as far as the sandbox reads or writes them. */

export interface Row {
  id: number;
  created_at: string;
}

export interface UserRow extends Row {
  user_id: string;
}

export interface ChannelRow extends Row {
  channel_id: string;
  name: string;
  is_private: boolean;
  is_im?: boolean;
  is_mpim?: boolean;
  topic: { value: string };
  members: string[];
  /** The sandbox's own: by person, the posting time of the last message seen. */
  read_until?: Record<string, string>;
}

export interface FileRow extends Row {
  file_id: string;
  name: string;
  title: string;
  mimetype: string;
  alt_txt?: string;
  content_base64?: string;
  /** Direct conversations that it was shared in. */
  ims?: string[];
  deleted?: boolean;
}

export interface MessageRow extends Row {
  ts: string;
  channel_id: string;
  user: string;
  text: string;
  type: string;
  subtype?: string;
  thread_ts?: string | undefined;
  blocks?: unknown[] | undefined;
  files?: FileRow[];
  edited?: unknown;
  reply_count: number;
  reply_users: string[];
}

export interface EphemeralRow extends MessageRow {
  target_user: string;
}

export interface ViewRow extends Row {
  view_id: string;
  type: 'modal' | 'home';
  user_id: string;
  team_id: string;
  title: unknown;
  submit: unknown;
  close: unknown;
  blocks: unknown[];
  private_metadata: string;
  callback_id: string;
  external_id: string;
  hash: string;
  clear_on_close: boolean;
  notify_on_close: boolean;
  root_view_id: string;
  previous_view_id?: string;
  app_id: string;
  bot_id: string;
}

export interface TokenRow extends Row {
  token: string;
  user_id: string;
}

export interface Collection<R extends Row> {
  all(): R[];
  findBy<K extends keyof R>(field: K, value: R[K]): R[];
  findOneBy<K extends keyof R>(field: K, value: R[K]): R | undefined;
  insert(data: Omit<R, keyof Row> & Record<string, unknown>): R;
  update(id: number, data: Partial<R>): R | undefined;
  delete(id: number): boolean;
  clear(): void;
}

export interface SlackStore {
  teams: Collection<Row & { team_id: string }>;
  users: Collection<UserRow>;
  channels: Collection<ChannelRow>;
  messages: Collection<MessageRow>;
  ephemeralMessages: Collection<EphemeralRow>;
  bots: Collection<Row & { bot_id: string }>;
  tokens: Collection<TokenRow>;
  incomingWebhooks: Collection<Row>;
  files: Collection<FileRow>;
  views: Collection<ViewRow>;
  viewTriggers: Collection<Row>;
}
