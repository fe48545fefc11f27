/**
 * Bolt's app with a guardian around each request: seen once, measured, acknowledged in time whatever
 * its listener does, and answered when that fails. Nothing a listener does can end the process.
 */
import { setMaxListeners } from 'node:events';
import { App, type AppOptions } from '@slack/bolt';
import type { Claims } from '../db/claims.ts';
import { inWorkspace } from '../db/scope.ts';
import { UserError } from '../errors.ts';
import type { Log } from '../log.ts';
import { within } from '../time/within.ts';
import { untilEnded } from './admission.ts';
import { type Ack, ackAnswer, type ErrorAnswer } from './error-answer.ts';
import { type Incoming, readIncoming } from './incoming.ts';
import type { Metrics, RequestOutcome } from './metrics.ts';
import { createRecent } from './recent.ts';
import type { Workspaces } from './workspaces/workspaces.ts';

type ReceiverEvent = Parameters<App['processEvent']>[0];

interface Guardian {
  answerError: ErrorAnswer;
  metrics: Metrics;
  log: Log;
  claims: Claims;
  workspaces: Pick<Workspaces, 'unwelcome'>;
}

interface Request {
  incoming: Incoming;
  ack: Ack;
  /** Whoever's it is has been told that it may not be done. */
  isGivenUp: boolean;
}

/** Slack gives up after 3 s. Nothing is lost by acknowledging a click whose work goes on. */
const LATE_MS = 2_500;
/** A form that is answered with nothing closes: whoever sent it is told, and keeps what they typed. */
const LATE_FORM =
  'Bigplan is slow just now. What you typed is still here: send it once more in a moment, it counts once.';

/** Slack waits for no answer to them any more, so whoever has asked would wait for ever. */
const NOT_BEGUN =
  'Bigplan is being restarted and hasn’t begun with this. Do it once more in a moment.';
const IN_THE_MIDDLE =
  'Bigplan was restarted in the middle of this. `/bigplan` shows whether it is saved; if it isn’t, do it once more.';
/** What those who wait for their turn take to hear of it. */
const TELLING_MS = 2_000;

/** What Slack tells of an installation that has ended: there is none by then. */
const LIFECYCLE: ReadonlySet<string> = new Set([
  'event app_uninstalled',
  'event tokens_revoked',
  'event team_access_revoked',
]);

const OLD_VERSION =
  'That is from before an update of Bigplan. `/bigplan` opens how things stand now; what you typed in a form can be copied from it first.';

/** Buttons, menus of rows and forms that nobody listens to any more. */
function isOfFormerVersion({ kind, pressed }: Incoming): boolean {
  if (kind === 'submission') return true;
  return (
    kind === 'action' &&
    pressed !== null &&
    !pressed.isLink &&
    (pressed.type === 'button' || pressed.type === 'overflow')
  );
}

export class SupervisedApp extends App {
  readonly #guardian: Guardian;
  readonly #seen = createRecent<true>({ keepMs: 10 * 60_000, max: 50_000 });
  readonly #running = new Map<Promise<void>, Request>();
  readonly #ending = new AbortController();

