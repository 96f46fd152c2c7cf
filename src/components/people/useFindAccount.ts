import { useSession } from '../../hooks/useSession.ts';
import { isDid, parseDid, sameDid, type Did } from '../../protocol/did.ts';
import { useNames } from './NamesProvider.tsx';

/** An account, or why there is none. */
export type FoundAccount = { readonly did: Did } | { readonly problem: 'invalid' | 'self' | 'unknown' };

/** Looks another account up by its address, or by a name where the host can tell whose it is. */
export function useFindAccount(): (text: string) => Promise<FoundAccount> {
  const { session } = useSession();
  const names = useNames();
  const me = session.status === 'ready' ? session.did : undefined;
  return async (text) => {
    const wanted = text.trim();
    if (isDid(wanted)) return me && sameDid(me, wanted) ? { problem: 'self' } : { did: parseDid(wanted) };
    if (!names?.addressOf || !wanted.includes('.')) return { problem: 'invalid' };
    const address = await names.addressOf(wanted).catch(() => null);
    if (address === null || !isDid(address)) return { problem: 'unknown' };
    return me && sameDid(me, address) ? { problem: 'self' } : { did: parseDid(address) };
  };
}
