import { App, HTTPReceiver } from '@slack/bolt';
import { COMMAND } from '../../src/slack/ids.ts';
import { type FakeSlack, SIGNING_SECRET } from '../support/slack.ts';

/** Listens to the command, and opens the same modal whoever sends it. */
export async function startBareApp(slack: FakeSlack): Promise<App> {
  const receiver = new HTTPReceiver({ signingSecret: SIGNING_SECRET });
  const app = new App({
    receiver,
    authorize: async () => ({ botToken: slack.botToken }),
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
  let open = Promise.resolve();
  app.command(COMMAND, async ({ ack, body, client }) => {
    const answer = async () => {
      await ack();
      await client.views.open({
        trigger_id: body.trigger_id,
        view: {
          type: 'modal',
          title: { type: 'plain_text', text: 'Bare' },
          blocks: [{ type: 'divider' }],
        },
      });
    };
    const opening = answer();
    open = Promise.all([open, opening]).then(() => {});
    await opening;
  });
  const server = await app.start(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  slack.connect(`http://127.0.0.1:${address.port}`, () => open);
  return app;
}
