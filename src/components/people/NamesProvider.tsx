import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { addressOf, isDid, sameDid, type Did } from '../../protocol/did.ts';
import { isGroupId, type Peer } from '../../protocol/peer.ts';

/** Where names and pictures of accounts come from, such as ENS. */
export interface Names {
  /** The name that an address goes by; null for none. It is shown only if `addressOf` leads back to the address. */
  readonly nameOf?: (address: string) => Promise<string | null>;
  /** The address that a name stands for; null for none. */
  readonly addressOf?: (name: string) => Promise<string | null>;
  /** A picture, as a `data:` URL or an address that the host lets its users’ browsers call; null for none. */
  readonly avatarOf?: (address: string) => Promise<string | null>;
}

const NamesContext = /* @__PURE__ */ createContext<Names | null>(null);

export interface NamesProviderProps {
  /** Keep it the same from render to render: another object looks everything up anew. */
  readonly names: Names;
  readonly children?: ReactNode;
}

/**
 * Gives everything in it names and pictures of accounts. Strangers’ requests never use them.
 * @example <NamesProvider names={{ nameOf: (address) => provider.lookupAddress(address), addressOf: (name) => provider.resolveName(name) }}>
 */
export function NamesProvider({ names, children }: NamesProviderProps): ReactNode {
  return <NamesContext.Provider value={names}>{children}</NamesContext.Provider>;
}

/** The resolvers of the host; null without any. */
export const useNames = (): Names | null => useContext(NamesContext);

/** What the host knows of an account. */
export interface Person {
  readonly name: string | null;
  readonly avatar: string | null;
}

const NOBODY: Person = { name: null, avatar: null };
const LONGEST_NAME = 255;

/** Asked once for each account, whoever shows it. */
const asked = new WeakMap<Names, Map<Did, Promise<Person>>>();

/** What the host knows of an account; asked once. */
export function personOf(names: Names, did: Did): Promise<Person> {
  const known = asked.get(names) ?? new Map<Did, Promise<Person>>();
  asked.set(names, known);
  const before = known.get(did);
  if (before) return before;
  const address = addressOf(did);
  const person = address === undefined ? Promise.resolve(NOBODY) : ask(names, address);
  known.set(did, person);
  return person;
}

/** A resolver that fails is one that knows nothing. */
async function ask(names: Names, address: string): Promise<Person> {
  const [name, avatar] = await Promise.all([
    checkedName(names, address).catch(() => null),
    names.avatarOf?.(address).catch(() => null) ?? null,
  ]);
  return { name, avatar };
}

/** Anybody can claim any name for their address; only the name's owner can point it there (security UI-09). */
async function checkedName({ nameOf, addressOf: forward }: Names, address: string): Promise<string | null> {
  const name = (await nameOf?.(address)) ?? null;
  if (name === null || name === '' || name.length > LONGEST_NAME || !forward) return null;
  const back = await forward(name);
  return back !== null && isDid(back) && sameDid(back, address) ? name : null;
}

/** What the host knows of an account; nothing until it has answered. */
export function usePerson(peer: Peer): Person {
  const names = useNames();
  const [found, setFound] = useState<{ readonly peer: Peer; readonly person: Person }>();
  useEffect(() => {
    if (!names || isGroupId(peer)) return;
    let current = true;
    void personOf(names, peer).then((person) => {
      if (current) setFound({ peer, person });
    });
    return () => {
      current = false;
    };
  }, [names, peer]);
  return names && found?.peer === peer ? found.person : NOBODY;
}
