import { useCallback } from 'react';
import type { Identity, ThreadItem } from '../client/state.ts';
import type { PortableProof } from '../protocol/portableProof.ts';
import type { Verification } from '../protocol/verification.ts';
import { useAction, type ActionState } from './useAction.ts';
import { usePushChat } from './usePushChat.ts';
import { useStore } from './useStore.ts';

/** How a message was judged, and what is known of who signed it. */
export interface VerificationView {
  /** Undefined for a message that no node has yet. */
  readonly verification: Verification | undefined;
  /** What this device knows of the signer's keys; undefined where no wallet vouched for one. */
  readonly signer: Identity | undefined;
  /** Makes evidence of it that anybody can check without a node; resolves to undefined when that failed. */
  readonly exportProof: () => Promise<PortableProof | undefined>;
  readonly exportState: ActionState;
}

/**
 * Why a message is shown as it is.
 * @example const { verification, exportProof } = useVerification(item);
 */
export function useVerification({ id, verification }: ThreadItem): VerificationView {
  const client = usePushChat();
  const did = verification?.signer;
  const signer = useStore((state) => (did == null ? undefined : state.identities[did]));
  const [exportState, exportProof] = useAction(useCallback(() => client.exportProof(id), [client, id]));
  return { verification, signer, exportProof, exportState };
}
