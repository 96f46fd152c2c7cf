/** The script of a worker that holds keys: for `workerKeys`, and for nothing else to import. */
import { serveKeys } from '../client/keys/serveKeys.ts';
import type { KeyPort } from '../client/keys/keyMessages.ts';
import { randomBytes } from '../crypto/random.ts';

serveKeys(globalThis as unknown as KeyPort, randomBytes);
