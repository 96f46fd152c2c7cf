import type { BundleWallet, KeyBundle } from '../../crypto/keyBundle.ts';
import { PushChatError } from '../../errors.ts';
import type { KeyType } from '../../crypto/pgp.ts';
import type { AccountKeys, KeyHolder } from './accountKeys.ts';
import { createCalls, type KeyEvent, type KeyPort } from './keyMessages.ts';

/** What a page may have done with keys; everything else it asks for is refused. */
const OPERATIONS: ReadonlySet<string> = new Set<keyof AccountKeys>([
  'open',
  'seal',
  'acceptRequest',
  'rejectRequest',
  'signProfile',
  'signSubscription',
  'signDevicePush',
  'signGroup',
  'answerChallenge',
  'disclose',
  'wrap',
  'reveal',
  'confine',
]);

/**
 * Holds keys in a worker: opens, makes and uses them there, and asks the page's wallet for what that takes.
 * @param holder which of this worker's holders does it
 */
export function serveKeys(port: KeyPort, holder: KeyHolder): void {
  const held = new Map<number, AccountKeys>();
  let lastHandle = 0;
  const hold = (keys: AccountKeys): object => {
    const handle = (lastHandle += 1);
    held.set(handle, keys);
    return { handle, publicKey: keys.publicKey, width: keys.width };
  };

  const calls = createCalls(port, async (name, args) => {
    const [first, second, ...rest] = args;
    switch (name) {
      case 'generate':
        return hold(await holder.generate(first as number, second as KeyType));
      case 'restore':
        return hold(await holder.restore(first as string));
      case 'unwrap':
        return hold(
          await holder.unwrap(first as KeyBundle, pageWallet(second as number, rest[0] as readonly string[])),
        );
      case 'forget':
        held.get(first as number)?.forget();
        return held.delete(first as number);
      default:
        return use(name, held.get(first as number), [second, ...rest]);
    }
  });

  /** @param id which of the page's wallets */
  const pageWallet = (id: number, can: readonly string[]): BundleWallet => ({
    signMessage: (text) => calls.call('signMessage', id, text),
    ...(can.includes('signTypedData') && {
      signTypedData: (domain, data) => calls.call('signTypedData', id, domain, data),
    }),
    ...(can.includes('decrypt') && { decrypt: (bundle) => calls.call('decrypt', id, bundle) }),
  });

  port.onmessage = ({ data }: KeyEvent) => calls.hear(data);
  port.postMessage({ type: 'ready' });
}

function use(name: string, keys: AccountKeys | undefined, args: readonly unknown[]): unknown {
  if (!keys || !OPERATIONS.has(name)) throw new PushChatError('SessionLocked', 'There are no such keys here.');
  return (keys[name as keyof AccountKeys] as (...given: readonly unknown[]) => unknown)(...args);
}
