/**
 * Where Slack refuses a whole workspace (a token that was revoked, a scope that is missing), nothing is sent there
 * and nothing is given up, in any process, until it works again. One of them asks once a minute: first whether
 * the token is good, then by sending one message that waits, since that alone shows whether messages go through.
 */
import type { WebClient } from '@slack/web-api';
import { inWorkspace } from '../db/scope.ts';
import type { Log } from '../log.ts';
import { toMend } from '../slack/error-codes.ts';
import { classifySlackError } from '../slack/errors.ts';
import { NOT_RENDERED } from './job-queue.ts';
import type { DeliveryStore, RefusedWorkspace } from './store.ts';

export interface Refusals {
  /** Slack has refused. Whoever hears of it first says so in the log. */
  note(refusal: RefusedWorkspace): Promise<void>;
  /** Asks Slack about the workspaces for which it is time, with `send` on rows that wait. */
  probe(now: Date, send: (id: string) => Promise<unknown>): Promise<void>;
}

/** Less than from one tick to the next, more than two processes' ticks lie apart. */
const PROBE_MS = 50_000;
/** Of those that turn out not to be due, the next ones are tried. */
const MOST_TRIED = 20;

const nextProbe = () => new Date(Date.now() + PROBE_MS);

export function createRefusals({
  store,
  client,
  log,
}: {
  store: DeliveryStore;
  client: WebClient;
  log: Log;
}): Refusals {
  async function note(refusal: RefusedWorkspace): Promise<void> {
    const { workspaceId: team, code, scope } = refusal;
    if (!(await store.refuse(refusal, nextProbe()))) return;
    log.error(
      { team, code },
      `Slack refuses this workspace (${code}): what is to be sent waits until somebody mends ${toMend(code, scope)}`,
    );
  }

  /** Whether the token is good, and may do what it wasn't allowed to where Slack says what it may. */
  async function isTokenGood(refusal: RefusedWorkspace): Promise<boolean> {
    try {
      const { response_metadata } = await client.auth.test();
      const { scopes } = (response_metadata ?? {}) as { scopes?: string[] };
      const needed = refusal.scope?.split(/[,\s]+/) ?? [];
      return scopes === undefined || needed.every((scope) => scopes.includes(scope));
    } catch (error) {
      const failure = classifySlackError(error);
      const { workspaceId } = refusal;
      if (failure.kind === 'refused') await note({ workspaceId, ...failure });
      return false;
    }
  }

  /** False where a message that waits is refused as well. */
  async function goesThrough(
    refusal: RefusedWorkspace,
    now: Date,
    send: (id: string) => Promise<unknown>,
  ): Promise<boolean> {
    for (const id of await store.refusedRows(refusal, now, MOST_TRIED)) {
      await send(id);
      const row = await store.get(id);
      if (row?.state === 'sent' || row?.state === 'ambiguous') return true;
      const waits = row?.state === 'planned' && row.dueAt <= now && row.problem !== NOT_RENDERED;
      if (waits || row?.state === 'sending') return false;
    }
    return true;
  }

  return {
    note,
    async probe(now, send) {
      for (const refusal of await store.claimProbes(nextProbe())) {
        const { workspaceId: team, code } = refusal;
        const isGood = await inWorkspace(team, () => isTokenGood(refusal));
        if (!isGood || !(await goesThrough(refusal, now, send))) continue;
        const ms = await store.accept(team);
        if (ms !== null)
          log.info({ team, code, ms }, 'Slack takes messages again: what waited is sent');
      }
    },
  };
}
