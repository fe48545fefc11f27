/** Which jobs the workers pass over for now, because Slack takes nothing or too much has been sent already. */
import { bulkFlagOf } from './pace.ts';
import type { DeliveryStore } from './store.ts';

export interface PassedOver {
  /** The flags of those jobs. */
  flags(): Promise<string[]>;
  /** Nobody may send what isn't urgent in a workspace before `until`. */
  wait(workspaceId: string, until: Date): void;
  /** Has `listener` called when some of them may go on. */
  onRoom(listener: () => void): void;
}

/** What other processes have found out is noticed after that; the row's own step sees it at once. */
const REMEMBERED_MS = 250;
const MOST_TIMED_MS = 60_000;

export function createPassedOver(store: DeliveryStore): PassedOver {
  /** Until when, by flag. */
  let known = new Map<string, number>();
  let asked: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let listener = () => {};

  async function ask(): Promise<void> {
    const rows = await store.passedOver();
    known = new Map(rows.map(({ flag, until }) => [flag, until?.getTime() ?? Infinity]));
  }

  function askAtMost(): Promise<void> {
    if (asked === null) {
      asked = ask();
      const forget = () => {
        asked = null;
      };
      asked.then(() => setTimeout(forget, REMEMBERED_MS).unref(), forget);
    }
    return asked;
  }

  /** Workers who found nothing look again when there is something, and not only when they would have. */
  function callAtRoom(): void {
    const first = Math.min(...known.values());
    if (timer !== null || first > Date.now() + MOST_TIMED_MS) return;
    timer = setTimeout(
      () => {
        timer = null;
        listener();
      },
      Math.max(1, first - Date.now() + 1),
    ).unref();
  }

  return {
    async flags() {
      await askAtMost();
      const now = Date.now();
      for (const [flag, until] of known) if (until <= now) known.delete(flag);
      if (known.size > 0) callAtRoom();
      return [...known.keys()];
    },
    wait(workspaceId, until) {
      if (until.getTime() > Date.now()) known.set(bulkFlagOf(workspaceId), until.getTime());
    },
    onRoom(call) {
      listener = call;
    },
  };
}
