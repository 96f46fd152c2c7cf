import { asPushChatError, type PushChatError } from '../errors.ts';

/** Begins something that is loaded first. @returns how to stop it, also before it has begun */
export function late(begin: () => Promise<() => void>, warn: (error: PushChatError) => void): () => void {
  let stop: (() => void) | undefined;
  let isStopped = false;
  begin().then(
    (begun) => {
      if (isStopped) begun();
      else stop = begun;
    },
    (error: unknown) => warn(asPushChatError(error)),
  );
  return () => {
    isStopped = true;
    stop?.();
  };
}
