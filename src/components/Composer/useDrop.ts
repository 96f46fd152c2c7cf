import { useState, type DragEvent } from 'react';

/** For the element that files are dropped on. */
export interface Drop {
  /** Files are held over it. */
  readonly over: boolean;
  readonly onDragOver: (event: DragEvent) => void;
  readonly onDragLeave: () => void;
  readonly onDrop: (event: DragEvent) => void;
}

/** Takes files that are dropped, and leaves everything else to the browser. */
export function useDrop(add: (files: Iterable<File>) => void): Drop {
  const [over, setOver] = useState(false);
  return {
    over,
    onDragOver: (event) => {
      if (!event.dataTransfer.types.includes('Files')) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event) => {
      setOver(false);
      if (event.dataTransfer.files.length === 0) return;
      event.preventDefault();
      add(event.dataTransfer.files);
    },
  };
}
