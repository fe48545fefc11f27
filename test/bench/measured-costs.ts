/**
 * What things cost, for `npm run capacity`: as `npm run bench` measured it on 1 December 2026, on two quiet cores with Slack
 * and the database on them. The file that it prints with `--json` takes their place.
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
  tap: 22,
  command: 16,
  home: 46,
  delivery: 3.5,
  due: 0.39,
  databaseTap: 7.9,
  databaseCommand: 2.3,
  databaseHome: 11,
  databaseDelivery: 2.7,
  databaseDue: 0.68,
};
