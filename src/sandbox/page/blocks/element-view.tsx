import type { Button } from '@slack/types';
import { useState } from 'react';
import type { ElementState } from '../../protocol.ts';
import { useBlockScope } from './block-context.tsx';
import { ChoicesView } from './choices-view.tsx';
import { DateTimeView } from './date-time-view.tsx';
import type { FieldIds, UsableElement } from './elements.ts';
import { FileInputView } from './file-input-view.tsx';
import { OverflowView } from './overflow-view.tsx';
import { SelectView } from './select-view.tsx';
import { PlainText } from './text.tsx';
import { TextInputView } from './text-input-view.tsx';

/** One interactive element, in an input block (`input` set) or anywhere else. */
export function ElementView(props: {
  blockId: string;
  element: UsableElement;
  input?: { ids: FieldIds; dispatches: boolean };
}) {
  const { blockId, element, input } = props;
  const { values, setValue, act } = useBlockScope();
  const actionId = element.action_id ?? '';
  const state = values[blockId]?.[actionId] ?? { type: element.type };
  const isTold = input === undefined || input.dispatches;

  const hold = (next: ElementState) => setValue(blockId, actionId, next);
  const tell = async (next: ElementState, before = state) => {
    const isMeant = await act(blockId, element, next);
    if (!isMeant) hold(before);
  };
  const onChange = (next: ElementState) => {
    hold(next);
    if (isTold) void tell(next);
  };
  const field = { state, ids: input?.ids, onChange };

  switch (element.type) {
    case 'button':
      return <ButtonView element={element} onPress={(next) => act(blockId, element, next)} />;
    case 'overflow':
      return <OverflowView element={element} onPick={(next) => act(blockId, element, next)} />;
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return (
        <TextInputView
          {...field}
          element={element}
          onChange={hold}
          tell={isTold ? tell : undefined}
        />
      );
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return (
        <DateTimeView
          {...field}
          element={element}
          onChange={hold}
          tell={isTold ? tell : undefined}
        />
      );
    case 'checkboxes':
    case 'radio_buttons':
      return <ChoicesView {...field} element={element} />;
    case 'file_input':
      return <FileInputView {...field} element={element} />;
    default:
      return <SelectView {...field} element={element} blockId={blockId} />;
  }
}

/** A button; while the app works on it, it waits. */
function ButtonView(props: {
  element: Button;
  onPress: (state: ElementState) => Promise<unknown>;
}) {
  const { type, text, value, style, url, accessibility_label } = props.element;
  const [busy, setBusy] = useState(false);
  const press = async () => {
    if (busy) return;
    if (url) open(url, '_blank', 'noopener');
    setBusy(true);
    await props.onPress({
      type,
      ...{ text },
      ...(value === undefined ? {} : { value }),
      ...(style ? { style } : {}),
    });
    setBusy(false);
  };
  return (
    <button
      type="button"
      className={`button ${style ?? ''}`}
      aria-label={accessibility_label}
      aria-busy={busy}
      onClick={press}
    >
      <PlainText text={text.text} />
    </button>
  );
}
