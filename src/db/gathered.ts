/**
 * Questions that are asked side by side in one transaction go to the database together: what several planners of a
 * page ask for their own person each is one statement (as in facebook/dataloader, but by what the transaction is doing
 * and not by the moment).
 */
import type { Db, Tx } from './client.ts';
import type { PersonRef } from './store.ts';
import { inTransaction } from './transaction.ts';

interface Waiting {
  question: unknown;
  settle(answer: unknown): void;
  refuse(error: unknown): void;
}
type AskAll = (tx: Db | Tx, questions: readonly never[]) => Promise<readonly unknown[]>;

interface Gatherer {
  tx: Tx | null;
  /** Statements under way by themselves: whoever waits for one may join those that wait here. */
  underWay: number;
  isChecking: boolean;
  waiting: Map<AskAll, Waiting[]>;
}

const gatherers = new WeakMap<object, Gatherer>();

/** As `inTransaction`; what is asked through `gathered` functions at a time goes to the database together. */
export function inGathering<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  let own = newGatherer();
  const counting = db.$extends({
    query: {
      async $allOperations({ args, query }) {
        own.underWay += 1;
        try {
          return await query(args);
        } finally {
          own.underWay -= 1;
          checkSoon(own);
        }
      },
    },
  }) as unknown as Db;
  return inTransaction(counting, (tx) => {
    own = { ...newGatherer(), tx };
    gatherers.set(tx, own);
    return work(tx);
  });
}

/**
 * A question that can be answered for many at once. `askAll` answers each, in their order; it is asked for one alone
 * outside of a gathering.
 */
export function gathered<Question, Answer>(
  askAll: (db: Db | Tx, questions: readonly Question[]) => Promise<readonly Answer[]>,
): (db: Db | Tx, question: Question) => Promise<Answer> {
  return async (db, question) => {
    const own = gatherers.get(db);
    if (own === undefined) return (await askAll(db, [question]))[0] as Answer;
    return new Promise<Answer>((settle, refuse) => {
      const waiting = own.waiting.get(askAll as AskAll) ?? [];
      own.waiting.set(askAll as AskAll, waiting);
      waiting.push({ question, settle: settle as Waiting['settle'], refuse });
      checkSoon(own);
    });
  };
}

/**
 * As `gathered`, of what `ofEach` finds of several people of one workspace, by their user ids; undefined where it finds
 * nothing. What else it is asked with is the same for all: it gets the first question for that.
 */
export const gatheredOfEach = <Question extends PersonRef, Answer>(
  ofEach: (
    db: Db | Tx,
    question: Question,
    userIds: readonly string[],
  ) => Promise<ReadonlyMap<string, Answer>>,
) =>
  gathered<Question, Answer | undefined>(async (db, asked) => {
    const [first] = asked;
    if (first === undefined) return [];
    const found = await ofEach(db, first, [...new Set(asked.map(({ userId }) => userId))]);
    return asked.map(({ userId }) => found.get(userId));
  });

const newGatherer = (): Gatherer => ({
  tx: null,
  underWay: 0,
  isChecking: false,
  waiting: new Map(),
});

function checkSoon(own: Gatherer): void {
  if (own.isChecking || own.waiting.size === 0) return;
  own.isChecking = true;
  setImmediate(() => {
    own.isChecking = false;
    if (own.underWay > 0 || own.tx === null) return;
    const groups = [...own.waiting];
    own.waiting.clear();
    for (const [askAll, waiting] of groups) void answer(own.tx, askAll, waiting);
  });
}

async function answer(tx: Tx, askAll: AskAll, waiting: readonly Waiting[]): Promise<void> {
  try {
    const answers = await askAll(tx, waiting.map(({ question }) => question) as never[]);
    for (const [at, { settle }] of waiting.entries()) settle(answers[at]);
  } catch (error) {
    for (const { refuse } of waiting) refuse(error);
  }
}
