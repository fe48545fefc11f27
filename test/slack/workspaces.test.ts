/** Nobody in who doesn't belong, and Bigplan in each workspace that has installed it, with that one's token. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { type Bigplan, startBigplan } from '../../src/main.ts';
import { type AppConfig, startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { TEAM } from '../support/slack.ts';

const FORM = 'application/x-www-form-urlencoded';
const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

/** How many rows each table has, but for that of the requests that came, by their signatures. */
async function rows(): Promise<Record<string, number>> {
  const tables = await app.db.$queryRaw<{ name: string; rows: bigint }[]>`
    SELECT table_name AS name,
      (xpath('/row/c/text()', query_to_xml('SELECT count(*) AS c FROM ' || quote_ident(table_name),
        false, true, '')))[1]::text::bigint AS rows
    FROM information_schema.tables WHERE table_schema = 'public'
      AND table_name <> 'request_claim' ORDER BY 1`;
  return Object.fromEntries(tables.map((one) => [one.name, Number(one.rows)]));
}

const payload = (body: object) => ({
  body: form({ payload: JSON.stringify(body) }),
  contentType: FORM,
});

/** One of each kind of request that Slack sends, of somebody in a workspace. */
const requestsOf = (team: string, user = 'U0REP', home = team) => ({
  command: {
    body: form({ command: '/bigplan', text: '', team_id: team, user_id: user, trigger_id: '1.x' }),
    contentType: FORM,
  },
  press: payload({
    type: 'block_actions',
    team: { id: team },
    user: { id: user, team_id: home },
    trigger_id: '1.x',
    container: { type: 'message' },
    actions: [{ type: 'button', action_id: 'home_start', block_id: 'b', value: '' }],
  }),
  submission: payload({
    type: 'view_submission',
    team: { id: team },
    user: { id: user, team_id: home },
    trigger_id: '1.x',
    view: {
      id: 'V1',
      type: 'modal',
      team_id: team,
      callback_id: 'settings',
      private_metadata: '{}',
      blocks: [{ type: 'input', block_id: 'first' }],
      state: { values: {} },
    },
  }),
  closed: payload({
    type: 'view_closed',
    team: { id: team },
    user: { id: user, team_id: home },
    view: { id: 'V1', type: 'modal', team_id: team, callback_id: 'x', blocks: [], state: {} },
  }),
  options: payload({
    type: 'block_suggestion',
    team: { id: team },
    user: { id: user, team_id: home },
    action_id: 'x',
    block_id: 'b',
    value: '',
  }),
  message: {
    body: JSON.stringify({
      type: 'event_callback',
      team_id: team,
      event_id: `Ev${Math.random()}`,
      event: {
        type: 'message',
        channel_type: 'im',
        channel: 'D1',
        user,
        text: '5 calls',
        ts: '1.1',
        ...(home !== team && { user_team: home }),
      },
    }),
  },
  home: {
    body: JSON.stringify({
      type: 'event_callback',
      team_id: team,
      event_id: `Ev${Math.random()}`,
      event: { type: 'app_home_opened', tab: 'home', user, channel: 'D1' },
    }),
  },
});

describe('what comes from a workspace that hasn’t installed Bigplan', () => {
  it.each(Object.entries(requestsOf('T0STRANGE')))(
    'with the right signature: a %s stores nothing and sends nothing',
    async (kind, request) => {
      const before = await rows();
      const calls = app.slack.calls.length;
      const ack = await app.slack.send(request);
      await app.bigplan.settled();
      expect(ack.status).toBe(200);
      expect(await rows()).toEqual(before);
      expect(app.slack.calls.length).toBe(calls);
      if (kind === 'command')
        expect(ack.body).toMatchObject({ text: expect.stringMatching(/isn’t installed/) });
      if (kind === 'submission') {
        expect(ack.body).toMatchObject({
          response_action: 'errors',
          errors: { first: expect.any(String) },
        });
      }
    },
  );

  it('so that nobody in it acts under the id of somebody here', async () => {
    await app.slack.command('/bigplan', 'help', { user: 'U0REP' });
    const ack = await app.slack.send(requestsOf('T0STRANGE', 'U0REP').command);
    expect(ack.body).toMatchObject({ text: expect.stringContaining('isn’t installed') });
  });
});

