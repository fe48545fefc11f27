import type { KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import {
  actions,
  button,
  confirmation,
  context,
  divider,
  fields,
  header,
  image,
  overflow,
  section,
} from '../../src/slack/blocks.ts';
import {
  channelInput,
  checkboxesInput,
  dateInput,
  fileInput,
  multiSelectInput,
  multiUsersInput,
  radioInput,
  selectInput,
  textInput,
  timeInput,
  userInput,
} from '../../src/slack/inputs.ts';
import { checkMessage, checkView, fitMessage, fitView } from '../../src/slack/limits.ts';
import { paginate } from '../../src/slack/paginate.ts';
import { home, message, modal, progress } from '../../src/slack/surfaces.ts';
import { mrkdwn } from '../../src/slack/text.ts';

const choices = (count: number, length = 5) =>
  Array.from({ length: count }, (_, i) => ({ value: `v${i}`, label: `${i}`.padEnd(length, 'x') }));
const view = (blocks: KnownBlock[]) =>
  modal({ title: 'Plan', submit: 'Save', callbackId: 'plan', blocks });
const field = { path: 'a', rev: 1, label: 'A' };

const everyInput = [
  textInput({ path: 'name', rev: 1, label: 'Name', hint: 'As in the CRM', initial: 'Acme' }),
  textInput({ path: 'notes', rev: 1, label: 'Notes', multiline: true, maxLength: 500 }),
  textInput({ path: 'quota', rev: 1, label: 'Quota', dispatch: true, placeholder: '1,200.50' }),
  selectInput({ path: 'split', rev: 1, label: 'Split', choices: choices(3), initial: 'v1' }),
  multiSelectInput({ path: 'days', rev: 1, label: 'Days', choices: choices(3), initial: ['v2'] }),
  checkboxesInput({ path: 'credit', rev: 1, label: 'Credit', choices: choices(2), initial: [] }),
  radioInput({ path: 'kind', rev: 1, label: 'Kind', choices: choices(2), initial: 'gone' }),
  userInput({ path: 'rep', rev: 1, label: 'Rep', initial: 'U1', actionId: 'pick_rep' }),
  multiUsersInput({ path: 'team', rev: 1, label: 'Team', initial: ['U1'], optional: true }),
  channelInput({ path: 'channel', rev: 1, label: 'Channel', initial: 'C1' }),
  dateInput({ path: 'by', rev: 1, label: 'By', initial: '2027-03-31' }),
  timeInput({ path: 'at', rev: 1, label: 'At', initial: '09:00' }),
  fileInput({ path: 'rows', rev: 1, label: 'File', filetypes: ['csv'] }),
];

describe('the helpers', () => {
  it('build what Slack takes', () => {
    const shown = [
      header('Plan *2027*'),
      section(mrkdwn`*${'<Acme>'}*`, {
        fields: ['a'],
        accessory: overflow('row', choices(2)),
        blockId: 'r.1',
      }),
      fields('one', mrkdwn`*two*`),
      context(progress(3, 10)),
      divider(),
      actions(
        [
          button('Go', { actionId: 'go', value: '7', style: 'primary', spoken: 'Go to step 7' }),
          button('Drop', {
            actionId: 'drop',
            confirm: confirmation({ title: 'Drop?', text: 'It goes.', yes: 'Drop', no: 'Keep' }),
          }),
        ],
        'buttons',
      ),
    ];
    const all = view([...shown, ...everyInput]);
    expect(all).toMatchSnapshot();
    expect(checkView(all)).toEqual([]);
    expect(checkView(home(shown))).toEqual([]);
    expect(checkMessage(message('Your plan', shown))).toEqual([]);
  });

  it('clip a title, name what a screen reader says and group a long list', () => {
    expect(
      modal({ title: 'A title that is far too long', callbackId: 'x', blocks: [] }).title.text,
    ).toBe('A title that is far too…');
    expect(progress(3, 10)).toBe('Step 3 of 10 ▰▰▰▱▱▱▱▱▱▱');
    const many = selectInput({ ...field, choices: choices(230), initial: 'v201' });
    expect(many.element).toMatchObject({
      option_groups: [{ label: { text: '0xxxx – 99xxx' } }, {}, { options: { length: 30 } }],
      initial_option: { value: 'v201' },
    });
    expect(checkView(view([many]))).toEqual([]);
  });

  it('page a list', () => {
    expect(paginate([1, 2, 3, 4, 5], 1, 2)).toMatchObject({ items: [3, 4], previous: 0, next: 2 });
    expect(paginate([1, 2, 3], 9, 2)).toMatchObject({ items: [3], page: 1, offset: 2, next: null });
    expect(paginate([], -1, 2)).toMatchObject({ items: [], page: 0, pages: 1, previous: null });
  });
});

describe('checkView', () => {
  const long = (length: number) => 'x'.repeat(length);
  const broken: [string, KnownBlock[], string[]][] = [
    [
      'long section',
      [divider(), section(long(3204))],
      ['blocks.1.text: 3,204 of 3,000 characters'],
    ],
    ['empty section', [section('')], ['blocks.0.text: empty']],
    ['long field', [fields(long(2001))], ['blocks.0.fields.0: 2,001 of 2,000 characters']],
    ['many fields', [fields(...Array(11).fill('a'))], ['blocks.0.fields: 11 of 10 fields']],
    ['long header', [header(long(151))], ['blocks.0.text: 151 of 150 characters']],
    [
      'long title of a picture',
      [image('F1', 'x', long(2001))],
      ['blocks.0.title: 2,001 of 2,000 characters'],
    ],
    ['picture without words', [image('F1', '')], ['blocks.0.alt_text: empty']],
    [
      'picture of another site',
      [{ type: 'image', image_url: 'https://example.com/a.png', alt_text: 'x' }],
      ['blocks.0: a picture that isn’t in Slack'],
    ],
    ['many blocks', Array(101).fill(divider()), ['blocks: 101 of 100 blocks']],
    ['empty actions', [actions([])], ['blocks.0.elements: empty']],
    [
      'repeated action id in a block',
      [actions([button('A', { actionId: 'a' }), button('B', { actionId: 'a' })])],
      ['blocks.0: action_id a used twice'],
    ],
    [
      'repeated block id',
      [textInput(field), textInput({ ...field, actionId: 'b' })],
      ['block_id a:1 used twice'],
    ],
    [
      'long ids and values',
      [actions([button('A', { actionId: long(256), value: long(2001) })], long(256))],
      [
        'blocks.0.block_id: 256 of 255 characters',
        'blocks.0.elements.0.action_id: 256 of 255 characters',
        'blocks.0.elements.0.value: 2,001 of 2,000 characters',
      ],
    ],
    [
      'long label, hint and placeholder',
      [textInput({ ...field, label: long(2001), hint: long(2001), placeholder: long(151) })],
      [
        'blocks.0.label: 2,001 of 2,000 characters',
        'blocks.0.hint: 2,001 of 2,000 characters',
        'blocks.0.element.placeholder: 151 of 150 characters',
      ],
    ],
    [
      'initial value over max_length',
      [textInput({ ...field, maxLength: 3, initial: 'four' })],
      ['blocks.0.element.initial_value: 4 of 3 characters'],
    ],
    [
      'too many boxes, overflow items and no option at all',
      [
        checkboxesInput({ ...field, choices: choices(11) }),
        section('a', { accessory: overflow('o', choices(6)) }),
        selectInput({ ...field, path: 'c', choices: [] }),
      ],
      [
        'blocks.0.element.options: 11 of 10 options',
        'blocks.1.accessory.options: 6 of 5 options',
        'blocks.2.element.options: empty',
      ],
    ],
    [
      'an option value that is too long or there twice',
      [
        selectInput({ ...field, choices: [{ value: long(151), label: 'a' }] }),
        radioInput({ ...field, path: 'b', choices: [...choices(1), ...choices(1)] }),
      ],
      [
        'blocks.0.element.options.0.value: 151 of 150 characters',
        'blocks.1.element: option value v0 used twice',
      ],
    ],
    [
      'an initial option that is no option',
      [
        {
          type: 'input',
          label: { type: 'plain_text', text: 'A' },
          element: {
            type: 'radio_buttons',
            options: [{ text: { type: 'plain_text', text: 'a' }, value: 'a' }],
            initial_option: { text: { type: 'plain_text', text: 'A' }, value: 'a' },
          },
        },
      ],
      ['blocks.0.element: the initial option a is not among the options'],
    ],
    [
      'a confirmation',
      [
        actions([
          button(long(76), {
            actionId: 'a',
            confirm: confirmation({ title: long(101), text: long(301), yes: long(31), no: '' }),
          }),
        ]),
      ],
      [
        'blocks.0.elements.0.text: 76 of 75 characters',
        'blocks.0.elements.0.confirm.title: 101 of 100 characters',
        'blocks.0.elements.0.confirm.text: 301 of 300 characters',
        'blocks.0.elements.0.confirm.confirm: 31 of 30 characters',
        'blocks.0.elements.0.confirm.deny: empty',
      ],
    ],
    [
      'a kind nobody knows the limits of',
      [{ type: 'markdown', text: 'a' }],
      ['blocks.0: the limits of a markdown block are not known here'],
    ],
  ];
  it.each(broken)('reports: %s', (_, blocks, breaches) => {
    expect(checkView(view(blocks))).toEqual(breaches);
  });

  it('reports what is wrong with the view itself', () => {
    const parts = {
      callbackId: long(256),
      privateMetadata: long(3001),
      blocks: [textInput(field)],
    };
    const wrong = {
      ...modal({ title: 'x', ...parts }),
      title: { type: 'plain_text' as const, text: long(25) },
    };
    expect(checkView(wrong)).toEqual([
      'title: 25 of 24 characters',
      'private_metadata: 3,001 of 3,000 characters',
      'callback_id: 256 of 255 characters',
      'submit: missing, though the view has inputs',
    ]);
    expect(checkView(home([fileInput({ ...field, filetypes: ['csv'] })]))).toEqual([
      'blocks: a file input in a Home tab',
    ]);
    const heavy = Array.from({ length: 100 }, () => section('x'.repeat(2990)));
    expect(checkView(home(heavy))).toEqual([
      expect.stringMatching(/^view: 30\d,\d{3} of 250,000 bytes$/),
    ]);
  });
});

describe('checkMessage', () => {
  it('wants a text and counts the whole', () => {
    expect(checkMessage(message('', []))).toEqual(['text: empty']);
    expect(checkMessage(message('a', Array(51).fill(divider())))).toEqual([
      'blocks: 51 of 50 blocks',
    ]);
    expect(checkMessage(message('a', Array(5).fill(section('x'.repeat(3000)))))).toEqual([
      'message: 15,001 of 13,000 characters in all',
    ]);
  });
});

describe('fitView and fitMessage', () => {
  it('cut every shown text and change nothing that was handed in', () => {
    const long = 'x'.repeat(5000);
    const parts = [
      section(long, { accessory: button(long, { actionId: 'a' }), fields: [long] }),
      selectInput({ ...field, label: long, hint: long, choices: choices(3, 200), initial: 'v1' }),
      context(long),
    ];
    const before = view(parts);
    const copy = structuredClone(before);
    const fitted = fitView(before);
    expect(checkView(fitted)).toEqual([]);
    expect(before).toEqual(copy);
    expect(JSON.stringify(fitted).match(/x…/g)).toHaveLength(10);

    const shown = [header(long), section(long), image('F1', long, long)];
    const fittedMessage = fitMessage(message(long, shown));
    expect(checkMessage(fittedMessage)).toEqual([]);
    expect(fittedMessage.text).toHaveLength(4000);
  });

  it('throw rather than leave anything out or change a stored value', () => {
    expect(() => fitView(view(Array(101).fill(divider())))).toThrow('blocks: 101 of 100 blocks');
    expect(() => fitView(view([textInput({ ...field, initial: 'x'.repeat(3001) })]))).toThrow(
      'blocks.0.element.initial_value: 3,001 of 3,000 characters',
    );
    expect(() => fitMessage(message('a', Array(51).fill(divider())))).toThrow('51 of 50 blocks');
  });
});
