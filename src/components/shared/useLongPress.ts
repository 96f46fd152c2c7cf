import { useCallback, useEffect, useRef, type PointerEvent } from 'react';

/** As long as phones take it for a long press. */
const LONG_MS = 450;
/** A finger that moves further scrolls. */
const STILL = 10;

/** For the element that is pressed. */
export interface LongPress {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
}

/** A finger that rests on an element. Mice and pens have other ways, and select words by pressing. */
export function useLongPress(run: (element: HTMLElement) => void): LongPress {
  const pressed = useRef<{ readonly timer: ReturnType<typeof setTimeout>; readonly x: number; readonly y: number }>(
    null,
  );
  const end = useCallback(() => {
    if (pressed.current) clearTimeout(pressed.current.timer);
    pressed.current = null;
  }, []);
  useEffect(() => end, [end]);
  return {
    onPointerDown: ({ pointerType, clientX, clientY, currentTarget }) => {
      end();
      if (pointerType !== 'touch') return;
      pressed.current = { timer: setTimeout(() => run(currentTarget), LONG_MS), x: clientX, y: clientY };
    },
    onPointerMove: ({ clientX, clientY }) => {
      const from = pressed.current;
      if (from && Math.hypot(clientX - from.x, clientY - from.y) > STILL) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}
