import type { ServerResponse } from 'node:http';

/** Tells every open page that there is something new to fetch. */
export interface Changes {
  announce(): void;
  /** Keeps a response open and writes a server-sent event to it for each change. */
  follow(response: ServerResponse): void;
  close(): void;
}

export function createChanges(): Changes {
  const followers = new Set<ServerResponse>();
  let pending: NodeJS.Immediate | undefined;
  return {
    announce() {
      pending ??= setImmediate(() => {
        pending = undefined;
        for (const follower of followers) follower.write('data: changed\n\n');
      });
    },
    follow(response) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write('retry: 1000\n\n');
      followers.add(response);
      response.on('close', () => followers.delete(response));
    },
    close() {
      clearImmediate(pending);
      for (const follower of followers) follower.end();
      followers.clear();
    },
  };
}
