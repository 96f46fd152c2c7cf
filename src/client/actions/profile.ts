import { PushChatError } from '../../errors.ts';
import { isDid, parseDid, sameDid, type Did } from '../../protocol/did.ts';
import { parseUser } from '../../protocol/parseAnswer.ts';
import type { WireUser } from '../../protocol/payload.ts';
import { routes } from '../../protocol/routes.ts';
import type { ProfileFields } from '../../protocol/signProof.ts';
import { requireAccount, type ClientContext } from '../context.ts';
import type { KnownUser } from '../keyring.ts';
import type { ProfileChanges } from '../PushChatClient.ts';
import type { Profile } from '../state.ts';
import { levelOf, readRelation } from './loadHistory.ts';

const PICTURE = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+=*$/;

/** Reads an account's profile; null when it has never used Push Chat. */
export async function getProfile(client: ClientContext, did: Did): Promise<Profile | null> {
  const known = await client.keyring.find(did);
  if (!known) return null;
  const profile = profileOf(did, known);
  client.dispatch({ type: 'profileLoaded', profile });
  return profile;
}

function profileOf(did: Did, { user, key }: KnownUser): Profile {
  const { name, desc, picture } = user.profile;
  return {
    did,
    name: name || null,
    about: desc || null,
    picture: picture !== null && PICTURE.test(picture) ? picture : null,
    key: levelOf(key),
    blocked: blockedBy(user),
  };
}

const blockedBy = ({ profile }: WireUser): Did[] => (profile.blockedUsersList ?? []).filter(isDid).map(parseDid);

/** Changes name, about or picture of the own profile; what is not named stays, the block list too. */
export async function updateProfile(client: ClientContext, changes: ProfileChanges): Promise<Profile> {
  return change(client, ({ profile }) => ({
    name: changes.name === undefined ? profile.name : changes.name,
    desc: changes.about === undefined ? profile.desc : changes.about,
    picture: changes.picture === undefined ? profile.picture : changes.picture,
    blockedUsersList: profile.blockedUsersList ?? [],
  }));
}

/** Blocks an account on the node: neither side can write to the other any more. The list otherwise stays. */
export async function blockUser(client: ClientContext, peer: Did): Promise<void> {
  await changeBlocked(client, (blocked) => [...blocked.filter((entry) => !sameDid(entry, peer)), peer]);
  client.dispatch({ type: 'relationChanged', peer, relation: 'blocked' });
}

/** Takes one account off the block list. The list otherwise stays. */
export async function unblockUser(client: ClientContext, peer: Did): Promise<void> {
  await changeBlocked(client, (blocked) => blocked.filter((entry) => !sameDid(entry, peer)));
  await readRelation(client, peer);
}

async function changeBlocked(
  client: ClientContext,
  next: (blocked: readonly string[]) => readonly string[],
): Promise<void> {
  await change(client, ({ profile: { name, desc, picture, blockedUsersList } }) => ({
    name,
    desc,
    picture,
    blockedUsersList: next(blockedUsersList ?? []),
  }));
}

/** One update at a time, each over the profile as it then is: two at once would undo one another. */
const updates = new WeakMap<ClientContext, Promise<unknown>>();

function change(client: ClientContext, next: (own: WireUser) => ProfileFields): Promise<Profile> {
  const update = async (): Promise<Profile> => {
    const { did, keys } = requireAccount(client);
    const own = (await client.keyring.refresh(did))?.user;
    if (!own) throw new PushChatError('NotFound', 'The Push Node does not know this account.');
    const body = await keys.signProfile(next(own), client.now());
    parseUser(await client.transport.request(routes.updateProfile(own.did), body));
    return readOwnProfile(client);
  };
  const done = (updates.get(client) ?? Promise.resolve()).then(update, update);
  updates.set(
    client,
    done.catch(() => undefined),
  );
  return done;
}

/** Reads the own profile anew, and with it whom this account blocks. */
export async function readOwnProfile(client: ClientContext): Promise<Profile> {
  const { did } = requireAccount(client);
  const known = await client.keyring.refresh(did);
  if (!known) throw new PushChatError('NotFound', 'The Push Node does not know this account.');
  const profile = profileOf(did, known);
  client.dispatch({ type: 'profileLoaded', profile });
  client.dispatch({ type: 'blockedChanged', blocked: profile.blocked });
  return profile;
}
