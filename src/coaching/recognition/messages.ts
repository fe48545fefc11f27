/** What is told of what went well, in the channel that its rep chose; and to them, where that didn't take it. */
import { reachable } from '../../activity/can-notify.ts';
import type { Context } from '../../context.ts';
import { keyFor } from '../../outbox/delivery.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import { noteRefusedThere, noteTakenThere } from '../../people/channels/channel-shut.ts';
import { COACHING_DELIVERY } from '../deliveries.ts';
import { recognitionsOf, saveRecognition } from '../store.ts';
import { type WorkedSince, whatIsTold, whatWasTold } from './recognise.ts';
import { recognitionLostMessage, recognitionMessage, type Told } from './view.ts';

export const recognitionMessages = (context: Context, workedSince: WorkedSince): MessageKind[] => [
  toldKind(context, workedSince),
  lostKind(context),
];

const toldKind = (context: Context, workedSince: WorkedSince) =>
  messageKind<{ channelId: string; told: Told; locale: string }>({
    kind: COACHING_DELIVERY.told,
    weight: 'channel',
    // A deal that turns out otherwise is told otherwise.
    isKept: true,
    async load({ reader, subject, message }) {
      if (message === null) return whatIsTold(context, reader, subject, workedSince);
      const was = await whatWasTold(context, reader, subject);
      return was && { ...was, channelId: message.channel };
    },
    to: ({ channelId }) => ({ channel: channelId }),
    render: ({ told, locale }, { reader }) => recognitionMessage(reader.userId, told, locale),
    sent: (tx, delivery) => noteTakenThere(tx, context, delivery),
    async lost(tx, { reader, key }, problem) {
      if (problem === 'too_late' || problem === 'unknown') return;
      const settings = (await recognitionsOf(tx, reader.workspaceId, [reader.userId])).get(
        reader.userId,
      );
      if (!settings?.channelId) return;
      const where = { ...reader, channelId: settings.channelId };
      if (await noteRefusedThere(tx, context, where, { code: problem })) return;
      await saveRecognition(tx, reader, { ...settings, channelId: null }, context.clock.now());
      const lost = keyFor(reader, COACHING_DELIVERY.toldLost, key);
      await context.outbox.enqueue(tx, { ...lost, subject: key });
    },
  });

const lostKind = (context: Context) =>
  messageKind({
    kind: COACHING_DELIVERY.toldLost,
    weight: 'must',
    load: ({ reader }) => reachable(context, reader),
    render: () => recognitionLostMessage(),
  });
