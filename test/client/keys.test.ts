import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import { inlineKeys } from '../../src/client/keys/inlineKeys.ts';
import type { KeyEvent, KeyMessage, KeyPort } from '../../src/client/keys/keyMessages.ts';
import { serveKeys } from '../../src/client/keys/serveKeys.ts';
import { workerKeys, type KeyWorker } from '../../src/client/keys/workerKeys.ts';
import { parseKeyBundle } from '../../src/crypto/keyBundle.ts';
import { randomBytes } from '../../src/crypto/random.ts';
import { NOW, text, walletOf, didOf } from '../support/builders.ts';
import { vectorUser } from '../support/vectors.ts';
import { accountKeysContract } from '../contracts/accountKeys.ts';

/** A worker in this thread: everything crosses by structured clone, as it does between threads. */
function workerHere(passed: KeyMessage[] = []): KeyWorker {
  const { port1, port2 } = new MessageChannel();
  serveKeys(portOf(port2, passed), randomBytes);
  return portOf(port1, passed);
}

function portOf(port: MessagePort, passed: KeyMessage[]): KeyWorker {
  const end: KeyWorker = { postMessage: (message) => port.postMessage(message), onmessage: null, onerror: null };
  port.on('message', (data: KeyMessage) => {
    passed.push(data);
    (end.onmessage as ((event: KeyEvent) => void) | null)?.({ data });
  });
  return end;
}

accountKeysContract('in this thread', () => inlineKeys(randomBytes));
accountKeysContract('in a worker', () => workerKeys(() => workerHere()));

const bundle = () => parseKeyBundle(vectorUser('bob').creation.encryptedPrivateKey);
const wallet = { signMessage: (words: string) => walletOf('bob').signMessage(words) };
const envelope = { from: didOf('bob'), to: didOf('alice'), receiverKey: null, now: NOW.getTime() };

describe('a worker that holds keys', () => {
  it('ST-08 lets no private key out while it works', async () => {
    const passed: KeyMessage[] = [];
    const keys = await workerKeys(() => workerHere(passed)).unwrap(bundle(), wallet);
    await keys.seal(text('Hi'), envelope);
    expect(passed.length).toBeGreaterThan(5);
    expect(JSON.stringify(passed)).not.toMatch(/PRIVATE KEY/);
  });

  it('forgets a key when it is told to', async () => {
    const keys = await workerKeys(() => workerHere()).unwrap(bundle(), wallet);
    keys.forget();
    await expect(keys.reveal()).rejects.toMatchObject({ code: 'SessionLocked' });
  });

  it('does nothing that is not a work of keys', async () => {
    const worker = workerHere();
    const answers: KeyMessage[] = [];
    worker.onmessage = ({ data }: KeyEvent) => answers.push(data);
    for (const name of ['constructor', 'toString', 'publicKey', 'eval']) {
      worker.postMessage({ type: 'call', id: 1, name, args: [1] });
    }
    await expect.poll(() => answers.length).toBeGreaterThanOrEqual(4);
    const codes = answers.flatMap((message) => (message.type === 'answer' ? [message.error?.code] : []));
    expect(codes).toEqual(Array.from({ length: 4 }, () => 'SessionLocked'));
  });

  it.each<[string, () => KeyWorker]>([
    [
      'a policy forbids it',
      () => {
        throw new DOMException('Blocked by Content Security Policy.', 'SecurityError');
      },
    ],
    [
      'its script fails',
      () => {
        const dead: KeyWorker = { postMessage: () => undefined, onmessage: null, onerror: null };
        setImmediate(() => dead.onerror?.(undefined as never));
        return dead;
      },
    ],
  ])('ST-10 is done without where %s, and the host hears of it', async (_, makeWorker) => {
    const warnings: string[] = [];
    const holder = workerKeys(makeWorker, ({ code }) => warnings.push(code));
    const keys = await holder.unwrap(bundle(), wallet);
    expect((await keys.seal(text('Hi'), envelope)).verificationProof).toMatch(/^pgpv3:/);
    expect(warnings).toEqual(['InvalidConfig']);
  });

  it('ST-10 that crashes leaves nobody waiting, and another takes its place', async () => {
    const workers: KeyWorker[] = [];
    const holder = workerKeys(() => {
      const worker = workerHere();
      workers.push(worker);
      return worker;
    });
    const keys = await holder.unwrap(bundle(), wallet);
    const sealing = keys.seal(text('Hi'), envelope);
    workers[0]?.onerror?.(undefined as never);
    await expect(sealing).rejects.toMatchObject({ code: 'SessionLocked' });
    await expect(keys.reveal()).rejects.toMatchObject({ code: 'SessionLocked' });
    const again = await holder.unwrap(bundle(), wallet);
    expect(again.publicKey).toBe(keys.publicKey);
    expect(workers).toHaveLength(2);
    onTestFinished(() => void (workers as KeyPort[]).splice(0));
  });
});
