/** What people do in Slack's own windows, told to the app, and what its answers do there. */
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { ActionSource, OptionState, StateValues } from '../protocol.ts';
import { viewBreaches } from './limits.ts';
import * as payloads from './payloads.ts';
import { Refusal } from './refusal.ts';
import type { AckResponse, AppRequests } from './requests.ts';
import type { ResponseTarget, ResponseUrls } from './response-urls.ts';
import type { OpenView } from './views.ts';
import { blocksOf, type SlackWorkspace } from './workspace.ts';

/** What became of a submitted form, and the app's answer to it. */
type Submitted = { ack: AckResponse } & (
  | { outcome: 'done' }
  | { outcome: 'errors'; errors: Record<string, string> }
  /** Slack can't do what the app answered; the form stays open. */
  | { outcome: 'refused'; reasons: string[] }
);

const submissionAnswer = z.discriminatedUnion('response_action', [
  z.object({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string()) }),
  z.object({ response_action: z.literal('update'), view: z.looseObject({}) }),
  z.object({ response_action: z.literal('push'), view: z.looseObject({}) }),
  z.object({ response_action: z.literal('clear') }),
]);
const option = z.looseObject({
  text: z.looseObject({ type: z.enum(['plain_text', 'mrkdwn']), text: z.string() }),
  value: z.string(),
});
const suggestions = z.union([
  z.object({ options: z.array(option).max(100) }),
  z.object({ option_groups: z.array(z.object({ options: z.array(option) })).max(100) }),
]);

export class Moves {
  readonly #workspace: SlackWorkspace;
  readonly #urls: ResponseUrls;
  readonly #delivery: AppRequests;
  readonly #origin: () => string;

  /** @param origin the Web API server's address, under which `response_url`s lead */
  constructor(
    workspace: SlackWorkspace,
    urls: ResponseUrls,
    delivery: AppRequests,
    origin: () => string,
  ) {
    this.#workspace = workspace;
    this.#urls = urls;
    this.#delivery = delivery;
    this.#origin = origin;
  }

  /** Runs a slash command; what the app answers at once is shown in the channel. */
  async command(
    user: string,
    channel: string,
    typed: { command: string; text: string },
  ): Promise<AckResponse> {
    const { conversations } = this.#workspace;
    const target = { channel, user };
    const fields = payloads.commandPayload(
      this.#workspace,
      user,
      conversations.named(channel),
      typed,
      this.#issue(target),
    );
    const ack = await this.#delivery.command(fields);
    const said = typeof ack.body === 'string' ? { text: ack.body } : ack.body;
    if (ack.status === 200 && said !== null) this.#urls.say(target, said);
    return ack;
  }

  /** Something was used in a modal or in App Home. */
  actInView(
    open: OpenView,
    action: payloads.ElementAction,
    values: StateValues,
  ): Promise<AckResponse> {
    const trigger = this.#workspace.views.trigger(open.user);
    return this.#delivery.interaction(
      payloads.viewActionPayload(this.#workspace, open, action, values, trigger),
    );
  }

