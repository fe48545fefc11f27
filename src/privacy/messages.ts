/** What others hear of somebody who was forgotten. Their name is encrypted, and their id isn't there. */
import type { Context } from '../context.ts';
import type { Encryption } from '../db/encryption.ts';
import type { PersonRef } from '../db/store.ts';
import { keyFor, type NewDelivery } from '../outbox/delivery.ts';
import { type MessageKind, messageKind } from '../outbox/message.ts';
import { findPerson } from '../people/store.ts';
import type { Message } from '../slack/surfaces.ts';
import { managerForgottenMessage, personForgottenMessage } from './forget-view.ts';

/** To their manager, and to those whose manager they were. */
export type ForgottenKind = 'person_forgotten' | 'manager_forgotten';

const fieldOf = (key: string) => `forgotten:${key}`;

export function forgottenDelivery(
  encryption: Encryption,
  to: PersonRef,
  { kind, key, person }: { kind: ForgottenKind; key: string; person: { name: string } },
): NewDelivery {
  const subject = encryption.encrypt(person.name, { ...to, field: fieldOf(key) });
  return { ...keyFor(to, kind, key), subject };
}

export function privacyMessages({
  db,
  encryption,
}: Pick<Context, 'db' | 'encryption'>): MessageKind[] {
  const told = (kind: ForgottenKind, render: (name: string, readerId: string) => Message) =>
    messageKind({
      kind,
      weight: 'must',
      async load({ reader, key, subject }) {
        const person = await findPerson(db, reader);
        if (!person || person.deactivated) return null;
        const name = encryption.decrypt(subject, { ...reader, field: fieldOf(key) });
        return { name, readerId: reader.userId };
      },
      render: ({ name, readerId }) => render(name, readerId),
    });
  return [
    told('person_forgotten', personForgottenMessage),
    told('manager_forgotten', managerForgottenMessage),
  ];
}
