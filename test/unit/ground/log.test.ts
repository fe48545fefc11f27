import { WebAPIHTTPError } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { referenceId } from '../../../src/errors.ts';
import { createLog, type LogFields } from '../../../src/log.ts';
import { boltLogger } from '../../../src/slack/bolt-logger.ts';

function capture() {
  const lines: string[] = [];
  return { lines, log: createLog('debug', { write: (line) => void lines.push(line) }) };
}

describe('the log', () => {
  it('writes only the fields it knows', () => {
    const { lines, log } = capture();
    const fields = { kind: 'command /bigplan', income: 250_000, text: 'my goal' };
    log.info(fields as LogFields, 'Handled');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ kind: 'command /bigplan', msg: 'Handled' });
    expect(lines.join()).not.toMatch(/250|goal/);
  });

  it('cuts secrets out of any text', () => {
    const { lines, log } = capture();
    const secrets = 'xoxb-12-ab xapp-1-A postgresql://bigplan:hunter2@db/x /services/T0/B0/key';
    log.error({ err: new Error(secrets), url: secrets }, secrets);
    expect(lines.join()).not.toMatch(/12-ab|1-A\b|hunter2|B0\/key/);
  });

  it('keeps of an error its kind, message and stack, nothing that it carries', () => {
    const { lines, log } = capture();
    const error = new WebAPIHTTPError(500, 'x', { cookie: 'h4' }, 'a page with Acme 120000');
    log.error({ err: Object.assign(error, { plan: { income: 98765 } }) }, 'Failed');
    expect(lines.join()).not.toMatch(/Acme|120000|98765|h4/);
    expect(JSON.parse(lines[0] ?? '').err).toMatchObject({
      type: 'WebAPIHTTPError',
      message: 'An HTTP protocol error occurred: statusCode = 500',
      stack: expect.stringContaining('log.test.ts'),
    });
  });

  it('leaves out what a parser or a query choked on', () => {
    const { lines, log } = capture();
    try {
      JSON.parse('{"income": 250000, Acme');
    } catch (err) {
      log.error({ err }, 'Failed');
    }
    const refused = new Error(
      'Invalid `create()`: {\n income: 250000\n}\n\nArgument x is missing.',
    );
    refused.name = 'PrismaClientValidationError';
    log.error({ err: refused }, 'Failed');
    expect(lines.join()).not.toMatch(/250000|Acme/);
  });

  it('takes from Bolt the warnings and errors, and no objects', () => {
    const { lines, log } = capture();
    const logger = boltLogger(log);
    logger.debug('a message text');
    logger.info('a message text');
    logger.warn('careful', { text: 'a message text' });
    logger.error(new Error('broken'));
    expect(lines).toHaveLength(2);
    expect(lines.join()).not.toContain('a message text');
    expect(lines.join()).toMatch(/careful[\s\S]*broken/);
  });
});

describe('a reference id', () => {
  it('is four letters and digits that nobody mixes up', () => {
    const ids = Array.from({ length: 500 }, referenceId);
    for (const id of ids) expect(id).toMatch(/^[2346789ACDEFGHJKMNPQRTUVWXY]{4}$/);
    expect(new Set(ids).size).toBeGreaterThan(450);
  });
});
