/** Slack's end of Socket Mode: connections over which it tells the app what people do. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export interface Envelope {
  envelope_id?: string;
  payload?: Record<string, unknown>;
}

export interface SlackSocket {
  /** For `apps.connections.open`. */
  url: string;
  /** One for each connection, newest last. */
  connections: readonly WebSocket[];
  /** The app's acknowledgement of an envelope. */
  answerTo(id: string): Envelope | undefined;
  /** Over the newest connection. */
  send(type: string, envelope_id: string, payload: object): void;
  /** Asks the app to renew its connection. */
  refresh(): void;
  stop(): Promise<void>;
}

export async function startSlackSocket(): Promise<SlackSocket> {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  const connections: WebSocket[] = [];
  const received: Envelope[] = [];

  sockets.on('connection', (socket, request) => {
    keepOpen(request);
    connections.push(socket);
    socket.on('message', (data) => received.push(JSON.parse(String(data))));
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const send = (message: object) => connections.at(-1)?.send(JSON.stringify(message));

  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/link`,
    connections,
    answerTo: (id) => received.find((message) => message.envelope_id === id),
    send(type, envelope_id, payload) {
      const accepts_response_payload = type !== 'events_api';
      send({ type, envelope_id, payload, accepts_response_payload });
    },
    refresh: () => send({ type: 'disconnect', reason: 'refresh_requested' }),
    async stop() {
      for (const socket of connections) socket.terminate();
      sockets.close();
      await new Promise((settle) => server.close(settle));
    },
  };
}

/** Slack answers the close handshake and leaves it to the app to end the TCP connection. */
function keepOpen({ socket }: IncomingMessage): void {
  socket.end = () => socket;
}
