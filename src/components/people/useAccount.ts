import { useProfile } from '../../hooks/useProfile.ts';
import { useStore } from '../../hooks/useStore.ts';
import { isGroupId, type Peer } from '../../protocol/peer.ts';
import { accountName } from '../shared/accountName.ts';
import { usePerson } from './NamesProvider.tsx';

/** How an account is shown. */
export interface Account {
  readonly name: string;
  readonly picture: string | null;
}

/** The name and picture of an account: the host's word first, then its own profile's, then its address. Of a group, its own. */
export function useAccount(peer: Peer): Account {
  const profile = useProfile(peer);
  const person = usePerson(peer);
  const group = useStore(({ groups }) => (isGroupId(peer) ? groups[peer] : undefined));
  if (isGroupId(peer)) return { name: accountName(peer, group?.name), picture: group?.picture ?? null };
  return { name: accountName(peer, person.name ?? profile?.name), picture: person.avatar ?? profile?.picture ?? null };
}
