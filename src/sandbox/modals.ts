import type { SlackStore, ViewRow } from './slack-store.ts';

/** The modals that each person has open; the emulator itself never closes one. */
export interface Modals {
  /** A person's open modals, the topmost last. */
  of(userId: string): ViewRow[];
  /** A new first modal; whatever was open goes. */
  opened(view: ViewRow): void;
  /** One more modal on top. */
  pushed(view: ViewRow): void;
  /** Takes away a modal and those above it. */
  close(userId: string, viewId: string): void;
  closeAll(userId: string): void;
}

export function createModals(store: SlackStore): Modals {
  const stacks = new Map<string, string[]>();
  const drop = (viewId: string) => {
    const row = store.views.findOneBy('view_id', viewId);
    if (row) store.views.delete(row.id);
  };
  const keep = (userId: string, count: number) => {
    const stack = stacks.get(userId) ?? [];
    stack.slice(count).forEach(drop);
    stacks.set(userId, stack.slice(0, count));
  };
  return {
    of: (userId) =>
      (stacks.get(userId) ?? []).flatMap((id) => store.views.findOneBy('view_id', id) ?? []),
    opened(view) {
      keep(view.user_id, 0);
      stacks.set(view.user_id, [view.view_id]);
    },
    pushed(view) {
      stacks.set(view.user_id, [...(stacks.get(view.user_id) ?? []), view.view_id]);
    },
    close(userId, viewId) {
      const index = (stacks.get(userId) ?? []).indexOf(viewId);
      if (index >= 0) keep(userId, index);
    },
    closeAll: (userId) => keep(userId, 0),
  };
}
