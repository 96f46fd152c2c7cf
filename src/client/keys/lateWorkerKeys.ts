import type { KeyHolder } from './accountKeys.ts';
import type { KeyWorker, WorkerKeysOptions } from './workerKeys.ts';

/**
 * Keeps keys in workers: they are made, opened and used there, off the page's own thread. They come out only to be kept
 * sealed, where the host wants that (`keepUnlocked`). Where no worker can be made (no such thing, a content security
 * policy), they are kept in the page's thread.
 * @param makeWorker such as `() => new Worker(new URL('push-chat-kit/worker', import.meta.url), { type: 'module' })`;
 *   the worker makes the others of its pool by itself
 */
export function workerKeys(makeWorker: () => KeyWorker, options?: WorkerKeysOptions): KeyHolder {
  let holding: Promise<KeyHolder> | undefined;
  // What speaks with workers is loaded when there is something to say.
  const holder = (): Promise<KeyHolder> =>
    (holding ??= import('./workerKeys.ts').then(
      (module) => module.workerKeys(makeWorker, options),
      (error: unknown) => {
        holding = undefined;
        throw error;
      },
    ));
  return {
    prepare: () =>
      void holder().then(
        ({ prepare }) => prepare?.(),
        () => undefined,
      ),
    generate: async (now, type) => (await holder()).generate(now, type),
    restore: async (armored) => (await holder()).restore(armored),
    unwrap: async (bundle, wallet) => (await holder()).unwrap(bundle, wallet),
  };
}
