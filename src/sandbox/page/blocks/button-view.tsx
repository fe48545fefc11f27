import type { Button } from '@slack/types';
import { useState } from 'react';
import type { ElementState } from '../../protocol.ts';
import { PlainText } from './text.tsx';

/** A button; while the app works on it, it waits. */
export function ButtonView(props: {
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
