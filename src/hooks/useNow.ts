import { useSyncExternalStore } from 'react';

const MINUTE = 60_000;

/** The current minute, in milliseconds since the epoch; the component is drawn again when it changes. */
export const useNow = (): number => useSyncExternalStore(everyMinute, thisMinute, thisMinute);

const thisMinute = (): number => Math.floor(Date.now() / MINUTE) * MINUTE;

function everyMinute(changed: () => void): () => void {
  const timer = setInterval(changed, MINUTE / 4);
  return () => {
    clearInterval(timer);
  };
}
