import type { ConfirmationDialog } from '@slack/types';
import { useId, useLayoutEffect, useRef } from 'react';
import { MrkdwnText, PlainText } from './text.tsx';

/** "Are you sure?", as the app words it. */
export function ConfirmDialog(props: {
  dialog: ConfirmationDialog;
  onAnswer: (confirmed: boolean) => void;
}) {
  const { dialog, onAnswer } = props;
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Closed while it is still in the page, so that the focus goes back to where it was.
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      className="confirm"
      role="alertdialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        event.stopPropagation();
        onAnswer(false);
      }}
    >
      <h2 id={titleId}>
        <PlainText text={dialog.title?.text ?? 'Are you sure?'} />
      </h2>
      <MrkdwnText text={dialog.text.text} />
      <div className="confirm-buttons">
        <button type="button" className="button" onClick={() => onAnswer(false)}>
          <PlainText text={dialog.deny?.text ?? 'Cancel'} />
        </button>
        <button
          type="button"
          className={`button ${dialog.style ?? 'primary'}`}
          onClick={() => onAnswer(true)}
        >
          <PlainText text={dialog.confirm?.text ?? 'Yes'} />
        </button>
      </div>
    </dialog>
  );
}
