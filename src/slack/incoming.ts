/** What a request from Slack is about, read once from its body, whatever its kind. */
import { z } from 'zod';
import { type Acting, acting } from './workspaces/acting.ts';

export type IncomingKind =
  | 'command'
  | 'action'
  | 'submission'
  | 'closed'
  | 'options'
  | 'shortcut'
  | 'event'
  | 'unknown';

export interface Incoming {
  kind: IncomingKind;
  /** The kind and which one, for the log: never what somebody typed. */
  label: string;
  /** Who, and in which workspace. */
  who: Acting;
  /** Slack sends an event again, with the same id, where our answer was lost. */
  eventId: string | null;
  /** A message by a bot, this one or another. */
  fromBot: boolean;
  responseUrl: string | null;
  triggerId: string | null;
  view: IncomingView | null;
  /** What was typed after the command. */
  text: string | null;
  pressed: Pressed | null;
}

/** What was pressed, so that it can be offered once more; only a button or a menu carries a value. */
export interface Pressed {
  actionId: string;
  type: string | null;
  value: string | null;
  isLink: boolean;
}

export interface IncomingView {
  type: 'modal' | 'home';
  /** How many views are stacked, this one included; Slack allows three. */
  depth: number;
  firstInput: string | null;
}

const text = z.string().nullish().catch(null);

/** Lenient throughout: what is missing or odd counts as absent. */
const Body = z.object({
  type: text,
  command: text,
  name: text,
  callback_id: text,
  event_id: text,
  response_url: text,
  trigger_id: text,
  text,
  actions: z
    .array(z.object({ action_id: z.string(), type: text, value: text, url: text }))
    .nullish()
    .catch(null),
  event: z.object({ type: z.string(), subtype: text, bot_id: text }).nullish().catch(null),
  view: z
    .object({
      id: text,
      type: z.enum(['modal', 'home']),
      callback_id: text,
      root_view_id: text,
      previous_view_id: text,
      blocks: z.array(z.object({ type: text, block_id: text })).catch([]),
    })
    .nullish()
    .catch(null),
});
type Body = z.infer<typeof Body>;

export function readIncoming(body: unknown): Incoming {
  const parsed = Body.safeParse(body);
  const facts: Body = parsed.success ? parsed.data : Body.parse({});
  const kind = kindOf(facts);
  return {
    kind,
    label: labelOf(kind, facts),
    who: acting(body),
    eventId: facts.event_id ?? null,
    fromBot: Boolean(facts.event?.bot_id) || facts.event?.subtype === 'bot_message',
    responseUrl: facts.response_url ?? null,
    triggerId: facts.trigger_id ?? null,
    view: viewOf(facts),
    text: facts.text ?? null,
    pressed: pressedIn(facts),
  };
}

function kindOf(body: Body): IncomingKind {
  if (body.event) return 'event';
  if (body.command) return 'command';
  if (body.type === 'block_suggestion') return 'options';
  if (body.actions) return 'action';
  if (body.type === 'view_submission') return 'submission';
  if (body.type === 'view_closed') return 'closed';
  if (body.type === 'shortcut' || body.type === 'message_action') return 'shortcut';
  return 'unknown';
}

function labelOf(kind: IncomingKind, body: Body): string {
  const which =
    body.event?.type ??
    body.command ??
    body.actions?.[0]?.action_id ??
    body.view?.callback_id ??
    body.callback_id ??
    '';
  return `${kind} ${which.slice(0, 60)}`.trim();
}

function pressedIn({ actions }: Body): Pressed | null {
  const [first] = actions ?? [];
  if (!first) return null;
  const { action_id: actionId, type = null, value = null, url = null } = first;
  return { actionId, type, value, isLink: url !== null };
}

function viewOf({ view }: Body): IncomingView | null {
  if (!view) return null;
  const { previous_view_id: previous, root_view_id: root } = view;
  return {
    type: view.type,
    depth: !previous ? 1 : previous === root ? 2 : 3,
    firstInput: view.blocks.find((block) => block.type === 'input')?.block_id ?? null,
  };
}
