import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { form, problemsAnswer, readState } from '../../../src/slack/form.ts';

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
  });
});

describe('problemsAnswer', () => {
  it('uses the nearest parent, the first of several, and the first input for what belongs to none', () => {
    const problems = [
      { path: 'days.2', problem: 'No such day.' },
      { path: 'days', problem: 'Too many.' },
      { path: 'elsewhere', problem: 'Lost.' },
      { path: 'toString', problem: 'Lost.' },
    ];
    const blockIds = { name: 'name:4', days: 'days:4' };
    expect(problemsAnswer(problems, { blockIds })).toEqual({
      response_action: 'errors',
      errors: { 'days:4': 'No such day.', 'name:4': 'Lost.' },
    });
    expect(problemsAnswer(problems, { blockIds: {} })).toBeNull();
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
