/** A pair with an agreed plan in March 2027, and the app's answers that only one person sees. */
import { expect } from 'vitest';
import type { PlanDraft } from '../../src/plan/draft.ts';
import { mintAgreed } from './agreed-rep.ts';
import type { TestApp } from './app.ts';
import { eventually } from './eventually.ts';
import type { TestPair } from './plan-app.ts';
import type { SlackMessage } from './slack.ts';

export const renewal = (id: string, account: string, changes: object = {}) => ({
  id,
  account,
  amount: 12_000_000,
  date: '2027-03-31',
  likelihood: 0.8,
  pressureTested: 0.4,
  activity: null,
  internalRisks: '',
  externalRisks: '',
  nextActivities: '',
  ...changes,
});

/** A thousand bookings of every layer in it; the rep's SDR partner is `partner`. */
export function withLayers(partner: string | null = null): Partial<PlanDraft> {
  return {
    renewals: [
      renewal('acme', 'Acme'),
      renewal('globex1', 'Globex', { amount: 8_000_000, date: '2027-06-30' }),
      renewal('globex2', 'Globex', { amount: 5_000_000, date: '2027-09-30' }),
      renewal('cafe', 'Café Zürich', { amount: 4_000_000 }),
    ],
    expansion: [
      { id: 'x', account: 'Initech', buyingCenter: '', target: 8_000_000, split: 'quarters' },
    ],
    newBusiness: {
      carried: true,
      averageDealSize: 2_500_000,
      salesCycleDays: 0,
      sdr: { inboundPerMonth: 6, outboundPerMonth: 4.5, qualificationRate: 0.5, sync: null },
      selfSourcing: { leadIdentification: '', prospecting: '' },
    },
    sdrPartner: { userId: partner, callsPerDay: null, syncDay: 'mon', syncTime: '09:30' },
  };
}

/** It is a Thursday in New York, 11 March 2027, 10:00. */
export function startInMarch({ clock }: Pick<TestApp, 'clock'>): void {
  clock.moveTo(new Date('2027-03-11T15:00:00Z'));
}

export const mintInMarch = (app: TestApp, changes: Partial<PlanDraft> = {}): Promise<TestPair> =>
  mintAgreed(app, { ...withLayers(), ...changes });

/** The app's last answer that only this person sees, as a message to click in. */
export function answer({ slack }: TestApp, user: string): SlackMessage {
  const { body, text } = slack.responses.findLast((one) => one.user === user) ?? {};
  const blocks = (body?.blocks ?? []) as SlackMessage['blocks'];
  return {
    channel: slack.dmChannel(user),
    ts: '1.1',
    text: text ?? '',
    blocks,
    ephemeralFor: user,
  };
}

/** What the app has shown somebody so far: answers, and modals opened or changed. */
const shownTo = ({ slack }: TestApp, user: string): number =>
  slack.responses.filter((one) => one.user === user).length +
  slack.calls.filter(({ method }) => method.startsWith('views.')).length;

/** Makes a move that the app answers after its acknowledgement, and waits for that. */
async function answered(app: TestApp, user: string, move: () => Promise<unknown>): Promise<void> {
  const before = shownTo(app, user);
  await move();
  await eventually(() => expect(shownTo(app, user)).toBeGreaterThan(before));
  await app.bigplan.settled();
}

export const command = (app: TestApp, user: string, words: string) =>
  answered(app, user, () => app.slack.command('/bigplan', words, { user }));

/** Clicks in a message (else in the last of these answers), or where it is null in the modal in front. */
export const press = (
  app: TestApp,
  user: string,
  actionId: string,
  { message, ...more }: { message?: SlackMessage | null; value?: string; enter?: string } = {},
) =>
  answered(app, user, () => {
    const on = message === undefined ? answer(app, user) : message;
    return app.slack.action({ user, actionId, ...more, ...(on && { message: on }) });
  });

/** With spaces that may break lines, as people read them. */
export const plain = (text: string): string => text.replace(/[\u00A0\u202F]/g, ' ');

/** What stands in the modal in front, as one text; empty where none is open. */
export const modalText = ({ slack }: TestApp, user: string): string =>
  plain(JSON.stringify(slack.modal(user)?.blocks ?? ''));

/** What that answer says. */
export const told = (app: TestApp, user: string): string => plain(answer(app, user).text);
