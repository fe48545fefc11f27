/** An SDR partner is asked whether they want a rep's syncs; the rep hears what they said. */
import { actions, button, section } from '../../slack/blocks.ts';
import { formatCount } from '../../slack/format.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { lines, mention, mrkdwn } from '../../slack/text.ts';
import { syncAccept, syncDecline } from '../ids.ts';

export interface ConsentScreen {
  repId: string;
  partnerId: string;
  frequency: 'weekly' | 'daily';
  /** The partner's own outbound calls a day, as the pair agreed them; null: none were. */
  callsPerDay: number | null;
  state: 'asked' | 'accepted' | 'declined';
  /** The reader's. */
  locale: string;
}

const OFTEN = { weekly: 'once a week', daily: 'each working day' } as const;

export function consentMessage(screen: ConsentScreen): Message {
  const { repId, frequency, callsPerDay, state, locale } = screen;
  if (state === 'accepted') {
    const words = mrkdwn`✓ *You sync with ${mention(repId)}* ${OFTEN[frequency]}. Each note has a way to stop them.`;
    return message(words, [section(words)]);
  }
  if (state === 'declined') {
    const words = mrkdwn`No syncs with ${mention(repId)}: nothing comes to you about them.`;
    return message(words, [
      section(words, {
        accessory: button('Get them after all', syncAccept.with(repId)),
      }),
    ]);
  }
  const asked = mrkdwn`*${mention(repId)} names you as their SDR partner.* Shall I come to you both, ${OFTEN[frequency]}, when it is time to sync?`;
  return message(
    mrkdwn`${mention(repId)} names you as their SDR partner: shall I come to you both when it is time to sync?`,
    [
      section(
        lines(
          asked,
          callsPerDay !== null &&
            mrkdwn`Their plan counts on ${formatCount(callsPerDay, locale)} outbound calls a day from you. You see that number and theirs, nothing else of it.`,
        ),
      ),
      actions([
        button('Yes, count me in', { ...syncAccept.with(repId), style: 'primary' }),
        button('No thanks', { ...syncDecline.with(repId), spoken: 'No syncs, thanks' }),
      ]),
    ],
  );
}

/** To the rep. */
export function consentAnswerMessage({ partnerId, state }: ConsentScreen): Message {
  const words =
    state === 'accepted'
      ? mrkdwn`${mention(partnerId)} is in: your syncs come to you both.`
      : mrkdwn`${mention(partnerId)} would rather not get your syncs. They still come to you: agree with each other where you talk anyway.`;
  return message(words, [section(words)]);
}