describe('what comes from a colleague of another company in a shared channel', () => {
  it.each(['press', 'submission', 'closed', 'options', 'message'] as const)(
    'a %s is not heard',
    async (kind) => {
      const before = await rows();
      const calls = app.slack.calls.length;
      const ack = await app.slack.send(requestsOf(TEAM, 'U0GUEST', 'T0THEIRS')[kind]);
      await app.bigplan.settled();
      expect(ack.status).toBe(200);
      expect(await rows()).toEqual(before);
      expect(app.slack.calls.length).toBe(calls);
    },
  );
});

describe('the database belongs to its workspace', () => {
  const startAgain = (more: Partial<AppConfig['slack']> = {}) =>
    startBigplan(
      { ...app.config, slack: { ...app.config.slack, ...more } as AppConfig['slack'] },
      { clock: app.clock, log: createLog('silent'), host: '127.0.0.1', warmUp: false },
    );

  it('the token of another one is refused, in one line that names both', async () => {
    app.slack.answer('auth.test', () => ({ team_id: 'T0OTHER', bot_id: 'B1', user_id: 'U1' }));
    const before = await rows();
    await expect(startAgain({ botToken: 'xoxb-other' })).rejects.toThrow(
      /belongs to the workspace T0TEAM, and SLACK_BOT_TOKEN is of T0OTHER/,
    );
    expect(await rows()).toEqual(before);
    app.slack.answer('auth.test', () => ({ team_id: TEAM, bot_id: 'B1', user_id: 'U1' }));
  });

  it('also where it is from before that was noted', async () => {
    const other = await startTestApp();
    await other.bigplan.stop();
    await other.db.installation.deleteMany();
    await other.db.workspace.create({ data: { id: 'T0BEFORE', setUpAt: new Date() } });
    const again = startBigplan(other.config, { log: createLog('silent'), warmUp: false });
    await expect(again).rejects.toThrow(/belongs to the workspace T0BEFORE/);
    await other.stop();
  });

  it('a new token of the same one is taken', async () => {
    const again = await startAgain({ botToken: 'xoxb-new' });
    await again.stop();
    expect(await app.db.installation.count({ where: { tokenHash: { not: null } } })).toBe(1);
  });

  it('what is known from before holds while Slack doesn’t answer, and a new token waits', async () => {
    await app.restart();
    app.slack.fault('auth.test', { status: 500 }, 10);
    await app.restart();
    const ack = await app.slack.command('/bigplan', 'help', { user: 'U0REP' });
    expect(ack.status).toBe(200);
    const unknown = await startAgain({ botToken: 'xoxb-unknown' });
    const { url } = unknown;
    app.slack.connect(url);
    const told = await app.slack.command('/bigplan', 'help', { user: 'U0REP' });
    expect(told.body).toMatchObject({ text: expect.stringContaining('Once more in a moment') });
    await unknown.stop();
    app.slack.clearFaults();
    await app.restart();
  });
});

