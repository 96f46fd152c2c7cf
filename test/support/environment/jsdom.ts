import { builtinEnvironments, type Environment } from 'vitest/runtime';

/** jsdom puts its own realm's classes in these places, and OpenPGP then does not recognise Node's bytes and streams. */
const NODES_OWN = [
  'ArrayBuffer',
  'Uint8Array',
  'TextEncoder',
  'TextDecoder',
  'crypto',
  'ReadableStream',
  'WritableStream',
  'TransformStream',
  'AbortController',
  'AbortSignal',
  'fetch',
  'Request',
  'Response',
  'Headers',
] as const;

const own = new Map(NODES_OWN.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]));

/** jsdom, with what chat cryptography and the in-memory node need taken from Node. */
const environment: Environment = {
  ...builtinEnvironments.jsdom,
  name: 'jsdom-with-node-globals',
  async setup(global, options) {
    const started = await builtinEnvironments.jsdom.setup(global, options);
    for (const [name, descriptor] of own) {
      if (descriptor) Object.defineProperty(global, name, { ...descriptor, configurable: true });
    }
    return started;
  },
};

export default environment;
