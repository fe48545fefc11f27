/** The question where somebody is, and its answers. */
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { messageKind } from '../../outbox/message.ts';
import { zoneOpen, zonePicked } from '../ids.ts';
import { chooseZone, meetPerson, ZONE_QUESTION } from '../meet-person.ts';
import { styleWithoutMoney } from '../settings/view.ts';
import { findPerson, isZoneKnown, type Person } from '../store.ts';
import { type ZoneScreen, zoneForm, zoneMessage } from './view.ts';
import { isZone, likelyZones, ZONE_CHOICES, zoneName } from './zone-rules.ts';

export function listenToZones(context: Context): void {
  const { on, outbox } = context;
  outbox.declare(questionKind(context));

  on.act(zonePicked, async ({ actor, value }) => {
    if (!isZone(value)) throw new UserError('no_zone', 'That zone isn’t known here: choose one.');
    await chooseZone(context, actor, value);
  });

  on.click(zoneOpen, ({ actor, open }) =>
    open(async () => {
      const { locale, timeZone, ...person } = await meetPerson(context, actor);
      const raw = isZoneKnown(person) ? { timeZone } : {};
      return zoneForm.view({ about: {}, style: styleOf(locale), raw, rev: '0' });
    }),
  );

  on.submit(zoneForm, async ({ actor, read }) => {
    const { locale } = await meetPerson(context, actor);
    await chooseZone(context, actor, read(styleOf(locale)).timeZone);
  });
}

const styleOf = (locale: string) => ({ ...styleWithoutMoney(locale), zones: ZONE_CHOICES });

const questionKind = ({ db }: Context) =>
  messageKind<ZoneScreen>({
    kind: ZONE_QUESTION,
    // They have just done something, and everything that follows goes by it.
    weight: 'answer',
    isKept: true,
    async load({ reader }) {
      const person = await findPerson(db, reader);
      return person && !person.deactivated ? screenOf(person) : null;
    },
    isDue: ({ zone }) => zone === null,
    render: zoneMessage,
  });

function screenOf(person: Person): ZoneScreen {
  return {
    zone: isZoneKnown(person) ? zoneName(person.timeZone) : null,
    offers: likelyZones(person.locale).map((value) => ({ value, label: zoneName(value) })),
  };
}
