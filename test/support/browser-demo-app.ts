import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.ts';
import { type AdjustableClock, createAdjustableClock } from '../../src/time/clock.ts';

/** A small Bolt app behind a sandbox: enough to try everything that the sandbox can do. */
export interface Demo {
  address: string;
  sandbox: Sandbox;
  clock: AdjustableClock;
  app: App;
  /** The payload bodies that reached the app, oldest first, whatever their kind. */
  received: Record<string, unknown>[];
  stop(): Promise<void>;
}

const plain = (text: string) => ({ type: 'plain_text', text, emoji: true }) as const;
const option = (value: string, description?: string) => ({
  text: plain(`Option ${value}`),
  value,
  ...(description ? { description: plain(description) } : {}),
});

/**
 * Starts the demo app behind a sandbox of its own, on a free loopback port.
 *
 * @param advance how the app lives through a move of the clock; the clock jumps where it is left out.
 */
export async function startDemo(
  options: Partial<SandboxOptions> = {},
  advance?: (demo: Demo, to: Date) => Promise<void>,
): Promise<Demo> {
  const clock = options.clock ?? createAdjustableClock();
  const sandbox = await createSandbox({ ...options, clock });
  const receiver = new HTTPReceiver({
    signingSecret: sandbox.signingSecret,
    logLevel: LogLevel.ERROR,
  });
  const app = new App({
    receiver,
    token: sandbox.botToken,
    clientOptions: { slackApiUrl: sandbox.slackApiUrl },
    logLevel: LogLevel.ERROR,
    deferInitialization: true,
  });
  const received: Demo['received'] = [];
  app.use(async ({ body, next }) => {
    received.push({ ...body });
    await next();
  });
  addListeners(app);
  await app.init();
  const server = createServer((request, response) => {
    if (request.url === '/slack/events') receiver.requestListener(request, response);
    else sandbox.handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const demo: Demo = {
    address,
    sandbox,
    clock,
    app,
    received,
    async stop() {
      await sandbox.stop();
      await close(server);
    },
  };
  sandbox.connect(address, advance && ((to) => advance(demo, to)));
  return demo;
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve, reject) =>
    server.close((error) => (error ? reject(error) : resolve())),
  );
}

function addListeners(app: App): void {
  app.command('/bigplan', async ({ command, ack, client, respond }) => {
    switch (command.text) {
      case '':
        await ack();
        await client.views.open({ trigger_id: command.trigger_id, view: everyInput });
        return;
      case 'hello':
        return ack({ text: `Hello <@${command.user_id}>`, response_type: 'ephemeral' });
      case 'buttons':
        await ack();
        await respond({ response_type: 'in_channel', text: 'Pick one', blocks: buttons });
        return;
      case 'picks':
        await ack();
        await respond({ response_type: 'in_channel', text: 'Pick some', blocks: picks });
        return;
      case 'whisper':
        await ack();
        await respond({ text: 'A secret', blocks: secret });
        return;
      case 'slow':
        return;
      default:
        return ack(`No such thing: ${command.text}`);
    }
  });
  app.view('every-input', async ({ ack, view }) => {
    const name = view.state.values.name?.name?.value;
    if (name === 'wrong') return ack({ response_action: 'errors', errors: { name: 'Not this.' } });
    if (name === 'next') return ack({ response_action: 'update', view: second });
    if (name === 'more') return ack({ response_action: 'push', view: second });
    if (name === 'slow') return;
    if (name === 'clear') return ack({ response_action: 'clear' });
    return ack();
  });
  app.view('second', async ({ ack }) => ack());
  app.view({ callback_id: 'second', type: 'view_closed' }, async ({ ack }) => ack());
  app.action('say', async ({ ack, respond, body }) => {
    await ack();
    await respond({ replace_original: true, text: `<@${body.user.id}> said yes` });
  });
  app.action('vanish', async ({ ack, respond }) => {
    await ack();
    await respond({ delete_original: true });
  });
  app.action('quick', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions' || !body.view) return;
    const typed = body.view.state.values.quick?.quick?.value ?? '';
    await client.views.update({
      view_id: body.view.id,
      view: { ...everyInput, blocks: [echo(typed), ...everyInput.blocks] },
    });
  });
  app.action(/^(menu|careful|sure|choose|home-log|on|at|days)$/, async ({ ack }) => ack());
  app.options('outside', async ({ options, ack }) =>
    ack({
      options: ['alpha', 'beta']
        .filter((one) => one.includes(options.value))
        .map((one) => option(one)),
    }),
  );
  app.event('app_home_opened', async ({ event, client }) => {
    if (event.tab !== 'home') return;
    await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: home },
    });
  });
  app.message(async ({ message, say }) => {
    if (message.subtype) return;
    const { thread_ts = message.ts } = message;
    await say({ text: `You wrote: ${message.text ?? ''}`, thread_ts });
  });
}

const echo = (typed: string): KnownBlock => ({
  type: 'context',
  block_id: 'echo',
  elements: [{ type: 'mrkdwn', text: `Typed so far: *${typed}*` }],
});

const home: KnownBlock[] = [
  { type: 'header', text: plain('Today') },
  {
    type: 'section',
    text: { type: 'mrkdwn', text: '*27 calls* planned, 12 made. Next milestone: *30 April*.' },
    accessory: { type: 'button', action_id: 'home-log', text: plain('Log it'), style: 'primary' },
  },
];

const secret: KnownBlock[] = [
  { type: 'section', text: { type: 'mrkdwn', text: 'A *secret*' } },
  {
    type: 'actions',
    elements: [{ type: 'button', action_id: 'vanish', text: plain('Forget it') }],
  },
];

