import pg from 'pg';
import { vi } from 'vitest';
import { workspaceInScope } from '../../src/db/scope.ts';
import { TEAM } from './slack.ts';

export interface Statements {
  /** What is sent to the database for the workspace during `work`, in its order: what is beside that isn't heard. */
  during(work: () => Promise<unknown>): Promise<string[]>;
  end(): void;
}

/** Hears each statement that is sent by the connections made from here on; each is done as ever. */
export function hearStatements(): Statements {
  let heard: string[] | null = null;
  const send = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...args: unknown[]
  ) {
    const [query] = args as [string | { text?: string }];
    const text = typeof query === 'string' ? query : (query.text ?? '');
    if (workspaceInScope() === TEAM) heard?.push(text.trim().replaceAll(/\s+/g, ' '));
    return Reflect.apply(send, this, args);
  } as never);
  return {
    async during(work) {
      const own: string[] = [];
      heard = own;
      await work();
      heard = null;
      return own;
    },
    end: () => spy.mockRestore(),
  };
}
