/**
 * What things cost, for `npm run capacity`: measured on 1 December 2026 by `npm run bench`, `npm run soak` and by hand,
 * on two cores (with Slack and the database on them). A bench’s own figures take their places where it has them.
 */
export interface Costs {
  /** Of a process's one thread, in ms. */
  tap: number;
  command: number;
  home: number;
  delivery: number;
  due: number;
  /** Of the database, in ms. */
  databaseTap: number;
  databaseCommand: number;
  databaseHome: number;
  databaseDelivery: number;
  databaseDue: number;
}

export const MEASURED: Costs = {
  tap: 20,
  command: 15,
  home: 47,
  delivery: 20,
  due: 1,
  databaseTap: 17,
  databaseCommand: 1.9,
  databaseHome: 10,
  // Not measured by itself: a third of what the process takes, as for a command and a step.
  databaseDelivery: 6,
  databaseDue: 1,
};
