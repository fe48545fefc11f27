/** Counters for `/metrics`. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { IncomingKind } from './incoming.ts';

export type RequestOutcome = 'ok' | 'unhandled' | 'duplicate' | 'ignored' | 'refused' | 'failed';

export interface Metrics {
  handled(kind: IncomingKind, outcome: RequestOutcome, seconds: number): void;
  /** Asked at each scrape: how many deliveries are in each state. */
  countDeliveries(count: () => Promise<Record<string, number>>): void;
  /** Asked at each scrape: how many notifications the budget, a pause and the like have held or dropped. */
  countWithheld(count: () => Promise<{ outcome: string; reason: string; count: number }[]>): void;
  /** Asked at each scrape: for which reasons Slack refuses workspaces, each with its code. */
  countRefusals(find: () => Promise<{ code: string }[]>): void;
  /** A tick has ended; `looked` null: it failed. */
  ticked(seconds: number, looked: { looked: number; failed: number } | null): void;
  /** Prometheus's text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'bigplan_requests_total',
    help: 'Requests from Slack by kind and outcome.',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const duration = new Histogram({
    name: 'bigplan_request_duration_seconds',
    help: 'How long requests from Slack took until their listener ended.',
    labelNames: ['kind'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10],
    registers,
  });
  const ticks = new Counter({
    name: 'bigplan_ticks_total',
    help: 'Ticks of the minute clock by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const tickDuration = new Histogram({
    name: 'bigplan_tick_duration_seconds',
    help: 'How long a tick took.',
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60],
    registers,
  });
  const looks = new Counter({
    name: 'bigplan_agenda_looks_total',
    help: 'Looks at what somebody should get, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  let lastTick = performance.now();
  new Gauge({
    name: 'bigplan_seconds_since_last_tick',
    help: 'Seconds since a tick last ended well, or since the start.',
    registers,
    collect() {
      this.set((performance.now() - lastTick) / 1000);
    },
  });
  return {
    ticked(seconds, looked) {
      ticks.inc({ outcome: looked === null ? 'failed' : 'ok' });
      tickDuration.observe(seconds);
      if (looked === null) return;
      lastTick = performance.now();
      looks.inc({ outcome: 'ok' }, looked.looked - looked.failed);
      looks.inc({ outcome: 'failed' }, looked.failed);
    },
    handled(kind, outcome, seconds) {
      requests.inc({ kind, outcome });
      duration.observe({ kind }, seconds);
    },
    countDeliveries(count) {
      new Gauge({
        name: 'bigplan_deliveries',
        help: 'Deliveries in the outbox by state.',
        labelNames: ['state'],
        registers,
        async collect() {
          this.reset();
          // Without the database the other figures are worth having all the more.
          const states = await count().catch(() => ({}));
          for (const [state, value] of Object.entries(states)) this.set({ state }, value);
        },
      });
    },
    countWithheld(count) {
      new Gauge({
        name: 'bigplan_withheld_notifications',
        help: 'Notifications that are held back now, and those dropped, by reason.',
        labelNames: ['outcome', 'reason'],
        registers,
        async collect() {
          this.reset();
          const found = await count().catch(() => []);
          for (const { count: value, ...labels } of found) this.set(labels, value);
        },
      });
    },
    countRefusals(find) {
      new Gauge({
        name: 'bigplan_workspaces_refused',
        help: 'Workspaces that Slack refuses (a token revoked, a scope missing), where messages wait, by Slack’s code.',
        labelNames: ['code'],
        registers,
        async collect() {
          this.reset();
          for (const { code } of await find().catch(() => [])) this.inc({ code });
        },
      });
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
