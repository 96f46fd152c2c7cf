/** The script of a worker that holds keys: for `workerKeys`, and for nothing else to import. */
import { serveKeys } from '../client/keys/serveKeys.ts';
import { randomBytes } from '../crypto/random.ts';

serveKeys(globalThis, randomBytes);
