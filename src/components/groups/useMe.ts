import { useStore } from '../../hooks/useStore.ts';
import type { Did } from '../../protocol/did.ts';

/** This account, and the name that its profile has; undefined while it is locked. */
export function useMe(): { readonly did: Did; readonly name: string | null } | undefined {
  const did = useStore(({ session }) => (session.status === 'ready' ? session.did : undefined));
  const name = useStore(({ profiles }) => (did === undefined ? null : (profiles[did]?.name ?? null)));
  return did === undefined ? undefined : { did, name };
}
