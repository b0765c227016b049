import { useEffect, useRef, type RefObject, type SyntheticEvent } from 'react';

/** What a modal `<dialog>` needs: spread it. */
export type Modal = {
  readonly ref: RefObject<HTMLDialogElement | null>;
  readonly onCancel: (event: SyntheticEvent) => void;
};

/** The platform's modal dialog, open while it is mounted: with its focus trap, and Escape left to its owner. */
export function useModal(onClose: () => void): Modal {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = ref.current;
    if (element?.open === false) element.showModal();
    return () => {
      element?.close();
    };
  }, []);
  return {
    ref,
    onCancel: (event) => {
      // The owner unmounts it; the platform would only hide it.
      event.preventDefault();
      onClose();
    },
  };
}
