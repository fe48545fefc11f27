/**
 * How much is worked on at once of what people ask for, and who is next: one limit for commands, clicks and forms.
 * With more at once, all of them would be late.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

const AT_ONCE = 4;
/** One that hangs gives its place away after so long. */
const LONGEST_TURN_MS = 5_000;
/** Of so many places that become free, one goes to whoever waits longest, however many forms wait. */
const ONE_FOR_ALL = 4;

interface Turn {
  isOver: boolean;
  end(): void;
}

const turn = new AsyncLocalStorage<Turn>();
const ending = new AsyncLocalStorage<AbortSignal>();
let underWay = 0;
let given = 0;
/** A submitted form comes first: Slack waits for its answer, and closes it where none comes. */
const forms: (() => void)[] = [];
const others: (() => void)[] = [];
/** What nobody waits for: once everybody else has had their turn. */
const beside: (() => void)[] = [];
const QUEUES = { form: forms, beside };

/** Whether whoever comes now has to wait. */
export function isBusy(): boolean {
  return underWay >= AT_ONCE && !isInTurn();
}

function isInTurn(): boolean {
  return turn.getStore()?.isOver === false;
}

/** Runs `work` once there is a place for it, in the order of coming; at once inside of work that has one. */
export async function inTurn<T>(work: () => Promise<T>, kind?: keyof typeof QUEUES): Promise<T> {
  if (isInTurn()) return work();
  if (underWay < AT_ONCE) underWay += 1;
  else await placeIn(kind ? QUEUES[kind] : others);
  const own: Turn = {
    isOver: false,
    end() {
      if (own.isOver) return;
      own.isOver = true;
      clearTimeout(longest);
      giveAway();
    },
  };
  const longest = setTimeout(own.end, LONGEST_TURN_MS);
  return turn.run(own, work).finally(own.end);
}

/** Runs `work`: what still waits for its turn in it as `signal` aborts is refused with the signal's reason. */
export function untilEnded<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return ending.run(signal, work);
}

/** Resolves at the end of a queue. */
function placeIn(queue: (() => void)[]): Promise<void> {
  const signal = ending.getStore();
  return new Promise((settle, refuse) => {
    const leave = () => {
      queue.splice(queue.indexOf(go), 1);
      refuse(signal?.reason);
    };
    const go = () => {
      signal?.removeEventListener('abort', leave);
      settle();
    };
    queue.push(go);
    if (signal?.aborted) leave();
    else signal?.addEventListener('abort', leave);
  });
}

/** Whoever waits for Slack, or for others, gives their place to the next. */
export function stepAside(): void {
  turn.getStore()?.end();
}

function giveAway(): void {
  given += 1;
  const next = given % ONE_FOR_ALL === 0 ? (others.shift() ?? forms.shift()) : forms.shift();
  const go = next ?? others.shift() ?? beside.shift();
  if (go) go();
  else underWay -= 1;
}
