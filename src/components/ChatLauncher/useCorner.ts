import { useRef, useState, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react';

/** A corner of the page, by the direction of its text. */
export type Corner = 'bottom-end' | 'bottom-start' | 'top-end' | 'top-start';

/** Moving something from corner to corner. */
export interface CornerView {
  readonly corner: Corner;
  /** For what is moved. */
  readonly moved: { readonly style?: CSSProperties };
  /** For the button that it is held by. */
  readonly button: {
    readonly onPointerDown?: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove?: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp?: (event: PointerEvent<HTMLElement>) => void;
    readonly onKeyDown?: (event: KeyboardEvent) => void;
  };
  /** Whether the press that just ended was a drag, and so no click. */
  readonly wasDragged: () => boolean;
}

/** A hand that trembles so many pixels still clicks. */
const THRESHOLD = 6;

/** Where something stands that the user may drag to another corner; by keyboard with Shift and the arrow keys. */
export function useCorner(begin: Corner, movable: boolean): CornerView {
  const [corner, setCorner] = useState(begin);
  const [moved, setMoved] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const start = useRef<{ x: number; y: number } | null>(null);
  const dragged = useRef(false);
  const wasDragged = (): boolean => dragged.current;
  if (!movable) return { corner: begin, moved: {}, button: {}, wasDragged: () => false };

  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    start.current = { x: event.clientX, y: event.clientY };
    dragged.current = false;
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = ({ clientX, clientY }: PointerEvent<HTMLElement>): void => {
    if (!start.current) return;
    const [x, y] = [clientX - start.current.x, clientY - start.current.y];
    if (!dragged.current && Math.hypot(x, y) < THRESHOLD) return;
    dragged.current = true;
    setMoved({ x, y });
  };
  const onPointerUp = ({ clientX, clientY, currentTarget }: PointerEvent<HTMLElement>): void => {
    start.current = null;
    setMoved(null);
    if (!dragged.current) return;
    const before = clientX < window.innerWidth / 2;
    const starts = isRtl(currentTarget) ? !before : before;
    setCorner(`${clientY < window.innerHeight / 2 ? 'top' : 'bottom'}-${starts ? 'start' : 'end'}`);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.shiftKey || !event.key.startsWith('Arrow')) return;
    event.preventDefault();
    const [block, inline] = corner.split('-') as ['top' | 'bottom', 'start' | 'end'];
    const right = isRtl(event.currentTarget) ? 'start' : 'end';
    const left = right === 'end' ? 'start' : 'end';
    const next: Readonly<Record<string, Corner>> = {
      ArrowUp: `top-${inline}`,
      ArrowDown: `bottom-${inline}`,
      ArrowLeft: `${block}-${left}`,
      ArrowRight: `${block}-${right}`,
    };
    setCorner(next[event.key] ?? corner);
  };
  return {
    corner,
    moved: moved ? { style: { transform: `translate(${moved.x}px, ${moved.y}px)` } } : {},
    button: { onPointerDown, onPointerMove, onPointerUp, onKeyDown },
    wasDragged,
  };
}

const isRtl = (element: Element): boolean => getComputedStyle(element).direction === 'rtl';
