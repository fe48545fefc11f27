/** A line to a server that can be cut: what goes through it gets there, until nothing does any more. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Relay {
  port: number;
  cut(): void;
}

/** `onAnswer` sees the first bytes that come back before anybody else does. */
export async function startRelay(
  to: { host: string; port: number },
  onAnswer: () => void = () => {},
): Promise<Relay> {
  const ends = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    const far = connect(to.port, to.host);
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(end);
      end.on('error', () => other.destroy());
      end.on('close', () => other.destroy());
    }
    if (isCut) cut();
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => {
      onAnswer();
      if (!isCut) near.write(bytes);
    });
  });
  function cut(): void {
    isCut = true;
    server.close();
    for (const end of ends) end.destroy();
    ends.clear();
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, cut };
}