describe('installed through Slack', () => {
  const OAUTH = { clientId: '1.2', clientSecret: 'shh' };
  const tokens = new Map<string, string>();
  let many: TestApp;
  let refreshes = 0;

  beforeAll(async () => {
    many = await startTestApp({ slack: { botToken: null, oauth: OAUTH } });
    many.slack.answer('auth.test', () => ({ team_id: 'T0ONE', bot_id: 'B1', user_id: 'U0BOT' }));
  });
  afterAll(() => many.stop());

  interface Grant {
    team?: string;
    org?: string;
    token: string;
    expires?: number;
  }

  function grant({ team, org, token, expires }: Grant) {
    many.slack.answer('oauth.v2.access', () => ({
      access_token: token,
      token_type: 'bot',
      scope: 'chat:write',
      bot_user_id: 'U0BOT',
      app_id: 'A1',
      team: team ? { id: team, name: `The ${team} & co <b>` } : null,
      enterprise: org ? { id: org, name: 'Org' } : null,
      is_enterprise_install: org !== undefined,
      authed_user: { id: 'U0LEADER' },
      ...(expires === undefined ? {} : { expires_in: expires, refresh_token: `${token}-refresh` }),
    }));
  }

  /** Goes through the pages as a browser does. */
  async function install(what: Grant, { url } = many.bigplan, keepCookie = true) {
    grant(what);
    if (what.team) tokens.set(what.team, what.token);
    const begun = await fetch(`${url}/slack/install`, { redirect: 'manual' });
    expect(begun.status).toBe(302);
    const asked = new URL(begun.headers.get('location') ?? '');
    expect(asked.searchParams.get('scope')).toContain('chat:write');
    const state = asked.searchParams.get('state') ?? '';
    const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
    return fetch(`${url}/slack/oauth_redirect?code=c&state=${encodeURIComponent(state)}`, {
      headers: keepCookie ? { cookie } : {},
    });
  }

  /** Opens the settings, and says with which tokens Slack was spoken to. */
  async function tokensUsed(team: string, more: Record<string, string> = {}, at = many.bigplan) {
    const from = many.slack.calls.length;
    many.slack.connect(at.url, () => at.settled());
    await many.slack.send({
      body: form({
        command: '/bigplan',
        text: 'settings',
        team_id: team,
        user_id: 'U0LEADER',
        // No two commands are the same.
        trigger_id: `T.${many.slack.calls.length}.${Math.random()}`,
        response_url: `${at.url}/none`,
        ...more,
      }),
      contentType: FORM,
    });
    await at.settled();
    const calls = many.slack.calls.slice(from).filter(({ method }) => method !== 'oauth.v2.access');
    return [...new Set(calls.map(({ token }) => token))];
  }

  it('each workspace is spoken to with its own token, kept encrypted', async () => {
    const page = await install({ team: 'T0ONE', token: 'xoxb-one' });
    expect(page.status).toBe(200);
    const text = await page.text();
    expect(text).toContain('The T0ONE &#38; co &#60;b&#62;');
    expect((await install({ team: 'T0TWO', token: 'xoxb-two' })).status).toBe(200);
    expect(await tokensUsed('T0ONE')).toEqual(['xoxb-one']);
    expect(await tokensUsed('T0TWO')).toEqual(['xoxb-two']);
    expect(await tokensUsed('T0THREE')).toEqual([]);
    const kept = await many.db.installation.findMany();
    expect(JSON.stringify(kept)).not.toContain('xoxb');
    expect(JSON.stringify(many.logged)).not.toContain('xoxb');
  });

  it('not where it comes back to another browser, or is declined', async () => {
    const before = await many.db.installation.count();
    expect(
      (await install({ team: 'T0EVIL', token: 'xoxb-evil' }, many.bigplan, false)).status,
    ).toBe(400);
    const declined = await fetch(`${many.bigplan.url}/slack/oauth_redirect?error=access_denied`);
    expect(declined.status).toBe(400);
    expect(await declined.text()).toContain('nothing was changed');
    expect(await many.db.installation.count()).toBe(before);
  });

  const lifecycle = (type: string, team: string, at = Date.now(), more = {}) =>
    many.slack.send({
      body: JSON.stringify({
        type: 'event_callback',
        team_id: team,
        event_id: `Ev${type}${team}${at}`,
        event_time: Math.floor(at / 1_000),
        event: { type, ...more },
      }),
    });
  const revoked = { tokens: { bot: ['U0BOT'], oauth: [] } };

  it.each([
    ['app_uninstalled', 'tokens_revoked'],
    ['tokens_revoked', 'app_uninstalled'],
  ])(
    'uninstalled (%s, then %s) it is silent, and goes on where it is installed again',
    async (...order) => {
      await install({ team: 'T0GONE', token: 'xoxb-gone' });
      expect(await tokensUsed('T0GONE')).toEqual(['xoxb-gone']);
      for (const type of order)
        await lifecycle(type, 'T0GONE', Date.now(), type === 'tokens_revoked' ? revoked : {});
      await many.bigplan.settled();
      expect(await tokensUsed('T0GONE')).toEqual([]);
      const row = await many.db.installation.findUniqueOrThrow({ where: { id: 'T0GONE' } });
      expect([row.token, row.refreshToken]).toEqual([null, null]);
      const people = await many.db.person.count({ where: { workspaceId: 'T0GONE' } });
      await install({ team: 'T0GONE', token: 'xoxb-back' });
      // What Slack tells late is about the installation before.
      await lifecycle('app_uninstalled', 'T0GONE', Date.now() - 60_000);
      expect(await tokensUsed('T0GONE')).toEqual(['xoxb-back']);
      expect(await many.db.person.count({ where: { workspaceId: 'T0GONE' } })).toBe(people);
    },
  );

  it('a person’s own token that is revoked changes nothing', async () => {
    await lifecycle('tokens_revoked', 'T0ONE', Date.now(), { tokens: { bot: [], oauth: ['U1'] } });
    expect(await tokensUsed('T0ONE')).toEqual(['xoxb-one']);
  });

  it('an organisation’s token serves all of its workspaces, until it is taken away', async () => {
    await install({ org: 'E0ORG', token: 'xoxb-org' });
    const inOrg = { enterprise_id: 'E0ORG', is_enterprise_install: 'true' };
    expect(await tokensUsed('T0INORG', inOrg)).toEqual(['xoxb-org']);
    expect(await tokensUsed('T0OUTSIDE', { ...inOrg, enterprise_id: 'E0OTHER' })).toEqual([]);
    const calls = many.slack.calls.filter(({ token }) => token === 'xoxb-org');
    expect(calls.some(({ args }) => args.team_id === 'T0INORG')).toBe(true);
    await many.slack.send({
      body: JSON.stringify({
        type: 'event_callback',
        enterprise_id: 'E0ORG',
        event_id: 'EvTaken',
        event_time: Math.ceil(Date.now() / 1_000),
        authorizations: [{ enterprise_id: 'E0ORG', team_id: null, is_enterprise_install: true }],
        event: { type: 'team_access_revoked', team_ids: ['T0INORG'] },
      }),
    });
    await many.bigplan.settled();
    const { removedAt } = await many.db.installation.findUniqueOrThrow({
      where: { id: 'T0INORG' },
    });
    expect(removedAt).not.toBeNull();
  });

  describe('a token that expires', () => {
    let second: Bigplan;
    beforeAll(async () => {
      second = await startBigplan(many.config, {
        clock: many.clock,
        log: createLog('silent'),
        host: '127.0.0.1',
        warmUp: false,
      });
    });
    afterAll(() => second.stop());
    beforeEach(() => {
      refreshes = 0;
    });

    it('is exchanged once by two processes that need it at once', async () => {
      await install({ team: 'T0TURN', token: 'xoxe-old', expires: 60 });
      many.slack.answer('oauth.v2.access', () => {
        refreshes += 1;
        return { access_token: `xoxe-new-${refreshes}`, refresh_token: 'next', expires_in: 43_200 };
      });
      const used = await Promise.all([
        tokensUsed('T0TURN', { text: 'help' }),
        tokensUsed('T0TURN', {}, second),
        tokensUsed('T0TURN', {}, many.bigplan),
        tokensUsed('T0TURN', {}, second),
      ]);
      expect(refreshes).toBe(1);
      expect(new Set(used.flat())).toEqual(new Set(['xoxe-new-1']));
      const asked = many.slack.callsOf('oauth.v2.access').at(-1);
      expect(asked?.args).toMatchObject({
        grant_type: 'refresh_token',
        refresh_token: 'xoxe-old-refresh',
      });
    });

    it('of an organisation brings nothing back that was taken away', async () => {
      await install({ org: 'E0TURN', token: 'xoxe-old', expires: 60 });
      const kept = { viaId: 'E0TURN', installedAt: new Date() };
      await many.db.installation.createMany({
        data: [
          { id: 'T0KEPT', ...kept },
          { id: 'T0TAKEN', ...kept, removedAt: new Date() },
        ],
      });
      many.slack.answer('oauth.v2.access', () => ({
        access_token: 'xoxe-org',
        refresh_token: 'next',
        expires_in: 43_200,
      }));
      expect(await tokensUsed('T0KEPT')).toEqual(['xoxe-org']);
      const taken = await many.db.installation.findUniqueOrThrow({ where: { id: 'T0TAKEN' } });
      expect(taken.removedAt).not.toBeNull();
    });

    /** Slack takes a refresh token once, as after its grace period. */
    function takesOnce(): void {
      const taken = new Set<unknown>();
      many.slack.answer('oauth.v2.access', ({ refresh_token: refresh }) => {
        refreshes += 1;
        if (taken.has(refresh)) return { ok: false, error: 'invalid_refresh_token' };
        taken.add(refresh);
        return { access_token: `xoxe-${refreshes}`, refresh_token: 'next', expires_in: 43_200 };
      });
    }

    it('is not lost where it can’t be saved right after Slack’s answer', async () => {
      await install({ team: 'T0LOST', token: 'xoxe-old', expires: 60 });
      takesOnce();
      await many.db.$executeRawUnsafe(`
        CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$`);
      // It fails as late as can be: at the commit.
      await many.db.$executeRawUnsafe(`
        CREATE CONSTRAINT TRIGGER fail AFTER UPDATE OF token ON installation
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail()`);
      const before = await many.db.installation.findUniqueOrThrow({ where: { id: 'T0LOST' } });
      expect(await tokensUsed('T0LOST')).toEqual(['xoxe-1']);
      const { token } = await many.db.installation.findUniqueOrThrow({ where: { id: 'T0LOST' } });
      expect(token).toBe(before.token);
      expect(await tokensUsed('T0LOST')).toEqual(['xoxe-1']);
      await many.db.$executeRawUnsafe('DROP FUNCTION fail CASCADE');
      await eventually(async () => {
        const row = await many.db.installation.findUniqueOrThrow({ where: { id: 'T0LOST' } });
        expect(row.token).not.toBe(before.token);
      });
      expect(await tokensUsed('T0LOST', {}, second)).toEqual(['xoxe-1']);
      expect(refreshes).toBe(1);
    });

    const leasedUntil = (id: string, renewingUntil: Date) =>
      many.db.installation.update({ where: { id }, data: { renewingUntil } });

    it('is exchanged by the next process where one died over it', async () => {
      await install({ team: 'T0DEAD', token: 'xoxe-old', expires: 1 });
      takesOnce();
      const until = Date.now() + 1_500;
      await leasedUntil('T0DEAD', new Date(until));
      expect(await tokensUsed('T0DEAD')).toEqual(['xoxe-1']);
      expect(Date.now()).toBeGreaterThanOrEqual(until);
      expect(refreshes).toBe(1);
    });

    it('serves on where another process takes long over it, or Slack fails', async () => {
      await install({ team: 'T0SLOW', token: 'xoxe-old', expires: 600 });
      takesOnce();
      await leasedUntil('T0SLOW', new Date(Date.now() + 3_600_000));
      expect(await tokensUsed('T0SLOW')).toEqual(['xoxe-old']);
      expect(refreshes).toBe(0);
      await leasedUntil('T0SLOW', new Date(0));
      many.slack.fault('oauth.v2.access', { status: 500 }, 100);
      expect(await tokensUsed('T0SLOW', {}, second)).toEqual(['xoxe-old']);
      many.slack.clearFaults();
      expect(await tokensUsed('T0SLOW')).toEqual(['xoxe-1']);
    });

    it('also for what is sent by the clock', async () => {
      await install({ team: 'T0CLOCK', token: 'xoxe-old', expires: 60 });
      many.slack.answer('oauth.v2.access', () => ({
        access_token: 'xoxe-clock',
        refresh_token: 'next',
        expires_in: 43_200,
      }));
      await many.db.person.create({
        data: {
          userId: 'U0LEADER',
          name: 'Lee',
          locale: 'en-US',
          refreshedAt: many.clock.now(),
          workspace: { create: { id: 'T0CLOCK' } },
        },
      });
      const { context } = many.bigplan;
      await context.db.$transaction((tx) =>
        context.outbox.enqueue(tx, {
          workspaceId: 'T0CLOCK',
          userId: 'U0LEADER',
          kind: 'zone_question',
          key: 'zone',
          subject: 'zone',
        }),
      );
      await many.bigplan.tick();
      await eventually(() =>
        expect(
          many.slack.calls.some(
            ({ token, method }) => token === 'xoxe-clock' && method === 'chat.postMessage',
          ),
        ).toBe(true),
      );
    });
  });
});
