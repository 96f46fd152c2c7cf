import { useProfile } from '../../hooks/useProfile.ts';
import type { Did } from '../../protocol/did.ts';
import { accountName } from '../shared/accountName.ts';
import { usePerson } from './NamesProvider.tsx';

/** How an account is shown. */
export interface Account {
  readonly name: string;
  readonly picture: string | null;
}

/** The name and picture of an account: the host's word first, then its own profile's, then its address. */
export function useAccount(did: Did): Account {
  const profile = useProfile(did);
  const person = usePerson(did);
  return { name: accountName(did, person.name ?? profile?.name), picture: person.avatar ?? profile?.picture ?? null };
}
