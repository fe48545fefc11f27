/** Rows that wait for what won't come any more. Each is a query that counts them, at an instant of Bigplan's clock. */
import type pg from 'pg';

/** So long something that is due may still be on its way. */
const GRACE = `interval '15 minutes'`;

const WAITING: Readonly<Record<string, string>> = {
  'planned deliveries that are no longer worth sending': `
    SELECT count(*)::int AS n FROM delivery WHERE state = 'planned' AND send_by < $1::timestamp - ${GRACE}`,
  'planned deliveries that are due, worth sending however late, and held back by nothing': `
    SELECT count(*)::int AS n FROM delivery
    WHERE state = 'planned' AND send_by IS NULL AND due_at < $1::timestamp - ${GRACE}`,
  'deliveries on their way or looked for, after their lease': `
    SELECT count(*)::int AS n FROM delivery
    WHERE state IN ('sending', 'ambiguous') AND lease_until < (now() AT TIME ZONE 'UTC') - ${GRACE}
      AND $1::timestamp IS NOT NULL`,
  'messages that should long have been shown anew': `
    SELECT count(*)::int AS n FROM delivery
    WHERE stale AND state = 'sent' AND updated_at < (now() AT TIME ZONE 'UTC') - ${GRACE}
      AND $1::timestamp IS NOT NULL`,
  'jobs that will never run': `
    SELECT count(*)::int AS n FROM graphile_worker.jobs
    WHERE attempts >= max_attempts AND locked_at IS NULL AND $1::timestamp IS NOT NULL`,
  'people at whose agenda nobody looks': `
    SELECT count(*)::int AS n FROM agenda WHERE due_at < $1::timestamp - ${GRACE}`,
  'claims of requests that can’t come again': `
    SELECT count(*)::int AS n FROM request_claim
    WHERE at < (now() AT TIME ZONE 'UTC') - interval '35 minutes' AND $1::timestamp IS NOT NULL`,
};

/** What there is of them, in words. */
export async function unended(client: pg.Client, now: Date): Promise<string[]> {
  const found: string[] = [];
  for (const [what, sql] of Object.entries(WAITING)) {
    const { rows } = await client.query<{ n: number }>(sql, [now.toISOString().replace('Z', '')]);
    const n = rows[0]?.n ?? 0;
    if (n > 0) found.push(`${n} ${what}`);
  }
  return found;
}
