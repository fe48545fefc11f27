/**
 * One connection of Socket Mode: Slack's own client, kept from what makes it deaf. It would close a
 * connection that Slack wants renewed before there is another, and hear of a close only once TCP has ended.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { SocketModeClient, type SocketModeOptions } from '@slack/socket-mode';
import { z } from 'zod';

export interface SocketConnection {
  /** Slack wants another in its place; until it is closed, it goes on hearing. */
  readonly isLeaving: boolean;
  isOpen(): boolean;
  /** False where it isn't open any more: nothing was sent. */
  send(text: string): boolean;
  /** Closes it. Resolves when its TCP connection has ended, whatever Slack does. */
  end(): Promise<void>;
}

const Message = z.object({
  type: z.string(),
  envelope_id: z.string().optional().catch(undefined),
  payload: z.unknown().optional(),
  retry_attempt: z.number().optional().catch(undefined),
  retry_reason: z.string().optional().catch(undefined),
});
/** What Slack tells, with the id by which it is acknowledged. */
export type SocketEnvelope = z.infer<typeof Message> & { envelope_id: string };

interface Hears {
  envelope(envelope: SocketEnvelope, connection: SocketConnection): void;
  /** It is to be replaced, or has ended. */
  changed(): void;
}

/** For the WebSocket to be there and for Slack's `hello` over it. */
const HELLO_MS = 8_000;
/** How soon it is noticed that Slack has closed: its client tells nobody while TCP stays open. */
const WATCH_MS = 200;
/** For the close frame to leave. */
const CLOSE_MS = 300;

const silent = () => {};
const SILENT: NonNullable<SocketModeOptions['logger']> = {
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  setLevel: silent,
  getLevel: () => 'error' as ReturnType<NonNullable<SocketModeOptions['logger']>['getLevel']>,
  setName: silent,
};

class Client extends SocketModeClient {
  readonly #told: (message: z.infer<typeof Message>) => void;

  constructor(options: SocketModeOptions, told: (message: z.infer<typeof Message>) => void) {
    // Its words hold what people wrote; what matters is logged by whoever opens it.
    super({ ...options, autoReconnectEnabled: false, logger: SILENT });
    this.#told = told;
  }

  protected override async onWebSocketMessage(data: string | ArrayBuffer): Promise<void> {
    const message = Message.safeParse(readJson(data));
    if (message.success) this.#told(message.data);
  }
}

function readJson(data: string | ArrayBuffer): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    return null;
  }
}

/**
 * Opens a connection, and gives it once Slack has said hello.
 *
 * @throws what `apps.connections.open` threw, or an Error where the connection doesn't come about.
 */
export async function openConnection(
  options: Pick<SocketModeOptions, 'appToken' | 'clientOptions'>,
  hears: Hears,
): Promise<SocketConnection> {
  let isLeaving = false;
  const client = new Client(options, ({ type, envelope_id, ...message }) => {
    if (type === 'hello') client.emit('connected');
    else if (type === 'disconnect') {
      isLeaving = true;
      hears.changed();
    } else if (envelope_id !== undefined) {
      hears.envelope({ type, envelope_id, ...message }, connection);
    }
  });
  const connection: SocketConnection = {
    get isLeaving() {
      return isLeaving;
    },
    isOpen: () => client.websocket?.isActive() ?? false,
    send(text) {
      if (!connection.isOpen()) return false;
      let sent = false;
      client.websocket?.send(text, (error?: unknown) => {
        sent = !error;
      });
      return sent;
    },
    async end() {
      void client.disconnect();
      await sleep(CLOSE_MS);
      // The second time it doesn't wait for the other side.
      await client.disconnect();
    },
  };
  let late: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((settle, fail) => {
      client.once('connecting', () => {
        late = setTimeout(fail, HELLO_MS, new Error('Slack has not said hello'));
      });
      client.start().then(
        () => settle(),
        (error) => fail(error ?? new Error('The connection ended before hello')),
      );
    });
  } catch (error) {
    void connection.end();
    throw error;
  } finally {
    clearTimeout(late);
  }
  watch(client, connection, hears);
  return connection;
}

/** Tells once when a connection isn't open any more, and lets go of it. */
function watch(client: Client, connection: SocketConnection, hears: Hears): void {
  const look = setInterval(() => {
    if (!connection.isOpen()) ended();
  }, WATCH_MS).unref();
  client.once('disconnected', ended);
  function ended(): void {
    clearInterval(look);
    client.off('disconnected', ended);
    void connection.end();
    hears.changed();
  }
}
