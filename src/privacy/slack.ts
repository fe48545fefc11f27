/** `/bigplan export` and `/bigplan forget-me`: everything about somebody, for them alone, and gone. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../context.ts';
import { recordAct } from '../db/audit.ts';
import type { HomesChanged } from '../people/hooks.ts';
import { findPerson, managerOf } from '../people/store.ts';
import { classifySlackError, isSlackError } from '../slack/errors.ts';
import { sendFile } from '../slack/send-file.ts';
import { localDateIn } from '../time/zone.ts';
import {
  EXPORT_WORDS,
  exportBegunMessage,
  exportRefusedMessage,
  nobodyMessage,
} from './export-view.ts';
import { forgetPerson } from './forget.ts';
import { FORGET_STYLE, forgetForm, forgottenView, knownNothingView } from './forget-view.ts';
import { gatherFor } from './gather.ts';
import { seenOpen } from './ids.ts';
import { privacyMessages } from './messages.ts';
import { removeFromSlack } from './removals.ts';
import { createRetention } from './retention.ts';
import { whoHasSeen } from './seen.ts';
import { repsOf } from './store.ts';

/** A form's answer may take three seconds. */
const PATIENCE_MS = 1_000;

/** Adds what people may have done with all that is held about them. */
export function registerPrivacy(
  context: Context,
  { changed }: { changed: HomesChanged },
): { sweep(): Promise<void> } {
  const { commands, db, clock, client, on, outbox } = context;
  outbox.declare(...privacyMessages(context));

  commands.answering(
    'export',
    async ({ actor, answer }) => {
      // Whoever only asks isn't met for it.
      const person = await findPerson(db, actor);
      if (!person) return void (await answer(nobodyMessage()));
      await answer(exportBegunMessage());
      await recordAct(db, {
        workspaceId: actor.workspaceId,
        actorId: actor.userId,
        kind: 'exported',
        subjectId: actor.userId,
        at: clock.now(),
      });
      const held = await gatherFor(context, person);
      const filename = `bigplan-${localDateIn(person.timeZone, clock.now())}.json`;
      const text = `${JSON.stringify(held, null, 2)}\n`;
      try {
        await sendFile(client, person.userId, { text, filename, words: EXPORT_WORDS });
      } catch (error) {
        const failure = isSlackError(error) ? classifySlackError(error) : null;
        if (failure === null) throw error;
        await answer(exportRefusedMessage('code' in failure ? failure.code : failure.kind));
      }
    },
    'everything I hold about you, in one file, to you alone',
  );

  commands.subcommand(
    'forget-me',
    ({ actor, open }) =>
      open(async () => {
        if (!(await findPerson(db, actor))) return knownNothingView();
        const hasManager = (await managerOf(db, actor)) !== null;
        const reps = (await repsOf(db, actor)).length;
        return forgetForm.view({
          about: {},
          style: FORGET_STYLE,
          raw: {},
          rev: '0',
          hasManager,
          reps,
        });
      }),
    'everything I hold about you goes, for good; you read first what goes and what stays',
  );

  on.submit(forgetForm, async ({ actor, read }) => {
    read(FORGET_STYLE);
    const told = await forgetPerson(context, actor, await dmOf(actor.userId));
    const ids = [...(told?.repIds ?? []), ...(told?.managerId ? [told.managerId] : [])];
    changed(actor.workspaceId, ids);
    return { update: forgottenView() };
  });

  /** Null where Slack doesn't say in time: what stands in a delivery's row says it too. */
  async function dmOf(user: string): Promise<string | null> {
    const asked = client.conversations.open({ users: user }).then(
      ({ channel }) => channel?.id ?? null,
      () => null,
    );
    return Promise.race([asked, sleep(PATIENCE_MS, null)]);
  }

  commands.subcommand(
    'seen',
    ({ actor, open }) => open(() => whoHasSeen(context, actor)),
    'who has seen your plan, and when',
  );
  on.click(seenOpen, ({ actor, showOver }) => showOver(() => whoHasSeen(context, actor)));

  const letGo = createRetention(context);
  return {
    async sweep() {
      await removeFromSlack(context);
      await letGo();
    },
  };
}