const buttons: KnownBlock[] = [
  {
    type: 'section',
    block_id: 'pick',
    text: { type: 'mrkdwn', text: 'How did *Tuesday* go? :chart_with_upwards_trend:' },
    accessory: {
      type: 'overflow',
      action_id: 'menu',
      options: [option('one'), option('two')],
    },
  },
  {
    type: 'actions',
    block_id: 'answers',
    elements: [
      { type: 'button', action_id: 'say', value: 'yes', text: plain('Yes'), style: 'primary' },
      {
        type: 'button',
        action_id: 'sure',
        text: plain('Delete'),
        style: 'danger',
        confirm: {
          title: plain('Really?'),
          text: plain('It will be gone.'),
          confirm: plain('Delete it'),
          deny: plain('Keep it'),
        },
      },
      {
        type: 'static_select',
        action_id: 'choose',
        placeholder: plain('Choose'),
        options: [option('a'), option('b')],
      },
    ],
  },
];

const picks: KnownBlock[] = [
  {
    type: 'section',
    block_id: 'block',
    text: { type: 'mrkdwn', text: 'Your *call block*, 9:00–10:30' },
    accessory: {
      type: 'overflow',
      action_id: 'careful',
      options: [option('move'), option('drop')],
      confirm: {
        title: plain('Really?'),
        text: plain('Nobody will ask again today.'),
        confirm: plain('Yes, do it'),
        deny: plain('Never mind'),
      },
    },
  },
  {
    type: 'actions',
    block_id: 'picks',
    elements: [
      {
        type: 'datepicker',
        action_id: 'on',
        initial_date: '2027-01-04',
        placeholder: plain('On which day'),
      },
      { type: 'timepicker', action_id: 'at', placeholder: plain('At what time') },
      {
        type: 'static_select',
        action_id: 'days',
        placeholder: plain('How often'),
        options: [option('daily'), option('weekly')],
        confirm: {
          title: plain('Change the days?'),
          text: plain('All of them.'),
          confirm: plain('Change them'),
          deny: plain('Leave them'),
        },
      },
    ],
  },
];

const second: ModalView = {
  type: 'modal',
  callback_id: 'second',
  title: plain('Second step'),
  submit: plain('Finish'),
  close: plain('Back'),
  notify_on_close: true,
  blocks: [
    { type: 'section', text: { type: 'mrkdwn', text: 'One more thing.' } },
    {
      type: 'input',
      block_id: 'why',
      optional: true,
      label: plain('Why'),
      element: { type: 'plain_text_input', action_id: 'why', multiline: true },
    },
  ],
};

const input = (
  id: string,
  label: string,
  element: Record<string, unknown>,
  more: Record<string, unknown> = {},
) =>
  ({
    type: 'input',
    block_id: id,
    label: plain(label),
    element: { action_id: id, ...element },
    optional: true,
    ...more,
  }) as unknown as KnownBlock;

/** A modal with every input kind. */
const everyInput: ModalView = {
  type: 'modal',
  callback_id: 'every-input',
  title: plain('Every input'),
  submit: plain('Save'),
  close: plain('Cancel'),
  blocks: [
    { type: 'context', elements: [{ type: 'mrkdwn', text: 'Step 1 of 10 · *Goal*' }] },
    input(
      'name',
      'Name',
      {
        type: 'plain_text_input',
        max_length: 20,
        focus_on_load: true,
        placeholder: plain('Yours'),
      },
      { optional: false, hint: plain('As it stands in the contract') },
    ),
    input(
      'quick',
      'Quick',
      {
        type: 'plain_text_input',
        dispatch_action_config: { trigger_actions_on: ['on_character_entered'] },
      },
      { dispatch_action: true },
    ),
    input('notes', 'Notes', { type: 'plain_text_input', multiline: true, min_length: 3 }),
    input('amount', 'Amount', { type: 'number_input', is_decimal_allowed: true, min_value: '0' }),
    input('calls', 'Calls', {
      type: 'number_input',
      is_decimal_allowed: false,
      min_value: '0',
      max_value: '500',
      placeholder: plain('27 planned'),
    }),
    input('mail', 'Mail', { type: 'email_text_input' }),
    input('link', 'Link', { type: 'url_text_input' }),
    input('one', 'One of', {
      type: 'static_select',
      option_groups: [
        { label: plain('First'), options: [option('a', 'the first'), option('b')] },
        { label: plain('Last'), options: [option('z')] },
      ],
    }),
    input('some', 'Some of', {
      type: 'multi_static_select',
      options: [option('p'), option('q'), option('r')],
    }),
    input('causes', 'Causes', {
      type: 'multi_static_select',
      max_selected_items: 3,
      options: Array.from({ length: 15 }, (_, index) => option(`cause ${index + 1}`)),
    }),
    input('outside', 'From outside', { type: 'external_select', min_query_length: 1 }),
    input('user', 'Person', { type: 'users_select' }),
    input('users', 'People', { type: 'multi_users_select' }),
    input('place', 'Conversation', { type: 'conversations_select' }),
    input('channel', 'Channel', { type: 'channels_select' }),
    input('date', 'Date', { type: 'datepicker', initial_date: '2027-01-04' }),
    input('time', 'Time', { type: 'timepicker' }),
    input('boxes', 'Boxes', {
      type: 'checkboxes',
      options: [option('x', 'with a *note*'), option('y')],
    }),
    input('radio', 'Radio', { type: 'radio_buttons', options: [option('m'), option('n')] }),
    input('file', 'File', { type: 'file_input', filetypes: ['csv'], max_files: 1 }),
    {
      type: 'section',
      block_id: 'fields',
      fields: [
        { type: 'mrkdwn', text: '*Quota*\n$1,000,000' },
        { type: 'mrkdwn', text: '*Attainment*\n133 %' },
      ],
    },
  ],
};
