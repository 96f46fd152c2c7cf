import { useEffect, useMemo, type ReactNode } from 'react';
import { lazyPushChat } from '../client/lazyPushChat.ts';
import type { PushChatClient } from '../client/PushChatClient.ts';
import type { PushChatConfig } from '../client/pushChatConfig.ts';
import { createStore } from '../client/store.ts';
import { PushChatContext } from './pushChatContext.ts';
import { useFollowedSigner } from './useFollowedSigner.ts';

/** Either a ready `client`, or what one is made from. */
export interface PushChatProviderProps extends Pick<
  PushChatConfig,
  | 'signer'
  | 'node'
  | 'env'
  | 'transport'
  | 'logger'
  | 'storage'
  | 'keys'
  | 'keepUnlocked'
  | 'readReceipts'
  | 'autoLockMs'
  | 'chains'
  | 'readOnChain'
  | 'checkWallet'
  | 'keyType'
  | 'requireGesture'
  | 'onBeforeSign'
> {
  /** A client made elsewhere by `createPushChat`; the other props but `children` are then not read. */
  readonly client?: PushChatClient | undefined;
  /** Drawn at once, whether a wallet is connected or not. */
  readonly children?: ReactNode;
}

/**
 * Gives its children one client, and keeps it live while mounted. Of everything but `signer` and
 * `onBeforeSign` a new value makes a new client, so pass values that stay the same between renders. A new `signer` object for the same account keeps the session.
 * @throws {PushChatError} `InvalidConfig`, `WalletUnsupported`
 * @example <PushChatProvider signer={signer} env="prod"><ChatWindow peer="0x…" /></PushChatProvider>
 */
export function PushChatProvider(props: PushChatProviderProps): ReactNode {
  const {
    client: given,
    node,
    env,
    transport,
    logger,
    storage,
    keys,
    keepUnlocked,
    readReceipts,
    autoLockMs,
    chains,
    readOnChain,
    checkWallet,
    keyType,
    requireGesture,
    children,
  } = props;
  const { onBeforeSign } = props;
  const signer = useFollowedSigner(props.signer);
  // Pages pass a new function with each render, which is no reason for a new client.
  const explain = useMemo(() => createStore<PushChatConfig['onBeforeSign']>(undefined), []);
  useEffect(() => {
    explain.set(onBeforeSign);
  }, [explain, onBeforeSign]);
  const client = useMemo(
    () =>
      given ??
      lazyPushChat({
        ...{ signer, node, env, transport, logger, storage, keys, keepUnlocked, readReceipts, autoLockMs },
        ...{ chains, readOnChain, checkWallet, keyType, requireGesture },
        onBeforeSign: (prompt) => explain.get()?.(prompt),
      }),
    // A client outlives its first signer: wallets make new objects for the same account.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [
      given,
      node,
      env,
      transport,
      logger,
      storage,
      keys,
      keepUnlocked,
      readReceipts,
      autoLockMs,
      chains,
      readOnChain,
      checkWallet,
      keyType,
      requireGesture,
    ],
  );
  useEffect(() => {
    if (!given) void client.setSigner(signer);
  }, [given, client, signer]);
  // Starting and stopping is counted by the client, so that several providers of one client share one connection.
  useEffect(() => client.start(), [client]);
  return <PushChatContext.Provider value={client}>{children}</PushChatContext.Provider>;
}
