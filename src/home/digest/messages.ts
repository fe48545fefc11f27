import { readerNudges } from '../../activity/can-notify.ts';
import type { Context } from '../../context.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import { teamOf } from '../team.ts';
import { DIGEST_DELIVERY } from './planner.ts';
import { digestMessage, namedInDigest } from './view.ts';

export const digestMessages = (context: Context): MessageKind[] => [
  messageKind({
    kind: DIGEST_DELIVERY,
    // Once a week, and on that morning or not at all.
    weight: 'timely',
    async load({ reader }) {
      const ready = await readerNudges(context, reader);
      const team = ready && (await teamOf(context, ready.person, 0));
      if (!team) return null;
      const { digest, coaching } = ready.nudges;
      // Who wants no word of coaching hours isn't invited to them either.
      const asked = coaching ? team : { ...team, uncoached: 0 };
      return { team: asked, locale: ready.person.locale, isWelcome: digest };
    },
    // Where no plan is in force yet, what is missing of them is told by itself.
    isDue: ({ team, isWelcome }) => isWelcome && team.counts.none < team.counts.reps,
    shows: ({ team }) => ({ kind: 'standing_seen', repIds: namedInDigest(team) }),
    render: ({ team, locale }) => digestMessage(team, locale),
  }),
];
