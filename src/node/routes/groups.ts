import { PushChatError } from '../../errors.ts';
import { isChatId, parseDid } from '../../protocol/did.ts';
import { numberOf, objectOf, stringOf } from '../../protocol/fields.ts';
import { MAX_GROUP_BYTES } from '../../protocol/limits.ts';
import { routes } from '../../protocol/routes.ts';
import type { Context } from 'hono';
import type { NodeContext } from '../context.ts';
import { createGroup, createGroupV1 } from '../groups/createGroup.ts';
import { judgeRules } from '../groups/checkRules.ts';
import { actPage } from '../groups/actPage.ts';
import { infoOf } from '../groups/groupInfo.ts';
import { groupWithMembers, keyPage, memberCounts, memberPage, memberStatus } from '../groups/readGroups.ts';
import { updateGroup, updateGroupV1 } from '../groups/updateGroup.ts';
import { updateMembers } from '../groups/updateMembers.ts';
import { readJson } from '../readJson.ts';
import type { Page } from '../tables/chats.ts';
import { memberOf, requireGroup, searchNames, secretOf, type MemberFilter } from '../tables/groups.ts';
import { pageIn, pathValue, type Bind } from './answer.ts';

/** With their profiles. */
const MAX_MEMBERS = 100;
/** With their keys; the official client asks for so many. */
const MAX_KEYS = 5_000;
const MAX_FOUND = 30;

/** Groups: making and changing them, and reading who is in them (protocol 5). */
export function bindGroups(bind: Bind, node: NodeContext): void {
  bindChanges(bind, node);
  bindReads(bind, node);
  bindMembers(bind, node);
}

function bindChanges(bind: Bind, node: NodeContext): void {
  bind(routes.createGroup(), async (context) => context.json(await createGroup(node, await readJson(context.req.raw))));
  bind(routes.createGroupV1(), async (context) =>
    context.json(await createGroupV1(node, await readJson(context.req.raw))),
  );
  bind(routes.updateGroupV1(':chatId'), async (context) =>
    context.json(await updateGroupV1(node, chatIdIn(context), await readJson(context.req.raw))),
  );
  bind(routes.updateMembers(':chatId'), async (context) =>
    context.json(await updateMembers(node, chatIdIn(context), await readJson(context.req.raw, MAX_GROUP_BYTES))),
  );
  bind(routes.updateGroupProfile(':chatId'), async (context) => {
    const change = { verb: 'groupProfile', chatId: chatIdIn(context) } as const;
    return context.json(await updateGroup(node, change, await readJson(context.req.raw)));
  });
  bind(routes.updateGroupConfig(':chatId'), async (context) => {
    const change = { verb: 'groupConfig', chatId: chatIdIn(context) } as const;
    return context.json(await updateGroup(node, change, await readJson(context.req.raw)));
  });
}

