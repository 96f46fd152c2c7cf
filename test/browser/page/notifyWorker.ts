import { servePush, type WorkerScope } from '../../../src/client/worker/servePush.ts';

const scope = globalThis as unknown as WorkerScope & { pushesDone: number };
scope.pushesDone = 0;

/** The worker's own scope, in which the end of each push is counted. */
const counted: WorkerScope = {
  registration: scope.registration,
  clients: scope.clients,
  addEventListener: (name, listener) => {
    scope.addEventListener(name, (event) => {
      const waitUntil = (work: Promise<unknown>): void => {
        event.waitUntil(work.finally(() => (scope.pushesDone += name === 'push' ? 1 : 0)));
      };
      // Events of a browser have their parts on their prototype.
      listener(
        new Proxy(event, { get: (own, part) => (part === 'waitUntil' ? waitUntil : Reflect.get(own, part, own)) }),
      );
    });
  },
};
servePush({ node: new URL(globalThis.location.href).searchParams.get('node') ?? '' }, counted);
