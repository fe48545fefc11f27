/** The app with days to live through, and what people do with the messages that come in them. */
import { zoneOf } from '../../src/time/zone.ts';
import { startTestApp, type TestApp, type TestSettings } from './app.ts';
import { lastMessage, setUpWorkspace } from './plan-app.ts';
import type { Ack, SlackMessage } from './slack.ts';

export interface DayApp extends TestApp {
  /** Lives on until a wall time, in New York where no zone is named. */
  to(date: string, time: string, timeZone?: string): Promise<void>;
  texts(user: string): string[];
  /** Their last message, as it is now. */
  last(user: string): SlackMessage;
  /** The last of their messages whose text matches, as it is now. */
  find(user: string, text: RegExp): SlackMessage;
  press(
    user: string,
    actionId: string,
    at?: { message?: SlackMessage; value?: string },
  ): Promise<Ack>;
  /** Closes somebody's plan, so that days of others cost less. */
  leave(user: string): Promise<void>;
  /** What the app answered somebody last outside of messages and modals. */
  told(user: string): string;
  /** That answer as a message, to press its buttons. */
  answered(user: string): SlackMessage;
}

export async function startDayApp(settings: TestSettings = {}): Promise<DayApp> {
  const app = await startTestApp(settings);
  await setUpWorkspace(app);
  const texts = (user: string) => app.slack.dm(user).map(({ text }) => text);
  return Object.assign(app, {
    to: (date: string, time: string, timeZone = 'America/New_York') =>
      app.bigplan.advance(zoneOf(timeZone).instantAt(date, time)),
    texts,
    last: (user: string) => structuredClone(lastMessage(app.slack, user)),
    find(user: string, text: RegExp) {
      const found = app.slack.dm(user).findLast((one) => text.test(one.text));
      if (!found) throw new Error(`${user} has no ${text}; there are: ${texts(user).join(' | ')}`);
      return structuredClone(found);
    },
    press(
      user: string,
      actionId: string,
      { message, value }: { message?: SlackMessage; value?: string } = {},
    ) {
      const on = message ?? lastMessage(app.slack, user);
      return app.slack.action({ user, actionId, message: on, ...(value && { value }) });
    },
    async leave(user: string) {
      await app.db.plan.updateMany({ where: { repId: user }, data: { closedAt: new Date() } });
    },
    told: (user: string) => app.slack.responses.findLast((one) => one.user === user)?.text ?? '',
    answered(user: string) {
      const found = app.slack.responses.findLast((one) => one.user === user);
      if (!found) throw new Error(`${user} was answered nothing`);
      const { text, blocks } = found.body as unknown as Pick<SlackMessage, 'text' | 'blocks'>;
      const channel = app.slack.dmChannel(user);
      return { channel, ts: '1.000001', text, blocks, ephemeralFor: user };
    },
  });
}

/** A message as somebody might forge it: one button with any value. */
export function forged(message: SlackMessage, actionId: string, value: string): SlackMessage {
  const text = { type: 'plain_text' as const, text: 'Forged' };
  const element = { type: 'button' as const, action_id: actionId, value, text };
  return { ...message, blocks: [{ type: 'actions', elements: [element] }] };
}

/** Everything in a message, as one text to look into. */
export const inside = ({ text, blocks }: Pick<SlackMessage, 'text' | 'blocks'>): string =>
  `${text}\n${JSON.stringify(blocks)}`;

/** A number in a text, such as the calls of `Calls 27 planned`. */
export function numberIn(text: string, pattern: RegExp): number {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`No ${pattern} in: ${text}`);
  return Number(found);
}
