import type { InputBlock } from '@slack/types';
import { useId } from 'react';
import { useBlockScope } from './block-context.tsx';
import { ElementView } from './element-view.tsx';
import type { FieldIds, UsableElement } from './elements.ts';
import { PlainText } from './text.tsx';

/** Groups that a `label for` cannot name carry their label by id alone. */
const groups = new Set(['checkboxes', 'radio_buttons']);

/** A labelled input with its hint and, under it, what is wrong with it. */
export function InputBlockView({ block }: { block: InputBlock }) {
  const { errors } = useBlockScope();
  const base = useId();
  const { label, hint, optional, dispatch_action, block_id: blockId = '' } = block;
  const element = block.element as UsableElement;
  const error = errors[blockId];
  const described = [error && `${base}-error`, hint && `${base}-hint`].filter(Boolean).join(' ');
  const ids: FieldIds = {
    field: `${base}-field`,
    label: `${base}-label`,
    describedBy: described || undefined,
    invalid: error !== undefined,
  };
  const caption = (
    <>
      <PlainText text={label.text} />
      {optional && <span className="optional"> (optional)</span>}
    </>
  );
  return (
    <div className={error ? 'input-block invalid' : 'input-block'}>
      {groups.has(element.type) ? (
        <span className="input-label" id={ids.label}>
          {caption}
        </span>
      ) : (
        <label className="input-label" id={ids.label} htmlFor={ids.field}>
          {caption}
        </label>
      )}
      <ElementView
        blockId={blockId}
        element={element}
        input={{ ids, dispatches: dispatch_action === true }}
      />
      {error && (
        <p className="input-error" id={`${base}-error`}>
          {error}
        </p>
      )}
      {hint && (
        <p className="input-hint" id={`${base}-hint`}>
          <PlainText text={hint.text} />
        </p>
      )}
    </div>
  );
}
