import {
  type FocusEvent,
  type Ref,
  type SyntheticEvent,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { ViewState } from '../protocol.ts';
import { checkValues } from '../value-checks.ts';
import { BlockList } from './blocks/block-list.tsx';
import { useBlockValues } from './blocks/block-values.ts';
import { PlainText } from './blocks/text.tsx';
import { useWorkspace } from './workspace.tsx';

export interface ModalHandle {
  close(): void;
}

/** One modal: its form, its errors and its two buttons. */
export function Modal(props: {
  view: ViewState;
  isTop: boolean;
  isPushed: boolean;
  handle: Ref<ModalHandle> | undefined;
}) {
  const { view, isTop, isPushed, handle } = props;
  const { does } = useWorkspace();
  const form = useRef<HTMLFormElement>(null);
  const [values, setValue] = useBlockValues(view.blocks, view.hash);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  const { submit, close } = view.type === 'modal' ? view : {};
  const known = new Set(view.blocks.map((block) => block.block_id));
  const homeless = Object.entries(errors).filter(([blockId]) => !known.has(blockId));

  const onFocus = useFocusInside(form, isTop, view);

  // Figures that change around the same inputs take no words away from under them.
  const inputs = view.blocks.map((block) => block.block_id).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: errors belong to the inputs they came for
  useEffect(() => {
    setErrors({});
    setTrouble('');
  }, [view.id, inputs]);

  useEffect(() => {
    if (Object.keys(errors).length > 0)
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);

  const leave = (all: boolean) => void does.close(view.id, all);
  useImperativeHandle(handle, () => ({ close: () => leave(false) }));

  const send = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (busy || !submit) return;
    setTrouble('');
    const found = checkValues(view.blocks, values);
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    const result = await does.submit(view.id, values);
    setBusy(false);
    if (result.outcome === 'errors') setErrors(result.errors);
    if (result.outcome === 'trouble') setTrouble(result.message);
  };

  return (
    <form
      ref={form}
      hidden={!isTop}
      className="modal-form"
      noValidate
      onSubmit={send}
      onFocus={onFocus}
    >
      <header>
        {isPushed && (
          <button
            type="button"
            className="plain-button"
            aria-label="Back"
            onClick={() => leave(false)}
          >
            ‹
          </button>
        )}
        <h2 id={`title-${view.id}`} tabIndex={-1}>
          <PlainText text={view.type === 'modal' ? view.title.text : ''} />
        </h2>
        <button
          type="button"
          className="plain-button"
          aria-label="Close"
          onClick={() => leave(true)}
        >
          ×
        </button>
      </header>
      <div className="modal-body">
        <BlockList
          blocks={view.blocks}
          source={{ kind: 'view', view_id: view.id }}
          values={values}
          setValue={setValue}
          errors={errors}
        />
      </div>
      <footer>
        <p role="alert" className="modal-trouble">
          {trouble || homeless.map(([, message]) => message).join(' ')}
        </p>
        {(close || submit) && (
          <button type="button" className="button" onClick={() => leave(false)}>
            <PlainText text={close?.text ?? 'Cancel'} />
          </button>
        )}
        {submit && (
          <button type="submit" className="button primary" disabled={busy} aria-busy={busy}>
            <PlainText text={submit.text} />
          </button>
        )}
      </footer>
    </form>
  );
}

/**
 * Brings the focus into a modal: to where it last was, if an update or a modal on top took it away;
 * to the element that asks for it (`focus_on_load`) or the first input, if the modal or its inputs
 * are new.
 *
 * @returns what to call when something in the form gets the focus.
 */
function useFocusInside(
  form: { current: HTMLFormElement | null },
  isTop: boolean,
  view: ViewState,
): (event: FocusEvent<HTMLFormElement>) => void {
  const last = useRef<HTMLElement>(null);
  const shown = useRef<string>(undefined);
  const first = (view.blocks.find((block) => block.type === 'input') ?? view.blocks[0])?.block_id;

  // biome-ignore lint/correctness/useExhaustiveDependencies: looks again after each update
  useLayoutEffect(() => {
    if (!isTop) return;
    const settle = requestAnimationFrame(() => {
      const body = form.current?.querySelector('.modal-body');
      if (!body || body.contains(document.activeElement)) return;
      const isNew = shown.current !== first;
      shown.current = first;
      if (!isNew && last.current?.isConnected) return last.current.focus();
      body.scrollTop = 0;
      const wanted = ['[data-focus-on-load]', '.input-block :is(input, textarea)', 'button']
        .map((selector) => body.querySelector<HTMLElement>(selector))
        .find((element) => element);
      (wanted ?? form.current?.querySelector<HTMLElement>('h2'))?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(settle);
  }, [isTop, view.hash]);

  return (event) => {
    last.current = event.target;
  };
}
