/**
 * jsdom has its own realm's classes in these places, or nothing; OpenPGP.js and the node in memory want those of
 * Node.js.
 */
const NAMES = [
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
  'structuredClone',
];

/** What Node.js has there, taken before anything else is put in its place. */
exports.nodesOwn = new Map(
  NAMES.map((name) => [name, { value: globalThis[name], configurable: true, writable: true }]),
);
