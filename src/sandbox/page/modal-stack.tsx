import { useLayoutEffect, useRef } from 'react';
import { Modal, type ModalHandle } from './modal.tsx';
import { useWorkspace } from './workspace.tsx';

/**
 * The person's open modals in one dialog: only the topmost shows, those under it keep what was
 * typed. The browser's own modal dialog keeps the focus inside.
 */
export function ModalStack() {
  const { modals } = useWorkspace();
  const dialog = useRef<HTMLDialogElement>(null);
  const top = useRef<ModalHandle>(null);
  const isOpen = modals.length > 0;
  const topView = modals.at(-1);

  // Before the browser paints, so that a form may then put the focus where it wants it.
  useLayoutEffect(() => {
    if (isOpen && !dialog.current?.open) dialog.current?.showModal();
    if (!isOpen) dialog.current?.close();
  });

  return (
    <dialog
      ref={dialog}
      className="modal"
      aria-labelledby={topView ? `title-${topView.id}` : undefined}
      onCancel={(event) => {
        if (event.target !== dialog.current) return;
        event.preventDefault();
        top.current?.close();
      }}
    >
      {modals.map((view, index) => (
        <Modal
          key={view.id}
          view={view}
          isTop={index === modals.length - 1}
          isPushed={index > 0}
          handle={index === modals.length - 1 ? top : undefined}
        />
      ))}
    </dialog>
  );
}