function bindReads(bind: Bind, node: NodeContext): void {
  bind(routes.group(':chatId'), async (context) =>
    context.json(infoOf(await node.store.read((rows) => requireGroup(rows, chatIdIn(context))))),
  );

  bind(routes.groupWithMembers(':chatId'), async (context) => {
    const chatId = chatIdIn(context);
    return context.json(
      await node.store.read(async (rows) => groupWithMembers(rows, await requireGroup(rows, chatId))),
    );
  });

  bind(routes.searchGroups(), async (context) => {
    const fields = objectOf(await readJson(context.req.raw), 'body');
    const [number, limit] = [numberOf(fields, 'pageNumber'), numberOf(fields, 'pageSize')];
    if (![number, limit].every((value) => Number.isInteger(value) && value > 0) || limit > MAX_FOUND) {
      throw new PushChatError('PayloadMalformed', `\`pageSize\` must be from 1 to ${MAX_FOUND}.`);
    }
    const words = stringOf(fields, 'searchTerm', 100);
    const page = { offset: (number - 1) * limit, limit };
    const groups = await node.store.read(async (rows) => {
      const found: object[] = [];
      for (const chatId of await searchNames(rows, words, page)) {
        found.push(await groupWithMembers(rows, await requireGroup(rows, chatId), 1));
      }
      return found;
    });
    return context.json(groups);
  });

  bind(routes.groupAccess(':chatId', ':did'), async (context) => {
    const did = parseDid(pathValue(context, 'did'));
    const chatId = chatIdIn(context);
    const standing = await node.store.read(async (rows) => ({
      group: await requireGroup(rows, chatId),
      member: await memberOf(rows, chatId, did),
      did,
    }));
    const [entry, chat] = [await judgeRules(node, standing, 'entry'), await judgeRules(node, standing, 'chat')];
    const open = standing.group.profile.isPublic || standing.member !== undefined;
    const rules = {
      ...(entry && { entry: { conditions: entry.conditions } }),
      ...(chat && { chat: { conditions: chat.conditions } }),
    };
    return context.json({ entry: entry?.access ?? open, chat: chat?.access ?? true, rules });
  });

  bind(routes.groupActs(':chatId', ''), async (context) => {
    const chatId = chatIdIn(context);
    const after = context.req.query('after') ?? '';
    if (!/^[0-9a-f|]{0,120}$/.test(after)) throw wrong('after');
    return context.json(await node.store.read((rows) => actPage(rows, chatId, after)));
  });

  bind(routes.groupSecret(':sessionKey'), async (context) => {
    const sessionKey = pathValue(context, 'sessionKey');
    const encryptedSecret = await node.store.read((rows) => secretOf(rows, sessionKey));
    // The wire has no status of its own for this (protocol 4.1).
    if (encryptedSecret === undefined) throw new PushChatError('PayloadMalformed', 'There is no such session key.');
    return context.json({ encryptedSecret });
  });
}

function bindMembers(bind: Bind, node: NodeContext): void {
  bind(routes.groupKeys(':chatId', 1, 1), async (context) => {
    const [chatId, page] = [chatIdIn(context), membersPage(context, MAX_KEYS)];
    const members = await node.store.read(async (rows) => {
      await requireGroup(rows, chatId);
      return keyPage(rows, chatId, page);
    });
    return context.json({ members });
  });

  bind(routes.groupCounts(':chatId'), async (context) => {
    const chatId = chatIdIn(context);
    const totalMembersCount = await node.store.read(async (rows) =>
      memberCounts(rows, await requireGroup(rows, chatId)),
    );
    return context.json({ totalMembersCount });
  });

  bind(routes.memberStatus(':chatId', ':did'), async (context) => {
    const did = parseDid(pathValue(context, 'did'));
    const chatId = chatIdIn(context);
    return context.json(
      await node.store.read(async (rows) => {
        await requireGroup(rows, chatId);
        return memberStatus(rows, chatId, did);
      }),
    );
  });

  bind(routes.groupMembers(':chatId', 1, 1), async (context) => {
    const chatId = chatIdIn(context);
    const [filter, page] = [filterIn(context), membersPage(context, MAX_MEMBERS)];
    const members = await node.store.read(async (rows) => {
      await requireGroup(rows, chatId);
      return memberPage(rows, chatId, filter, page);
    });
    return context.json({ members });
  });
}

function chatIdIn(context: Context): string {
  const chatId = pathValue(context, 'chatId');
  if (!isChatId(chatId)) throw new PushChatError('PayloadMalformed', 'This is not the id of a group.');
  return chatId;
}

const membersPage = (context: Context, max: number): Page =>
  pageIn(context, { number: 'pageNumber', size: 'pageSize', byDefault: 20, max });

function filterIn(context: Context): MemberFilter {
  const [pending, role] = [context.req.query('pending'), context.req.query('role')?.toLowerCase()];
  if (pending !== undefined && pending !== 'true' && pending !== 'false') throw wrong('pending');
  if (role !== undefined && role !== 'admin' && role !== 'member') throw wrong('role');
  return { role, accepted: pending === undefined ? undefined : pending === 'false' };
}

const wrong = (name: string): PushChatError =>
  new PushChatError('PayloadMalformed', `\`${name}\` is none of its possible values.`);
