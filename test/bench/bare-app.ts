/** The least that answers the same clicks: Bolt, plain SQL, and views that are always the same. */
import { App, HTTPReceiver } from '@slack/bolt';
import type { HomeView, ModalView } from '@slack/types';
import { COMMAND } from '../../src/slack/ids.ts';
import { type FakeSlack, SIGNING_SECRET, type SlackMessage } from '../support/slack.ts';
import { openBareRows } from './bare-rows.ts';

/** As Bigplan answers once, so that both send as much. */
export interface BareViews {
  modal: ModalView;
  next: ModalView;
  home: HomeView;
  message: SlackMessage;
}

export interface BareApp {
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export async function startBareApp(
  slack: FakeSlack,
  databaseUrl: string,
  views: BareViews,
): Promise<BareApp> {
  const rows = openBareRows(databaseUrl);
  const app = new App({
    receiver: new HTTPReceiver({ signingSecret: SIGNING_SECRET }),
    authorize: async () => ({ botToken: slack.botToken }),
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
  let open = Promise.resolve();
  app.use(({ next }) => {
    const answering = next();
    open = Promise.all([open, answering]).then(() => {});
    return answering;
  });
  app.command(COMMAND, async ({ ack, body, client }) => {
    await ack();
    await rows.readPlan(body.user_id);
    await client.views.open({ trigger_id: body.trigger_id, view: views.modal });
  });
  app.view(/./, async ({ ack, body }) => {
    await rows.savePlan(body.user.id);
    await ack({ response_action: 'update', view: views.next });
  });
  app.action(/./, async ({ ack, body, client }) => {
    await ack();
    await rows.saveDay(body.user.id);
    if (body.type !== 'block_actions' || !body.channel || !body.message) return;
    const { text, blocks } = views.message;
    const at = { channel: body.channel.id, ts: body.message.ts };
    await client.chat.update({ ...at, text, blocks });
  });
  app.event('app_home_opened', async ({ event, client }) => {
    await rows.readHome(event.user);
    await client.views.publish({ user_id: event.user, view: views.home });
  });
  const server = await app.start(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const settled = () => open;
  slack.connect(`http://127.0.0.1:${address.port}`, settled);
  return {
    settled,
    async stop() {
      await app.stop();
      await rows.end();
    },
  };
}
