import { PushChatError } from '../errors.ts';
import { parseDid, type Did } from '../protocol/did.ts';
import { parseAccess } from '../protocol/groups/accessRules.ts';
import { isGroupId, type GroupId } from '../protocol/peer.ts';
import { routes } from '../protocol/routes.ts';
import { createGroup } from './actions/groups/createGroup.ts';
import { loadMembers } from './actions/groups/loadMembers.ts';
import { addMembers, joinGroup, leaveGroup, removeMembers, renewSecret, setRole } from './actions/groups/membership.ts';
import { updateGroup } from './actions/groups/updateGroup.ts';
import { requireAccount, type ClientContext } from './context.ts';
import { agreeTo } from './groups/lockFor.ts';
import { readGroup } from './groups/readGroup.ts';
import type { GroupCommands } from './PushChatClient.ts';

/** The commands of groups, over the session of now. */
export const groupCommands = (client: () => ClientContext): GroupCommands => ({
  create: async (group) => createGroup(client(), group),
  load: async (chatId) => {
    await readGroup(client(), idOf(chatId));
  },
  loadMembers: async (chatId, page) => loadMembers(client(), idOf(chatId), page),
  update: async (chatId, changes) => updateGroup(client(), idOf(chatId), changes),
  addMembers: async (chatId, accounts, role) => addMembers(client(), idOf(chatId), didsOf(accounts), role),
  removeMembers: async (chatId, accounts, options) => removeMembers(client(), idOf(chatId), didsOf(accounts), options),
  setRole: async (chatId, accounts, role) => setRole(client(), idOf(chatId), didsOf(accounts), role),
  join: async (chatId, options) => joinGroup(client(), idOf(chatId), options),
  leave: async (chatId, options) => leaveGroup(client(), idOf(chatId), options),
  renewSecret: async (chatId, options) => renewSecret(client(), idOf(chatId), options),
  acceptMembers: async (chatId, names) => agreeTo(client(), idOf(chatId), names),
  access: async (chatId) => {
    const context = client();
    const { did } = requireAccount(context);
    const { transport } = context;
    return parseAccess(await transport.request(routes.groupAccess(idOf(chatId), did)), transport.host);
  },
});

const didsOf = (accounts: readonly string[]): Did[] => accounts.map(parseDid);

function idOf(chatId: string): GroupId {
  if (isGroupId(chatId)) return chatId;
  throw new PushChatError('InvalidAddress', 'This is not the chat id of a group: use its 64 hex digits.');
}
