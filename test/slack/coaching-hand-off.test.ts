/** The hand-off card: kept by marketing, read where something is prepared, and grown old. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command, modalText, press } from '../support/actuals-app.ts';
import { LATE_REVIEWS, mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, forged, inside, startDayApp } from '../support/day-app.ts';
import { eventually } from '../support/eventually.ts';
import { mintPerson } from '../support/plan-app.ts';

const [LEA, PAT] = ['U0LEA', 'U0PAT'];
let app: DayApp;
let rep: string;
beforeAll(async () => {
  app = await startDayApp();
  await app.to('2027-03-08', '08:30');
  await mintPerson(app, LEA, { name: 'Lea' });
  await mintPerson(app, PAT, { name: 'Pat' });
  await app.db.person.updateMany({ where: { userId: LEA }, data: { leader: true } });
  const days = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
  const callBlocks = [{ id: 'b1', days: [...days], start: '09:00', minutes: 90 }];
  ({ rep } = await mintAgreed(app, { ...LATE_REVIEWS, callBlocks }));
});
afterAll(() => app.stop());

describe('is kept', () => {
  it('says what will stand there, and offers a rep nothing to change', async () => {
    await command(app, rep, 'card');
    expect(modalText(app, rep)).toContain('What marketing hands to sales will stand here');
    expect(modalText(app, rep)).not.toContain('hand_off_edit');
    await command(app, rep, 'touch');
    expect(modalText(app, rep)).not.toContain('Hand-off card');
  });

  it('by whom a leader names, and by nobody else', async () => {
    await command(app, LEA, 'card');
    await press(app, LEA, 'hand_off_keepers', { message: null });
    await app.slack.submit(LEA, { keepers: [PAT] });
    await command(app, PAT, 'card');
    await press(app, PAT, 'hand_off_edit', { message: null });
    const { body } = await app.slack.submit(PAT, {});
    expect(JSON.stringify(body)).toContain('Something has to stand on it');
    await app.slack.submit(PAT, { persona: 'Heads of operations', news: '<!channel> SAP export' });
    const [row] = await app.db.handOffCard.findMany();
    expect(row?.words).toMatch(/^v1:/);
    await command(app, rep, 'help');
    const message = forged(app.answered(rep), 'hand_off_edit', '');
    await app.press(rep, 'hand_off_edit', { message });
    await eventually(() =>
      expect(modalText(app, rep) + app.told(rep)).toContain('marketing’s: ask whoever keeps it'),
    );
  });
});

describe('is read', () => {
  it('where a touch is prepared, with its age', async () => {
    await command(app, rep, 'touch');
    expect(modalText(app, rep)).toContain('*Hand-off card* · new today');
    await press(app, rep, 'hand_off_open', { message: null });
    expect(modalText(app, rep)).toContain('Heads of operations');
    expect(modalText(app, rep)).not.toContain('<!channel>');
  });

  it('where a call block begins', async () => {
    await app.to('2027-03-10', '09:00');
    const block = app.find(rep, /is yours/);
    expect(inside(block)).toContain('*Hand-off card* · 2 days old');
  });
});

describe('grows old', () => {
  it('which its keeper hears once in thirty days, and can end with a tap', async () => {
    await app.leave(rep);
    await app.to('2027-04-06', '18:00');
    expect(app.texts(PAT).join()).not.toContain('hand-off card is');
    await app.to('2027-04-08', '18:00');
    const told = () => app.find(PAT, /hand-off card is/);
    expect(told().text).toContain('30 days old');
    await app.press(PAT, 'hand_off_true', { message: told() });
    await eventually(() => expect(told().text).toContain('new today'));
    await app.to('2027-05-05', '18:00');
    expect(app.texts(PAT).filter((text) => text.includes('hand-off card is'))).toHaveLength(1);
    await app.press(PAT, 'hand_off_leave', {
      message: forged(told(), 'hand_off_leave', ''),
    });
    await app.to('2027-06-20', '18:00');
    expect(app.texts(PAT).filter((text) => text.includes('hand-off card is'))).toHaveLength(1);
  });
});
