/**
 * The script of a worker that holds keys: for `workerKeys`, and for nothing else to import.
 * @module push-chat-kit/worker
 */
import { inlineKeys } from '../client/keys/inlineKeys.ts';
import { pooledKeys } from '../client/keys/pooledKeys.ts';
import { serveKeys } from '../client/keys/serveKeys.ts';
import { workerKeys } from '../client/keys/workerKeys.ts';
import { randomBytes } from '../crypto/random.ts';

/** The name of those that the first worker makes, and by which they know that they are such. */
const HELPER = 'push-chat-kit helper';

/** More would not open a page of messages any sooner. */
const MOST_WORKERS = 4;

/** A worker of this very script: keys go from worker to worker, past the page. */
const makeHelper = (): Worker =>
  new Worker(globalThis.location.href, { type: isModule() ? 'module' : 'classic', name: HELPER });

/** Only scripts that are no modules may import others in this way. */
function isModule(): boolean {
  try {
    (globalThis as unknown as { importScripts: () => void }).importScripts();
    return false;
  } catch {
    return true;
  }
}

const { name } = globalThis as unknown as { readonly name: string };
const helpers = name === HELPER ? 0 : Math.min(navigator.hardwareConcurrency, MOST_WORKERS) - 1;
const others = Array.from({ length: Math.max(0, helpers) }, () => workerKeys(makeHelper));
serveKeys(globalThis, pooledKeys(inlineKeys(randomBytes), others));
