import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { KeyHolder } from '../../src/client/keys/accountKeys.ts';
import { inlineKeys } from '../../src/client/keys/inlineKeys.ts';
import type { KeyEvent, KeyMessage, KeyPort } from '../../src/client/keys/keyMessages.ts';
import { pooledKeys } from '../../src/client/keys/pooledKeys.ts';
import { serveKeys } from '../../src/client/keys/serveKeys.ts';
import { workerKeys, type KeyWorker } from '../../src/client/keys/workerKeys.ts';
import { parseKeyBundle } from '../../src/crypto/keyBundle.ts';
import { randomBytes } from '../../src/crypto/random.ts';
import type { Opened } from '../../src/protocol/openMessage.ts';
import type { Did } from '../../src/protocol/did.ts';
import { didOf, NOW, sealed, text, walletOf } from '../support/builders.ts';
import { stored, vectorUser } from '../support/vectors.ts';
import { accountKeysContract } from '../contracts/accountKeys.ts';

/** A worker in this thread: everything crosses by structured clone, as it does between threads. */
function workerHere(passed: KeyMessage[] = [], holder: KeyHolder = inlineKeys(randomBytes)): KeyWorker {
  const { port1, port2 } = new MessageChannel();
  serveKeys(portOf(port2, passed), holder);
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
accountKeysContract('in a worker that has others', () =>
  workerKeys(() => workerHere([], pooledKeys(inlineKeys(randomBytes), [workerKeys(() => workerHere())]))),
);

const bundle = () => parseKeyBundle(vectorUser('bob').creation.encryptedPrivateKey);
const wallet = { signMessage: (words: string) => walletOf('bob').signMessage(words) };
const inlineWidth = 4;
const envelope = { from: didOf('bob'), to: didOf('alice'), receiverKey: null, now: NOW.getTime() };

describe('a worker that holds keys', () => {
  it('ST-08 lets no private key out while it works', async () => {
    const passed: KeyMessage[] = [];
    const keys = await workerKeys(() => workerHere(passed)).unwrap(bundle(), wallet);
    await keys.seal(text('Hi'), envelope);
    expect(passed.length).toBeGreaterThan(5);
    expect(JSON.stringify(passed)).not.toMatch(/PRIVATE KEY/);
  });

  it('is started before it is needed, once', async () => {
    let made = 0;
    const holder = workerKeys(() => ((made += 1), workerHere()));
    expect(made).toBe(0);
    holder.prepare?.();
    holder.prepare?.();
    expect(made).toBe(1);
    await holder.unwrap(bundle(), wallet);
    expect(made).toBe(1);
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
    const holder = workerKeys(makeWorker, { warn: ({ code }) => warnings.push(code) });
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

  it('ST-10 that goes silent is asked, and then leaves nobody waiting', async () => {
    const heard: string[] = [];
    let isSilent = false;
    let letPass = (): void => undefined;
    const later = new Promise<void>((resolve) => (letPass = resolve));
    const holder = workerKeys(
      () => {
        const worker = workerHere();
        const post = worker.postMessage;
        return Object.assign(worker, {
          postMessage: (message: KeyMessage) => {
            heard.push(message.type);
            if (!isSilent) post(message);
          },
        });
      },
      { wait: () => later.then(() => new Promise((resolve) => setImmediate(resolve))) },
    );
    const keys = await holder.unwrap(bundle(), wallet);
    isSilent = true;
    heard.length = 0;
    letPass();
    await expect(keys.seal(text('Hi'), envelope)).rejects.toMatchObject({ code: 'SessionLocked' });
    expect(heard).toEqual(['call', 'ping']);
  });

  it('ST-10 that only takes long is waited for', async () => {
    const heard: string[] = [];
    const passed: KeyMessage[] = [];
    let isStarting = true;
    const holder = workerKeys(() => workerHere(passed), {
      wait: () =>
        new Promise((resolve) => {
          // Longer than a message takes within one thread.
          if (!isStarting) setTimeout(resolve, 20);
          isStarting = false;
        }),
    });
    const keys = await holder.unwrap(bundle(), {
      signMessage: async (words) => {
        // A user who thinks about it.
        await expect.poll(() => passed.filter(({ type }) => type === 'pong').length).toBeGreaterThan(2);
        heard.push('signed');
        return wallet.signMessage(words);
      },
    });
    expect(heard).toEqual(['signed']);
    expect(keys.publicKey).toContain('PUBLIC KEY');
  });
});

describe('several workers', () => {
  const reading = {
    me: didOf('bob') as Did,
    peer: didOf('alice') as Did,
    senderKey: { armored: vectorUser('alice').publicKey, level: 'verified', attestedBy: null } as const,
    now: NOW.getTime(),
  };

  it('open what comes at once side by side', async () => {
    const passed: KeyMessage[] = [];
    const pool = pooledKeys(inlineKeys(randomBytes), [workerKeys(() => workerHere(passed))]);
    const keys = await pool.unwrap(bundle(), wallet);
    const message = stored(await sealed(text('Hello')));
    const openMany = (count: number): Promise<Opened[]> =>
      Promise.all(Array.from({ length: count }, () => keys.open(message, reading)));
    await openMany(inlineWidth);
    // Nobody else was needed yet.
    expect(passed).toEqual([]);
    await openMany(inlineWidth + 1);
    await expect.poll(() => passed.some(({ type }) => type === 'answer')).toBe(true);
    const opened = await openMany(4);
    expect(opened.map((one) => one.state)).toEqual(Array.from({ length: 4 }, () => 'verified'));
    expect(passed.filter((one) => one.type === 'call' && one.name === 'open')).toHaveLength(2);
    expect(keys.width).toBe(2 * inlineWidth);
  });

  it('ST-10 lose no message when one of them fails', async () => {
    const workers: KeyWorker[] = [];
    const helper = workerKeys(() => {
      const worker = workerHere();
      workers.push(worker);
      return worker;
    });
    const keys = await pooledKeys(inlineKeys(randomBytes), [helper]).unwrap(bundle(), wallet);
    const message = stored(await sealed(text('Hello')));
    const openMany = (): Promise<Opened[]> => Promise.all(Array.from({ length: 6 }, () => keys.open(message, reading)));
    await openMany();
    await helper.restore(await keys.reveal());
    const opening = openMany();
    workers[0]?.onerror?.(undefined as never);
    expect((await opening).map((one) => one.state)).toEqual(Array.from({ length: 6 }, () => 'verified'));
  });
});
