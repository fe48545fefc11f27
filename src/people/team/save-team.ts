import type { Deps } from '../../context.ts';
import { lockPeople } from '../../db/lock-people.ts';
import type { PersonRef } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { refreshShut } from '../channels/shut-messages.ts';
import {
  ensureTeam,
  findPeople,
  findPerson,
  saveRequest,
  setChannel,
  setTeamOf,
  takesPart,
  teamWithChannel,
} from '../store.ts';
import { joinedDelivery, questionDelivery, refreshQuestions } from './messages.ts';
import { teamChange } from './rules.ts';

/** What a manager did to the list of reps, and the channel as it should be. */
export interface TeamEdit {
  added: readonly string[];
  removed: readonly string[];
  channelId: string | null;
}

/** What came of it, for words. */
export interface TeamSaved {
  joined: string[];
  asked: string[];
  left: string[];
  channel: 'set' | 'cleared' | 'same';
}

/**
 * Changes the actor's own team, which is made where they have none. Everybody added must have been
 * met. Reps who join get a message, and so do those who are asked. `channel_taken` where another team
 * has the channel: then nothing changes.
 */
export async function saveTeam(
  { db, clock, outbox, scheduler }: Pick<Deps, 'db' | 'clock' | 'outbox' | 'scheduler'>,
  { workspaceId, userId }: PersonRef,
  { added, removed, channelId }: TeamEdit,
): Promise<TeamSaved | 'channel_taken'> {
  const at = clock.now();
  return inTransaction(
    db,
    async (tx) => {
      await lockPeople(tx, workspaceId, [userId, ...added, ...removed]);
      const holder = channelId && (await teamWithChannel(tx, workspaceId, channelId));
      if (holder && holder.managerId !== userId) return 'channel_taken' as const;
      const team = await ensureTeam(tx, { workspaceId, userId });
      await setChannel(tx, team.id, channelId, at);
      if (team.channelId) {
        await refreshShut(outbox, tx, { workspaceId, channelId: team.channelId });
      }
      const channel =
        channelId === team.channelId ? 'same' : channelId === null ? 'cleared' : 'set';

      const manager = await findPerson(tx, { workspaceId, userId });
      const { join, ask, leave } = teamChange(
        { teamId: team.id, appointed: manager?.manager ?? false, asked: team.asked },
        (await findPeople(tx, workspaceId, added)).filter(
          (rep) => rep.userId !== userId && takesPart(rep),
        ),
        await findPeople(tx, workspaceId, removed),
      );
      const by = { actorId: userId, at };
      await setTeamOf(tx, workspaceId, { repIds: leave, teamId: null, ...by });
      const moot = await setTeamOf(tx, workspaceId, { repIds: join, teamId: team.id, ...by });
      await refreshQuestions(outbox, tx, moot);
      for (const repId of join) {
        await outbox.enqueue(tx, joinedDelivery({ workspaceId, repId, teamId: team.id, at }));
      }
      for (const repId of ask) {
        const request = await saveRequest(tx, { workspaceId, repId, teamId: team.id, askedAt: at });
        await outbox.enqueue(tx, questionDelivery(request));
      }
      const kept = channel === 'same' ? [] : team.members.map((rep) => rep.userId);
      for (const person of new Set([...join, ...leave, ...kept])) {
        await scheduler.reschedule(tx, { workspaceId, userId: person });
      }
      return { joined: join, asked: ask, left: leave, channel } as const;
    },
    // Two managers may take one channel, or make their first team, at the same moment.
    { retryUnique: true },
  );
}
