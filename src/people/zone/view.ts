/** Where somebody is, asked of those of whom Slack doesn't say. */
import { z } from 'zod';
import { actions, button, section } from '../../slack/blocks.ts';
import { choice } from '../../slack/fields.ts';
import { form } from '../../slack/form.ts';
import type { NumberStyle } from '../../slack/format.ts';
import { type Message, message } from '../../slack/surfaces.ts';
import { mrkdwn } from '../../slack/text.ts';
import { zoneOpen, zonePicked } from '../ids.ts';

export interface ZoneScreen {
  /** As it is called; null: nobody has said. */
  zone: string | null;
  /** Likely ones. */
  offers: readonly { value: string; label: string }[];
}

export function zoneMessage({ zone, offers }: ZoneScreen): Message {
  if (zone !== null) {
    const words = mrkdwn`✓ Your clock is that of *${zone}*. What I ask comes by it.`;
    return message(words, [
      section(words),
      actions([button('Another…', { ...zoneOpen.with(), spoken: 'Choose another time zone' })]),
    ]);
  }
  const words = mrkdwn`*Where are you?* Slack doesn’t tell me your time zone, and what I ask should come at your own time. Until you say, it comes by UTC.`;
  return message(words, [
    section(words),
    actions([
      ...offers.map(({ value, label }) => button(label, zonePicked.numbered(value, value))),
      button('Choose my time zone…', { ...zoneOpen.with(), style: 'primary' }),
    ]),
  ]);
}

interface ZoneStyle extends NumberStyle {
  zones: readonly { value: string; label: string }[];
}

export const zoneForm = form({
  id: 'zone_form',
  about: z.object({}),
  fields: ({ zones }: ZoneStyle) => ({
    timeZone: choice({ label: 'Your time zone', hint: 'Type the name of a city near you.' }, zones),
  }),
  frame: () => ({ title: 'Your time zone', submit: 'Save', close: 'Cancel' }),
});
