'use client';

import { useRef, useState, type DragEvent } from 'react';

/** What an element takes to be a place where files are dropped. */
export type FileDrop = {
  /** Files are held over it. */
  readonly isOver: boolean;
  readonly handlers: {
    readonly onDragEnter: (event: DragEvent) => void;
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDragLeave: (event: DragEvent) => void;
    readonly onDrop: (event: DragEvent) => void;
  };
};

/** A place where files are dropped. `onFiles` gets them with the pointer's place on the page; other drags pass through. */
export function useFileDrop(
  onFiles: (files: readonly File[], at: { readonly clientX: number; readonly clientY: number }) => void,
): FileDrop {
  const [isOver, setOver] = useState(false);
  // Enter and leave also come for the children; only the last leave is one.
  const depth = useRef(0);
  const over = (change: number) => {
    depth.current = Math.max(0, depth.current + change);
    setOver(depth.current > 0);
  };
  return {
    isOver,
    handlers: {
      onDragEnter: (event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        over(1);
      },
      onDragOver: (event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      },
      onDragLeave: (event) => {
        if (holdsFiles(event)) over(-1);
      },
      onDrop: (event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        over(-depth.current);
        const files = [...event.dataTransfer.files];
        const { clientX, clientY } = event;
        if (files.length > 0) onFiles(files, { clientX, clientY });
      },
    },
  };
}

function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes('Files');
}