  constructor(options: AppOptions, guardian: Guardian) {
    super(options);
    this.#guardian = guardian;
    // As many as wait.
    setMaxListeners(0, this.#ending.signal);
    // Rethrown, so that it arrives below, where the request can still be answered.
    this.error(async (error) => {
      throw error;
    });
  }

  override async processEvent(event: ReceiverEvent): Promise<void> {
    const incoming = readIncoming(event.body);
    const ack = this.#watchAck(event, incoming);
    const request: Request = { incoming, ack, isGivenUp: false };
    const run = this.#supervise(event, request);
    this.#running.set(run, request);
    await run.finally(() => this.#running.delete(run));
  }

  /** Resolves when no request is being worked on. */
  async drained(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running.keys());
  }

  /** Waits for the requests that are being worked on, for `ms`; those of whom it isn't done by then are told. */
  async finish(ms: number): Promise<void> {
    await within(ms, this.drained());
    this.#ending.abort(new UserError('restarting', NOT_BEGUN));
    await within(TELLING_MS, this.drained());
    await Promise.all(Array.from(this.#running.values(), (request) => this.#giveUp(request)));
  }

  async #giveUp(request: Request): Promise<void> {
    const { incoming, ack } = request;
    request.isGivenUp = true;
    await inWorkspace(incoming.who.workspaceId ?? '', () =>
      this.#guardian.answerError(new UserError('restarting', IN_THE_MIDDLE), incoming, ack),
    );
  }

  async #supervise(event: ReceiverEvent, request: Request): Promise<void> {
    const { metrics, answerError } = this.#guardian;
    const { incoming, ack } = request;
    const started = performance.now();
    // Of what names no workspace nothing is to be seen in any.
    const outcome = await inWorkspace(incoming.who.workspaceId ?? '', async () => {
      try {
        return await untilEnded(this.#ending.signal, () => this.#process(event, incoming, ack));
      } catch (error) {
        return request.isGivenUp ? 'failed' : answerError(error, incoming, ack);
      }
    });
    metrics.handled(incoming.kind, outcome, (performance.now() - started) / 1000);
  }

  /** Slack sends an event again where our answer was lost. */
  async #isNew(eventId: string): Promise<boolean> {
    if (this.#seen.get(eventId)) return false;
    this.#seen.set(eventId, true);
    return this.#guardian.claims.claim(`event:${eventId}`);
  }

  async #process(event: ReceiverEvent, incoming: Incoming, ack: Ack): Promise<RequestOutcome> {
    const { eventId, fromBot, kind } = incoming;
    if (kind === 'unknown' || fromBot || (eventId !== null && !(await this.#isNew(eventId)))) {
      await ack.send();
      return eventId !== null && !fromBot ? 'duplicate' : 'ignored';
    }
    if (!LIFECYCLE.has(incoming.label) && !(await this.#isWelcome(incoming, ack))) return 'refused';
    const late = setTimeout(() => {
      if (ack.done) return;
      if (kind === 'action') void ack.send();
      if (kind === 'submission')
        void this.#guardian.answerError(new UserError('slow', LATE_FORM), incoming, ack);
    }, LATE_MS);
    try {
      await super.processEvent({ ...event, ack: (response?: unknown) => ack.send(response) });
    } finally {
      clearTimeout(late);
    }
    if (ack.done) return 'ok';
    // No listener: a link's button and a choice in a form need none; a former version's get a word.
    if (isOfFormerVersion(incoming)) throw new UserError('old_version', OLD_VERSION);
    await ack.send(kind === 'options' ? { options: [] } : undefined);
    return 'unhandled';
  }

  /** Who isn't hears why, where that can be said without a token. */
  async #isWelcome(incoming: Incoming, ack: Ack): Promise<boolean> {
    const { label, who } = incoming;
    const reason = await this.#guardian.workspaces.unwelcome(who);
    if (reason === null) return true;
    const { code, text } = reason;
    const about = { kind: label, code, ...(who.workspaceId && { team: who.workspaceId }) };
    this.#guardian.log.info(about, 'A request from elsewhere was refused');
    await ack.send(ackAnswer({ text, blocks: null }, incoming) ?? undefined);
    return false;
  }

  /** Sends once, and never throws: work goes on where the answer can't be delivered any more. */
  #watchAck(event: ReceiverEvent, { label }: Incoming): Ack {
    const { log } = this.#guardian;
    let done = false;
    return {
      get done() {
        return done;
      },
      async send(response) {
        if (done) {
          if (response !== undefined) log.warn({ kind: label }, 'A second answer was dropped');
          return;
        }
        done = true;
        try {
          await event.ack(response);
        } catch (err) {
          log.warn({ kind: label, err }, 'Slack stopped waiting for an answer');
        }
      },
    };
  }
}
