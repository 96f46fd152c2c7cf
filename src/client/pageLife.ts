/** Whether somebody can see the page, and when they can again: after another tab, sleep, the back button, or no network. */
export interface PageLife {
  readonly isHidden: () => boolean;
  /** Several may tell of one return. @returns how to listen no more */
  readonly onReturn: (listener: () => void) => () => void;
  /** @returns how to listen no more */
  readonly onHide: (listener: () => void) => () => void;
}

const never = (): (() => void) => () => undefined;

/** What the browser tells of this page; a program that is no page is always there. */
export function platformPage(): PageLife {
  if (typeof document === 'undefined') return { isHidden: () => false, onReturn: never, onHide: never };
  const isHidden = (): boolean => document.visibilityState === 'hidden';
  return {
    isHidden,
    onReturn: (listener) => {
      const shown = (): void => {
        if (!isHidden()) listener();
      };
      // Kept whole for the back button, and shown again as if nothing had been.
      const restored = ({ persisted }: PageTransitionEvent): void => {
        if (persisted) listener();
      };
      document.addEventListener('visibilitychange', shown);
      window.addEventListener('pageshow', restored);
      window.addEventListener('online', listener);
      return () => {
        document.removeEventListener('visibilitychange', shown);
        window.removeEventListener('pageshow', restored);
        window.removeEventListener('online', listener);
      };
    },
    onHide: (listener) => {
      const hidden = (): void => {
        if (isHidden()) listener();
      };
      document.addEventListener('visibilitychange', hidden);
      return () => document.removeEventListener('visibilitychange', hidden);
    },
  };
}
