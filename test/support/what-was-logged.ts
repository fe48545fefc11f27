/** A set-up file: a test that fails says what the app had to complain about before that. */
import { afterEach } from 'vitest';

const WARNING = 40;
const KEPT = 12;
let complaints: string[] = [];

/** Notes a line of the app's log, as pino writes it, where it is a warning or worse. */
export function noteComplaint(line: string): void {
  const { level, time, msg, kind, code, err } = JSON.parse(line);
  if (level < WARNING) return;
  const about = [time, msg, kind, code, err?.code, err?.message];
  const words = about.filter((part) => part !== undefined).join(' · ');
  complaints = [...complaints, words].slice(-KEPT);
}

afterEach(({ task }) => {
  if (task.result?.state !== 'fail' || complaints.length === 0) return;
  throw new Error(`Logged before that:\n${complaints.join('\n')}`);
});
