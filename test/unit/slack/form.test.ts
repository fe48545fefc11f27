import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fieldErrors, form, parseForm, readState } from '../../../src/slack/form.ts';

const option = (value: string) => ({ value });

describe('readState', () => {
  it('reads every kind of input by its path', () => {
    const { values, blockIds } = readState({
      'goal.income:3': { a: { value: '250k' } },
      'empty:3': { a: { value: null } },
      'one:3': { a: { selected_option: option('USD') } },
      'none:3': { a: { selected_option: null } },
      'many:3': { a: { selected_options: [option('mon'), option('tue')] } },
      'nobody:3': { a: { selected_users: [] } },
      'people:3': { a: { selected_users: ['U1', 'U2'] } },
      'person:3': { a: { selected_user: 'U1' } },
      'channel:3': { a: { selected_conversation: 'C1' } },
      'date:3': { a: { selected_date: '2027-03-31' } },
      'time:3': { a: { selected_time: '09:00' } },
      'file:3': { a: { files: [{ id: 'F1' }] } },
      'a:b:7': { a: { value: 'the last colon divides' } },
      xY3z: { a: { value: 'a block that is no field' } },
    });
    expect(values).toEqual({
      'goal.income': '250k',
      empty: null,
      one: 'USD',
      none: null,
      many: ['mon', 'tue'],
      nobody: [],
      people: ['U1', 'U2'],
      person: 'U1',
      channel: 'C1',
      date: '2027-03-31',
      time: '09:00',
      file: ['F1'],
      'a:b': 'the last colon divides',
    });
    expect(blockIds['goal.income']).toBe('goal.income:3');
  });

  it('keeps away from prototypes', () => {
    const state = readState({
      '__proto__.admin:1': { a: { value: 'yes' } },
      'constructor.prototype.admin:1': { a: { value: 'yes' } },
      '__proto__:1': { a: { value: 'yes' } },
    });
    expect(state).toEqual({ values: {}, blockIds: {} });
    parseForm(z.looseObject({}), state);
    expect(({} as { admin?: string }).admin).toBeUndefined();
  });
});

describe('parseForm', () => {
  const schema = z
    .object({
      name: z.string('Who is it?'),
      rates: z.object({ renewal: z.coerce.number().max(1, 'at most 100 %') }),
      blocks: z.array(z.object({ start: z.string() })).default([]),
    })
    .refine(({ name }) => name !== 'nobody', { message: 'Not nobody.' });
  const form = (name: string | null, renewal: string) =>
    readState({ 'name:0': { a: { value: name } }, 'rates.renewal:0': { b: { value: renewal } } });

  it('nests dotted paths, and numbered ones as lists', () => {
    const state = readState({
      'name:0': { a: { value: 'Dana' } },
      'rates.renewal:0': { a: { value: '0.1' } },
      'blocks.0.start:0': { a: { value: '09:00' } },
      'blocks.1.start:0': { a: { value: '14:00' } },
    });
    expect(parseForm(schema, state)).toEqual({
      ok: true,
      value: {
        name: 'Dana',
        rates: { renewal: 0.1 },
        blocks: [{ start: '09:00' }, { start: '14:00' }],
      },
    });
  });

  it('puts each message at its input', () => {
    expect(parseForm(schema, form(null, '2'))).toEqual({
      ok: false,
      errors: { 'name:0': 'Who is it?', 'rates.renewal:0': 'at most 100 %' },
      rest: [],
    });
  });

  it('hands back what belongs to no input', () => {
    expect(parseForm(schema, form('nobody', '0.5'))).toEqual({
      ok: false,
      errors: {},
      rest: ['Not nobody.'],
    });
  });
});

describe('fieldErrors', () => {
  const issue = (path: PropertyKey[], message: string) =>
    ({ code: 'custom', path, message, input: undefined }) as const;

  it('uses the nearest parent and the first of several', () => {
    const issues = [
      issue(['days', 2], 'No such day.'),
      issue(['days'], 'Too many.'),
      issue(['elsewhere'], 'Lost.'),
      issue(['toString'], 'Lost.'),
    ];
    expect(fieldErrors(issues, { days: 'days:4' })).toEqual({
      errors: { 'days:4': 'No such day.' },
      rest: ['Lost.'],
    });
  });
});

describe('a form’s metadata', () => {
  const id = '8d3a3d4e-9d54-4b43-9d1e-0f8a3c1f6a11';
  const about = (schema: z.ZodType) =>
    form({ id: 'some_form', about: schema, fields: () => ({}), frame: () => ({ title: 'Some' }) });
  const { metadata } = about(z.object({ place: z.string() }));

  it('is read as it was written, the submission’s id with it', () => {
    const carried = { submissionId: id, about: { place: 'here' } };
    expect(metadata.read(metadata.write(carried))).toEqual(carried);
  });

  it('of a former version is read without an id; of nothing known, not at all', () => {
    const former = { submissionId: null, about: { place: 'here' } };
    expect(metadata.read('{"place":"here"}')).toEqual(former);
    expect(about(z.string()).metadata.read(id)).toEqual({ submissionId: null, about: id });
    for (const text of ['', 'here', '{}', '{"about":{}}', `{"submissionId":"${id}"}`]) {
      expect(metadata.read(text), text).toBeNull();
    }
  });
});
