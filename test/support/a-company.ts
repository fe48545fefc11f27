/** Teams of reps with plans, days, deals and pipelines, as many as a test wants. */
import { PrismaPg } from '@prisma/adapter-pg';
import { addDeal, addSnapshot } from '../../src/actuals/store.ts';
import { type Prisma, PrismaClient } from '../../src/db/generated/client.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { rolesOf, saveRoles } from '../../src/people/store.ts';
import type { PlanDraft } from '../../src/plan/draft.ts';
import { currentPlanId } from '../../src/plan/round/store.ts';
import { addDays } from '../../src/time/local-date.ts';
import { agreePlanOf, everyDayDraft } from './agreed-rep.ts';
import type { TestApp } from './app.ts';
import { joinTeam, mintPerson } from './plan-app.ts';
import { TEAM } from './slack.ts';

export interface TestTeam {
  manager: string;
  reps: string[];
}

/** A team with days logged since the new year; every third rep hasn't sold what is due. */
export async function mintTeam(
  app: TestApp,
  name: string,
  size: number,
  { until, changes }: { until: string; changes?: (at: number) => Partial<PlanDraft> },
): Promise<TestTeam> {
  const manager = `U0M${name}`;
  await mintPerson(app, manager, { name: `Max ${name}` });
  const reps = Array.from({ length: size }, (_, at) => `U0${name}R${at}`);
  for (const [at, rep] of reps.entries()) {
    await mintPerson(app, rep, { name: `Dana ${name}${at}` });
    await joinTeam(app, rep, manager);
    await agreePlanOf(app, rep, everyDayDraft(changes?.(at)));
    await live(app, rep, at, until);
  }
  return { manager, reps };
}

async function live({ db }: TestApp, rep: string, at: number, until: string): Promise<void> {
  const who = { workspaceId: TEAM, userId: rep };
  const planId = (await currentPlanId(db, who, until)) ?? '';
  const loggedAt = new Date(`${until}T12:00:00Z`);
  const days: Prisma.ActivityDayCreateManyInput[] = [];
  for (let date = '2027-01-04', n = 0; date < until; date = addDays(date, 1), n += 1) {
    if (n % 7 > 4) continue;
    days.push({
      workspaceId: TEAM,
      personId: rep,
      date,
      state: 'logged',
      calls: 20 + ((n + at) % 9),
      visits: n % 2,
      demos: (n + at) % 2,
      proposals: n % 3 === 0 ? 1 : 0,
      contracts: 0,
      loggedAt,
    });
  }
  await db.activityDay.createMany({ data: days });
  await inTransaction(db, async (tx) => {
    const entered = { workspaceId: TEAM, repId: rep, planId, addedBy: rep, createdAt: loggedAt };
    for (const month of ['01', '02', '03', '04']) {
      const date = `2027-${month}-15`;
      if (date >= until) continue;
      const amount = at % 3 === 0 ? 1_000_000 : 9_000_000;
      await addDeal(tx, {
        ...entered,
        id: crypto.randomUUID(),
        date,
        layer: 'newBusiness',
        outcome: 'won',
        account: `Account ${month}`,
        amount,
        renewalId: null,
      });
      const layers = { renewal: null, expansion: null, newBusiness: 50_000_000 * ((at % 4) + 1) };
      await addSnapshot(tx, { ...entered, id: crypto.randomUUID(), date, layers });
    }
  });
}

export async function makeLeader({ db }: TestApp, userId: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const roles = await rolesOf(tx, TEAM);
    await saveRoles(tx, TEAM, { ...roles, leaders: [...roles.leaders, userId] });
  });
}

/** The app's database through a client that counts its statements. */
export function countingDb(url: string): {
  db: PrismaClient;
  count(): number;
  end(): Promise<void>;
} {
  const db = new PrismaClient({
    adapter: new PrismaPg({ connectionString: url }),
    log: [{ emit: 'event', level: 'query' }],
  });
  let statements = 0;
  db.$on('query', () => {
    statements += 1;
  });
  return {
    db,
    count() {
      const before = statements;
      statements = 0;
      return before;
    },
    end: () => db.$disconnect(),
  };
}
