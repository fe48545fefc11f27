/** How the fake Web API can go wrong. */

export type Fault =
  /** Refuses with Slack's error code. */
  | { error: string }
  /** Answers with this status and no JSON. */
  | { status: number }
  /** 429, with or without a Retry-After (seconds). */
  | { rateLimit: number | null }
  /** Closes the connection: before anything happens, or after it has taken effect. */
  | { drop: 'before' | 'after' }
  /** Takes effect, then answers this late (ms). */
  | { delay: number };

export class Faults {
  readonly #planned = new Map<string, Fault[]>();

  /** The next `times` calls of a method go wrong. */
  plan(method: string, fault: Fault, times = 1): void {
    const faults = this.#planned.get(method) ?? [];
    faults.push(...Array.from({ length: times }, () => fault));
    this.#planned.set(method, faults);
  }

  next(method: string): Fault | undefined {
    return this.#planned.get(method)?.shift();
  }

  clear(): void {
    this.#planned.clear();
  }
}
