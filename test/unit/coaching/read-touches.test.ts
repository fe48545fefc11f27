import { describe, expect, it } from 'vitest';
import { matchName } from '../../../src/coaching/touches/match-name.ts';
import { MOST_SAID, readTouches } from '../../../src/coaching/touches/read-touches.ts';
import { nameKeyOf } from '../../../src/coaching/touches/rules.ts';

const today = '2027-03-11';
const context = { locale: 'en-US', today, known: ['Blue Demo Corp', 'Hooli'] };

/** `name | kind | subject | date` of each line; what can't be read with `?` and what a form begins with. */
function read(text: string): string[] {
  const said = readTouches(text, context);
  if (!said.ok) return [`! ${said.problem}`];
  return said.lines.map((line) => {
    const { name, kind, subject, date } = line.ok ? line.touch : line.understood;
    const day = date === today ? '' : ` | ${date}`;
    return `${line.ok ? '' : '? '}${name} | ${kind} | ${subject}${day}`;
  });
}

describe('what is typed of touches', () => {
  it.each<[string, ...string[]]>([
    ['Acme call pricing', 'Acme | call | pricing'],
    ['Acme call', 'Acme | call | null'],
    ['Acme Robotics emailed about the case study', 'Acme Robotics | email | the case study'],
    [
      'Acme call pricing, Globex email case study',
      'Acme | call | pricing',
      'Globex | email | case study',
    ],
    ['Acme call pricing\nGlobex visit', 'Acme | call | pricing', 'Globex | visit | null'],
    ['Acme call pricing, discounts and terms', 'Acme | call | pricing, discounts and terms'],
    ['Acme, Inc. call pricing', 'Acme, Inc. | call | pricing'],
    ['"Call Center, Ltd" call pricing', 'Call Center, Ltd | call | pricing'],
    ['Blue Demo Corp call pricing', 'Blue Demo Corp | call | pricing'],
    ['Acme webinar security', 'Acme | event | webinar security'],
    ['Acme linkedin', 'Acme | social | linkedin'],
    ['called Acme about pricing', 'Acme | call | pricing'],
    ['met with Blue Demo Corp', 'Blue Demo Corp | meeting | null'],
    ['called Hooli pricing', 'Hooli | call | pricing'],
    ['emailed Initech', 'Initech | email | null'],
    ['Acme call pricing yesterday', 'Acme | call | pricing | 2027-03-10'],
    ['Acme call pricing on Monday', 'Acme | call | pricing | 2027-03-08'],
    ['Acme call pricing on 3 March', 'Acme | call | pricing | 2027-03-03'],
    ['Acme call 3 offers', 'Acme | call | 3 offers'],
    ['<https://acme.com> email hello', 'acme.com | email | hello'],
  ])('%s', (text, ...lines) => expect(read(text)).toEqual(lines));

  it.each<[string, ...string[]]>([
    ['Acme', '? Acme | null | null'],
    ['Acme pricing', '? Acme pricing | null | null'],
    ['Acme call pricing, Hooli pricing', 'Acme | call | pricing', '? Hooli | null | pricing'],
    ['Acme emial case study', '? Acme | email | case study'],
    ['called Initech pricing', '? Initech | call | pricing'],
    ['called', '? null | call | null'],
  ])('%s is asked back', (text, ...lines) => expect(read(text)).toEqual(lines));

  it('refuses what can’t be kept', () => {
    expect(read('Acme call \0')[0]).toContain('! ');
    expect(read(`Acme call ${'x'.repeat(MOST_SAID)}`)[0]).toContain('! ');
    expect(read(`Acme call ${'x'.repeat(400)}`)).toEqual(['? Acme | call | null']);
  });
});

describe('which prospect a name means', () => {
  const prospects = ['Acme Robotics', 'Globex', 'Initech GmbH'].map((name) => ({
    id: name,
    name,
    nameKey: nameKeyOf(name),
  }));
  it.each([
    ['globex', 'one Globex'],
    ['  “Globex”', 'one Globex'],
    ['Acme', 'near Acme Robotics'],
    ['Initech', 'near Initech GmbH'],
    ['Globexx', 'near Globex'],
    ['Acme Robotics EMEA', 'near Acme Robotics'],
    ['Umbrella', 'new '],
  ])('%s: %s', (name, expected) => {
    const match = matchName(name, prospects);
    const found =
      match.kind === 'one' ? [match.prospect] : match.kind === 'near' ? match.prospects : [];
    expect(`${match.kind} ${found.map((one) => one.name).join()}`).toBe(expected);
  });
});
