import type { Context, Hono } from 'hono';
import { PushChatError } from '../../errors.ts';
import { parseChallenge } from '../../protocol/challenge.ts';
import { isChatId, parseDid, type Did } from '../../protocol/did.ts';
import { objectOf, stringOf } from '../../protocol/fields.ts';
import { MAX_ARMOR } from '../../protocol/limits.ts';
import { routes } from '../../protocol/routes.ts';
import type { Auth } from '../auth.ts';
import type { NodeContext } from '../context.ts';
import { mayReadThread } from '../mayRead.ts';
import { readJson } from '../readJson.ts';
import { positionOf } from '../tables/messages.ts';
import { hostOf, pathValue, type Bind } from './answer.ts';

/** Proving who one is, for a token to read with. */
export function bindAuth(bind: Bind, auth: Auth): void {
  bind(routes.challenge(), async (context) => {
    const fields = objectOf(await readJson(context.req.raw), 'body');
    return context.json(await auth.challenge(parseDid(stringOf(fields, 'did')), hostOf(context)));
  });

  bind(routes.signIn(), async (context) => {
    const fields = objectOf(await readJson(context.req.raw), 'body');
    const token = await auth.signIn(parseChallenge(fields['challenge']), stringOf(fields, 'answer', MAX_ARMOR));
    return context.json(token, 201);
  });
}

/**
 * Lets accounts read what is theirs and nobody else anything (security ND-14). What is not the caller's is answered
 * like what is not there. Accounts' public records are for everybody who is somebody: without the wrapped key in them
 * nobody could check whose key they hold.
 */
export function guardReads(app: Hono, node: NodeContext, auth: Auth): void {
  const guard = (path: string, mayRead: (reader: Did, context: Context) => boolean | Promise<boolean>): void => {
    for (const pattern of [path, path.replace('/v1/chat/', '/v1/w2w/')]) {
      app.use(pattern, async (context: Context, next) => {
        // Writes carry their own proof.
        if (context.req.method === 'GET' || context.req.method === 'HEAD' || isQuery(context)) {
          const reader = await readerOf(context, auth);
          if (!(await mayRead(reader, context))) throw new PushChatError('NotFound', 'There is nothing here for you.');
        }
        await next();
      });
    }
  };
  const isReader = (reader: Did, context: Context): boolean => parseDid(pathValue(context, 'did')) === reader;
  const inThread = (name: string) => async (reader: Did, context: Context) => {
    const place = await node.store.read((rows) => positionOf(rows, pathValue(context, name)));
    return place !== undefined && mayReadThread(node, reader, place.thread, 'messages');
  };
  const inGroup = async (reader: Did, context: Context): Promise<boolean> =>
    !isChatId(pathValue(context, 'chatId')) || mayReadThread(node, reader, pathValue(context, 'chatId'), 'group');

  guard('/apis/v2/users/*', () => true);
  guard('/apis/v1/chat/users/:did/*', isReader);
  guard('/apis/v1/chat/:recipient/address/:did', isReader);
  guard('/apis/v1/chat/conversationhash/:id', inThread('id'));
  guard('/apis/v1/ipfs/:id', inThread('id'));
  guard('/ipfs/:id', inThread('id'));
  guard('/apis/v1/chat/groups/:chatId/*', inGroup);
  guard('/apis/v2/chat/groups/:chatId/*', inGroup);
  guard('/apis/v1/chat/encryptedsecret/*', () => true);
  guard('/apis/v1/users/:did/*', isReader);
  guard('/apis/v1/channels/:did/subscribers', isReader);
  guard('/apis/v1/channels/*', () => true);
}

/** Posts that ask and change nothing. */
const isQuery = ({ req }: Context): boolean => req.path.endsWith('/batch') || req.path.endsWith('/search');

async function readerOf(context: Context, auth: Auth): Promise<Did> {
  const token = /^Bearer (.+)$/.exec(context.req.header('authorization') ?? '')?.[1];
  const reader = token === undefined ? undefined : await auth.readToken(token);
  if (reader === undefined) {
    throw new PushChatError('AuthRequired', `Prove who you are first: POST ${routes.challenge().path}.`);
  }
  return reader;
}
