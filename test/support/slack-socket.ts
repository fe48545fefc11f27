/**
 * Slack's end of Socket Mode: connections over which it tells the app what people do. As with Slack, one
 * that was closed keeps its TCP connection, and what is sent goes over any that is open.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { TEST_KEYS } from './db.ts';

export interface Envelope {
  envelope_id?: string;
  payload?: Record<string, unknown>;
}

export interface SlackSocket {
  /** For `apps.connections.open`. */
  url: string;
  /** One for each connection, newest last. */
  connections: readonly WebSocket[];
  /** What happened, in order, each with its connection's number from 0: `hello 1`, `closed 0`. */
  story: readonly string[];
  /** Where the connections to come stop short: before the WebSocket is there, or before its `hello`. */
  stall: 'upgrade' | 'hello' | null;
  /** The app's acknowledgement of an envelope. */
  answerTo(id: string): Envelope | undefined;
  /** The number of each connection over which an envelope was acknowledged. */
  acknowledgedOver(id: string): number[];
  /** Over the newest connection that is open, or over one by its number. False: there is none. */
  send(type: string, envelope_id: string, payload: object, over?: number): boolean;
  /** Asks the app to renew its newest connection. */
  refresh(): void;
  /** Closes a connection as Slack does: with a close frame, and the TCP connection stays. */
  close(number: number): void;
  /** The network takes what the newest connection is sent and gives nothing back. */
  swallow(): void;
  stop(): Promise<void>;
}

export async function startSlackSocket(): Promise<SlackSocket> {
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  const connections: WebSocket[] = [];
  const wires: Socket[] = [];
  const stalled: Socket[] = [];
  const story: string[] = [];
  const received: { over: number; message: Envelope }[] = [];

  server.on('upgrade', (request, wire, head) => {
    if (slack.stall === 'upgrade') stalled.push(wire as Socket);
    else sockets.handleUpgrade(request, wire, head, (socket) => connected(socket, request));
  });
  function connected(socket: WebSocket, request: IncomingMessage): void {
    keepOpen(request);
    const number = connections.push(socket) - 1;
    wires.push(request.socket);
    socket.on('message', (data) => {
      received.push({ over: number, message: JSON.parse(String(data)) });
    });
    let isEnded = false;
    for (const event of ['end', 'close']) {
      request.socket.on(event, () => {
        if (!isEnded) story.push(`ended ${number}`);
        isEnded = true;
      });
    }
    if (slack.stall === 'hello') return;
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
    story.push(`hello ${number}`);
  }
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));

  const slack: SlackSocket = {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/link`,
    connections,
    story,
    stall: null,
    answerTo: (id) => received.find(({ message }) => message.envelope_id === id)?.message,
    acknowledgedOver: (id) =>
      received.filter(({ message }) => message.envelope_id === id).map(({ over }) => over),
    send(type, envelope_id, payload, over) {
      const open = connections.filter((socket) => socket.readyState === socket.OPEN);
      const socket = over === undefined ? open.at(-1) : connections[over];
      const accepts_response_payload = type !== 'events_api';
      socket?.send(JSON.stringify({ type, envelope_id, payload, accepts_response_payload }));
      return socket !== undefined;
    },
    refresh() {
      const message = { type: 'disconnect', reason: 'refresh_requested' };
      connections.at(-1)?.send(JSON.stringify(message));
      story.push(`refresh ${connections.length - 1}`);
    },
    close(number) {
      connections[number]?.close();
      story.push(`closed ${number}`);
    },
    swallow: () => void wires.at(-1)?.pause(),
    async stop() {
      for (const socket of connections) socket.terminate();
      for (const wire of stalled) wire.destroy();
      sockets.close();
      await new Promise((settle) => server.close(settle));
    },
  };
  return slack;
}

/** Slack answers the close handshake and leaves it to the app to end the TCP connection. */
function keepOpen({ socket }: IncomingMessage): void {
  socket.end = () => socket;
}

/** What a Bigplan in Socket Mode is started with, on a database and a Slack that are there already. */
export const socketSettings = (apiUrl: string, databaseUrl: string) => ({
  slack: { mode: 'socket' as const, botToken: 'xoxb-1', appToken: 'xapp-1', apiUrl },
  port: 0,
  databaseUrl,
  dataDir: '/nonexistent',
  health: null,
  encryptionKeys: TEST_KEYS,
  logLevel: 'info' as const,
  isSlackUnlimited: true as const,
});
