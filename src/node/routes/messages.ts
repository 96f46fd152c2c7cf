import { encodeBlock } from '../../protocol/cid.ts';
import { PushChatError } from '../../errors.ts';
import { isChatId } from '../../protocol/did.ts';
import { DEFAULT_FETCH_LIMIT, MAX_FETCH_LIMIT, MAX_GROUP_BYTES } from '../../protocol/limits.ts';
import { isMessageId } from '../../protocol/messageId.ts';
import type { StoredMessage } from '../../protocol/payload.ts';
import { routes } from '../../protocol/routes.ts';
import { admitMessage, type Admission } from '../admitMessage.ts';
import { acceptRequest, rejectRequest } from '../answerRequest.ts';
import type { NodeContext } from '../context.ts';
import { admitGroupMessage } from '../groups/admitGroupMessage.ts';
import { acceptInvitation, rejectInvitation } from '../groups/answerInvitation.ts';
import { historyOf } from '../readChats.ts';
import { readJson } from '../readJson.ts';
import { requireBlock } from '../tables/messages.ts';
import { pathValue, queryNumber, type Bind } from './answer.ts';

const RAW = 'application/vnd.ipld.raw';

/** Messages and answers to requests, and the blocks that they become (protocol 3, 4.4, 4.5). */
export function bindMessages(bind: Bind, node: NodeContext): void {
  bind(routes.sendRequest(), async (context) =>
    context.json(await post(node, await readJson(context.req.raw), 'request'), 201),
  );

  bind(routes.sendMessage(), async (context) =>
    context.json(await post(node, await readJson(context.req.raw), 'message'), 201),
  );

  bind(routes.acceptRequest(), async (context) =>
    context.json(await accept(node, await readJson(context.req.raw, MAX_GROUP_BYTES)), 201),
  );

  bind(routes.rejectRequest(), async (context) => {
    const input = await readJson(context.req.raw);
    await (isToGroup(input) ? rejectInvitation(node, input) : rejectRequest(node, input));
    return context.json({ success: true });
  });

  bind(routes.history(':id', 0), async (context) => {
    const cid = parseId(pathValue(context, 'id'));
    const limit = queryNumber(context, 'fetchLimit', DEFAULT_FETCH_LIMIT, MAX_FETCH_LIMIT);
    return context.json(await node.store.read((rows) => historyOf(rows, cid, limit, node.warn)));
  });

  bind(routes.message(':id'), async (context) => {
    const cid = parseId(pathValue(context, 'id'));
    const block = await node.store.read((rows) => requireBlock(rows, cid));
    const raw = context.req.query('format') === 'raw' || context.req.header('accept')?.includes(RAW);
    context.header('cache-control', 'public, max-age=29030400, immutable');
    context.header('vary', 'accept');
    if (!raw) return context.json({ ...block, cid });
    return context.body(new Uint8Array(encodeBlock(block)), 200, { 'content-type': RAW });
  });
}

/** Groups are addressed by their chat id, accounts by theirs. */
function isToGroup(input: unknown): boolean {
  const to = typeof input === 'object' && input !== null && 'toDID' in input ? input.toDID : undefined;
  return typeof to === 'string' && isChatId(to);
}

const post = (node: NodeContext, input: unknown, admission: Admission): Promise<StoredMessage> =>
  isToGroup(input) ? admitGroupMessage(node, input) : admitMessage(node, input, admission);

const accept = (node: NodeContext, input: unknown): Promise<string> =>
  isToGroup(input) ? acceptInvitation(node, input) : acceptRequest(node, input);

function parseId(text: string): string {
  if (!isMessageId(text)) throw new PushChatError('PayloadMalformed', 'This is not the id of a message.');
  return text;
}
