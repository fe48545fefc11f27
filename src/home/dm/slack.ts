/** What people write to Bigplan: a day's report is logged, anything else that is known is answered. */
import { logReply } from '../../activity/check-in/log-reply.ts';
import { readCounts } from '../../activity/counts/read-counts.ts';
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { readIntent } from '../../input/intents.ts';
import { meetPerson } from '../../people/meet-person.ts';
import type { Person } from '../../people/store.ts';
import { inTurn } from '../../slack/admission.ts';
import { type SaidInDm, saidAt, saidIn } from '../../slack/said.ts';
import { acting } from '../../slack/workspaces/acting.ts';
import { localDateIn } from '../../time/zone.ts';
import { answerTo } from './answer.ts';
import { answerKind, keepQuestion } from './messages.ts';
import { helpMessage, logInstead } from './view.ts';
import { whoIs } from './who-is.ts';

/** Adds the DM, and what `/bigplan` says to words that begin with none of its own. */
export function listenToWords(context: Context): void {
  const { app, clock, commands, outbox } = context;
  outbox.declare(answerKind(context));

  app.event('message', async ({ event, body }) => {
    const said = saidIn(event);
    const { workspaceId } = acting(body);
    if (!said || workspaceId === null) return;
    await inTurn(() => hear(said, { workspaceId, userId: said.user }));
  });

  async function hear(said: SaidInDm, writer: PersonRef) {
    const person = await meetPerson(context, writer);
    const at = saidAt(said.ts, clock);
    const isCounts = isReport(said.text, person, at);
    // What was no report and is none has been answered.
    if (said.former && !isCounts && !isReport(said.former.text, person, at)) return;
    const intent = isCounts || said.former ? null : readIntent(said.text);
    if (intent) await keepQuestion(context, person, { ...intent, ts: said.ts });
    else await logReply(context, person, { ...said, at });
  }

  commands.whenHelp(async ({ actor, answer }) => {
    const person = await meetPerson(context, actor);
    return answer(helpMessage(commands, await whoIs(context, person)));
  });

  commands.whenUnknown(async ({ actor }, text) => {
    const person = await meetPerson(context, actor);
    if (isReport(text, person, clock.now())) return logInstead(text);
    const intent = readIntent(text);
    return intent && answerTo(context, person, intent);
  });
}

/** Whether there is a count in it, of what is counted here or elsewhere. */
function isReport(text: string, { locale, timeZone }: Person, at: Date): boolean {
  const read = readCounts(text, { locale, today: localDateIn(timeZone, at) });
  return read.ok || read.readings.length > 0 || read.uncounted.length > 0;
}