  /** Something was used in a message. */
  actInMessage(
    user: string,
    message: payloads.UsedMessage,
    action: payloads.ElementAction,
    values: StateValues,
  ): Promise<AckResponse> {
    const { channel } = message;
    return this.#delivery.interaction(
      payloads.messageActionPayload(
        this.#workspace,
        user,
        message,
        this.#workspace.conversations.named(channel),
        action,
        values,
        this.#issue({ channel, user, original: message }),
      ),
    );
  }

  /** Sends a modal's form and does with it what the app's answer says. */
  async submit(open: OpenView, values: StateValues): Promise<Submitted> {
    const trigger = this.#workspace.views.trigger(open.user);
    const ack = await this.#delivery.interaction(
      payloads.submissionPayload(this.#workspace, open, values, trigger),
    );
    if (ack.status !== 200) return refused(ack, [`HTTP ${ack.status}`]);
    return this.#follow(open, ack);
  }

  #follow(open: OpenView, ack: AckResponse): Submitted {
    const { views } = this.#workspace;
    if (isEmpty(ack.body)) {
      views.close(open.user, open.id);
      return { ack, outcome: 'done' };
    }
    const parsed = submissionAnswer.safeParse(ack.body);
    if (!parsed.success) return refused(ack, ['no response_action that Slack knows']);
    const answer = parsed.data;
    switch (answer.response_action) {
      case 'errors':
        return reported(open, ack, answer.errors);
      case 'clear':
        views.closeAll(open.user);
        return { ack, outcome: 'done' };
      default: {
        const breaches = viewBreaches(answer.view);
        if (breaches.length > 0) return refused(ack, breaches);
        const view = answer.view as unknown as ModalView;
        try {
          if (answer.response_action === 'update') views.update(open.id, view);
          else views.push(open.user, view);
        } catch (error) {
          if (error instanceof Refusal) return refused(ack, [error.message]);
          throw error;
        }
        return { ack, outcome: 'done' };
      }
    }
  }

  /** Closes a modal, or the whole stack; the app hears of those that asked for it. */
  async close(open: OpenView, all: boolean): Promise<AckResponse[]> {
    const { views } = this.#workspace;
    const cleared = all || (open.view.type === 'modal' && open.view.clear_on_close === true);
    const gone = cleared ? views.closeAll(open.user) : views.close(open.user, open.id);
    const acks: AckResponse[] = [];
    for (const one of gone)
      if (one.view.type === 'modal' && one.view.notify_on_close)
        acks.push(
          await this.#delivery.interaction(payloads.closedPayload(this.#workspace, one, cleared)),
        );
    return acks;
  }

  /** The app's options for a menu that it fills itself; none where its answer is no list of them. */
  async suggest(
    user: string,
    source: ActionSource,
    place: { block_id: string; action_id: string; value: string },
  ): Promise<OptionState[]> {
    const open = source.kind === 'view' ? this.#workspace.views.find(source.view_id) : undefined;
    const { body } = await this.#delivery.interaction(
      payloads.suggestionPayload(this.#workspace, user, place, source, open),
    );
    const parsed = suggestions.safeParse(body);
    if (!parsed.success) return [];
    return 'options' in parsed.data
      ? parsed.data.options
      : parsed.data.option_groups.flatMap((group) => group.options);
  }

  /** An event of the Events API; `id` where Slack sends the same one again. */
  event(event: Record<string, unknown>, id?: string): Promise<AckResponse> {
    return this.#delivery.event(payloads.eventPayload(this.#workspace, event, id));
  }

  /** The person looks at one of the app's two tabs. */
  openHome(user: string, tab: 'home' | 'messages'): Promise<AckResponse> {
    const home = this.#workspace.views.home(user);
    return this.event({
      type: 'app_home_opened',
      user,
      channel: this.#workspace.dm(user),
      tab,
      ...(home && tab === 'home' ? { view: payloads.viewPayload(this.#workspace, home) } : {}),
    });
  }

  #issue(target: ResponseTarget): payloads.Issued {
    return {
      trigger_id: this.#workspace.views.trigger(target.user),
      response_url: `${this.#origin()}${this.#urls.issue(target)}`,
    };
  }
}

function refused(ack: AckResponse, reasons: string[]): Submitted {
  return { ack, outcome: 'refused', reasons };
}

/** Slack shows errors under inputs of the form, and takes none for another place. */
function reported(open: OpenView, ack: AckResponse, errors: Record<string, string>): Submitted {
  const inputs = blocksOf(open).flatMap((block) =>
    block.type === 'input' ? [block.block_id] : [],
  );
  const stray = Object.keys(errors).filter((id) => !inputs.includes(id));
  if (stray.length > 0)
    return refused(
      ack,
      stray.map((id) => `errors: no input ${id}`),
    );
  return { ack, outcome: 'errors', errors };
}

function isEmpty(body: unknown): boolean {
  return (
    body === null || body === '' || (typeof body === 'object' && Object.keys(body).length === 0)
  );
}
