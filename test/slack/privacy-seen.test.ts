/** Who did and saw what: noted in ids, read by whom it is about, and kept as long as is said. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordAct, SEEN } from '../../src/db/audit.ts';
import { mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, startDayApp } from '../support/day-app.ts';
import { agreed, mintPair, mintPerson } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

let app: DayApp;
beforeAll(async () => {
  app = await startDayApp();
  app.clock.moveTo(new Date('2027-03-01T14:05:00Z'));
});
afterAll(() => app.stop());

const shown = (user: string) => JSON.stringify(app.slack.modal(user));
const entries = (subjectId: string) =>
  app.db.auditEntry.findMany({ where: { subjectId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] });
const later = (minutes: number) =>
  app.clock.moveTo(new Date(app.clock.now().getTime() + minutes * 60_000));

describe('who has seen a plan', () => {
  it('is nobody at first, then whoever opened it, by day and by the rep’s clock', async () => {
    const { rep, manager } = await mintAgreed(app);
    await app.slack.command('/bigplan', 'seen', { user: rep });
    expect(shown(rep)).toContain('Nobody but you has opened your plan');

    const open = async () => {
      await app.slack.command('/bigplan', '', { user: manager });
      await app.slack.action({ user: manager, actionId: 'plan_open', value: rep });
    };
    await open();
    later(5);
    await open();
    later(30);
    await open();
    await app.slack.command('/bigplan', 'status', { user: manager });
    expect((await entries(rep)).filter(({ kind }) => kind === 'plan_seen')).toHaveLength(2);

    await app.slack.command('/bigplan', 'seen', { user: rep });
    expect(shown(rep)).toContain(`<@${manager}> · your plan, and how you stand · 9:05–9:40 AM`);
    await app.slack.closeModal(rep);

    // Looking at one’s own is nothing to note.
    await app.slack.command('/bigplan', '', { user: rep });
    await app.slack.action({ user: rep, actionId: 'plan_history' });
    await app.slack.action({ user: rep, actionId: 'privacy_seen' });
    expect(shown(rep)).toContain('Who has seen what is yours');
    const own = { actorId: rep, kind: { in: [...SEEN] } };
    expect(await app.db.auditEntry.count({ where: own })).toBe(0);
  });

  it('and everywhere else that a rep stands by name, whoever reads it', async () => {
    const { rep, manager } = await mintAgreed(app);
    await mintPerson(app, 'U0HEAD', { name: 'Lee' });
    await app.db.person.updateMany({ where: { userId: 'U0HEAD' }, data: { leader: true } });
    const looks: Record<string, () => Promise<unknown>> = {
      'whose plan': () => app.slack.command('/bigplan', '', { user: manager }),
      team: () => app.slack.command('/bigplan', 'team', { user: manager }),
      review: () => app.slack.command('/bigplan', `review <@${rep}>`, { user: manager }),
      status: () => app.slack.command('/bigplan', `status <@${rep}>`, { user: manager }),
      'before an hour': () => app.slack.command('/bigplan', `coach <@${rep}>`, { user: manager }),
      'the Home': () => app.slack.openHome(manager),
    };
    for (const [place, look] of Object.entries(looks)) {
      later(16);
      const before = (await entries(rep)).length;
      await look();
      const seen = (await entries(rep)).slice(before).map(({ kind, actorId }) => [kind, actorId]);
      expect(seen, place).toEqual([['standing_seen', manager]]);
      await look();
      expect(await entries(rep), place).toHaveLength(before + 1);
    }
    await app.slack.command('/bigplan', 'team', { user: manager });
    later(16);
    const before = (await entries(rep)).length;
    await app.slack.action({ user: manager, actionId: 'plan_dues' });
    expect(await entries(rep)).toHaveLength(before + 1);
  });

  it('a leader’s screens name whose plan is overdue, and nobody else', async () => {
    const { rep } = await mintAgreed(app);
    const { rep: late } = await mintPair(app);
    await app.db.person.updateMany({
      where: { userId: late },
      data: { joinedOn: '2026-11-02', metAt: new Date('2026-11-02T12:00:00Z') },
    });
    for (const look of [
      () => app.slack.command('/bigplan', 'team', { user: 'U0HEAD' }),
      () => app.slack.openHome('U0HEAD'),
    ]) {
      later(16);
      const count = (await entries(late)).length;
      await look();
      expect(await entries(late)).toHaveLength(count + 1);
      expect((await entries(late)).at(-1)).toMatchObject({
        kind: 'standing_seen',
        actorId: 'U0HEAD',
      });
    }
    expect((await entries(rep)).filter(({ actorId }) => actorId === 'U0HEAD')).toEqual([]);
  });

  it('the Home of a manager shows how their reps stand', async () => {
    const { rep, manager } = await mintAgreed(app);
    await app.slack.openHome(manager);
    const seen = (await entries(rep)).filter(({ actorId }) => actorId === manager);
    expect(seen).toMatchObject([{ kind: 'standing_seen' }]);
  });
});

describe('the audit log', () => {
  it('holds each move of a plan, roles, settings and exports, without a figure or a word', async () => {
    const pair = await mintPair(app);
    await agreed(app, pair);
    const kinds = (await entries(pair.rep)).map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['plan_proposed', 'plan_agreed']));
    await app.slack.command('/bigplan', 'export', { user: pair.rep });
    expect((await entries(pair.rep)).at(-1)).toMatchObject({ kind: 'exported', actorId: pair.rep });

    await mintPerson(app, 'U0ADMIN', { name: 'Ada' });
    await app.db.person.updateMany({ where: { userId: 'U0ADMIN' }, data: { admin: true } });
    await app.slack.command('/bigplan', 'settings', { user: 'U0ADMIN' });
    await app.slack.submit('U0ADMIN', { admins: ['U0ADMIN'], managers: [pair.manager] });
    expect(await entries(pair.manager)).toContainEqual(
      expect.objectContaining({ kind: 'manager_given', actorId: 'U0ADMIN' }),
    );
    expect(await app.db.auditEntry.count({ where: { kind: 'settings_changed' } })).toBe(1);
    const all = await app.db.auditEntry.findMany();
    for (const { about } of all) expect(about ?? '').toMatch(/^$|^[0-9a-f-]{36}$/);
  });

  it('holds who joined and left which team, and by whose hand', async () => {
    const [first, second] = ['U0LEADA', 'U0LEADB'];
    for (const id of [first, second, 'U0MOVER']) await mintPerson(app, id, { name: id });
    await app.db.person.updateMany({
      where: { userId: { in: [first, second] } },
      data: { manager: true },
    });
    const saves = async (user: string, reps: string[]) => {
      await app.slack.command('/bigplan', 'team', { user });
      await app.slack.submit(user, { reps });
      await app.slack.closeModal(user);
    };
    await saves(first, ['U0MOVER']);
    await saves(first, ['U0MOVER']);
    // Of another's team: they are asked, and say yes.
    await saves(second, ['U0MOVER']);
    const question = app.slack
      .dm('U0MOVER')
      .findLast(({ blocks }) => /join_yes/.test(JSON.stringify(blocks)));
    if (!question) throw new Error('nobody asked');
    await app.slack.action({ user: 'U0MOVER', actionId: 'people_join_yes', message: question });
    await saves(second, []);
    const teamOf = async (managerId: string) =>
      (await app.db.team.findFirstOrThrow({ where: { managerId } })).id;
    const [a, b] = [await teamOf(first), await teamOf(second)];
    const moves = (await entries('U0MOVER')).filter(({ kind }) => kind.startsWith('team_'));
    const told = moves.map(({ kind, actorId, about }) => [kind, actorId, about]);
    expect(told).toEqual([
      ['team_joined', first, a],
      ['team_left', 'U0MOVER', a],
      ['team_joined', 'U0MOVER', b],
      ['team_left', second, b],
    ]);
  });

  it('only grows', async () => {
    const act = { workspaceId: TEAM, actorId: 'U0A', kind: 'exported', subjectId: 'U0A' } as const;
    await recordAct(app.db, { ...act, at: app.clock.now() });
    const all = { where: { actorId: 'U0A' } };
    await expect(app.db.auditEntry.deleteMany(all)).rejects.toThrow('only grows');
    await expect(
      app.db.auditEntry.updateMany({ ...all, data: { kind: 'forgotten' } }),
    ).rejects.toThrow('only grows');
    await expect(
      app.db.auditEntry.updateMany({ ...all, data: { actorId: 'U0B' } }),
    ).rejects.toThrow('only grows');
    await expect(app.db.$executeRaw`TRUNCATE audit_log`).rejects.toThrow('only grows');
    expect(await app.db.auditEntry.count(all)).toBe(1);
  });

  it('forgets who was forgotten, and that alone', async () => {
    const { rep, manager } = await mintAgreed(app);
    await app.slack.openHome(manager);
    const before = await app.db.auditEntry.count();
    await app.slack.command('/bigplan', 'forget-me', { user: rep });
    await app.slack.submit(rep, { sure: ['sure'] });
    expect(await entries(rep)).toEqual([]);
    expect(await app.db.auditEntry.count()).toBe(before + 1);
    expect(await app.db.auditEntry.count({ where: { actorId: manager } })).toBeGreaterThan(0);
  });
});

it('what is older than is said goes, and nothing else', async () => {
  const { rep } = await mintAgreed(app);
  const now = app.clock.now();
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
  const act = { workspaceId: TEAM, actorId: rep, kind: 'exported', subjectId: rep } as const;
  await recordAct(app.db, { ...act, at: daysAgo(401) }, { ...act, at: daysAgo(399) });
  const row = { workspaceId: TEAM, personId: rep, kind: 'kept', subject: 's' };
  const old = { dueAt: daysAgo(401), updatedAt: daysAgo(401) };
  await app.db.delivery.createMany({
    data: [
      { ...row, key: 'old', state: 'sent', ...old },
      { ...row, key: 'waits', state: 'planned', ...old, dueAt: daysAgo(-300) },
      { ...row, key: 'new', state: 'sent', dueAt: daysAgo(399), updatedAt: daysAgo(399) },
      { ...row, key: 'once', state: 'sent', ...old, kind: 'zone_question' },
    ],
  });
  later(61);
  await app.bigplan.tick();
  const kept = await app.db.delivery.findMany({ where: { personId: rep, subject: 's' } });
  expect(kept.map(({ key }) => key).sort()).toEqual(['new', 'once', 'waits']);
  expect(await app.db.auditEntry.count({ where: { actorId: rep, kind: 'exported' } })).toBe(1);
});
