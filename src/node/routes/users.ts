import { PushChatError } from '../../errors.ts';
import { parseDid } from '../../protocol/did.ts';
import { arrayOf, malformed, objectOf } from '../../protocol/fields.ts';
import { MAX_BATCH } from '../../protocol/limits.ts';
import { routes } from '../../protocol/routes.ts';
import type { NodeContext } from '../context.ts';
import { readJson } from '../readJson.ts';
import { updateProfile } from '../saveProfile.ts';
import { createUser, updateKeys } from '../saveUser.ts';
import { userOf } from '../tables/users.ts';
import { pathValue, type Bind } from './answer.ts';

/** Accounts: their keys, profiles and block lists (protocol 2). */
export function bindUsers(bind: Bind, node: NodeContext): void {
  bind(routes.user(''), async (context) => {
    const did = parseDid(context.req.query('caip10') ?? context.req.query('did') ?? '');
    return context.json(await node.store.read(async (rows) => (await userOf(rows, did)) ?? null));
  });

  bind(routes.users(), async (context) => {
    const dids = arrayOf(objectOf(await readJson(context.req.raw), 'body'), 'userIds', MAX_BATCH, (item, path) => {
      if (typeof item !== 'string') throw malformed(path);
      return parseDid(item);
    });
    if (new Set(dids).size !== dids.length)
      throw new PushChatError('PayloadMalformed', '`userIds` names an account twice.');
    const found = await node.store.read((rows) => Promise.all(dids.map((did) => userOf(rows, did))));
    const users = found.filter((user) => user !== undefined);
    return context.json({ users, countFound: users.length, countNotFound: dids.length - users.length });
  });

  bind(routes.createUser(), async (context) =>
    context.json(await createUser(node, await readJson(context.req.raw)), 201),
  );

  bind(routes.updateKeys(':did'), async (context) =>
    context.json(await updateKeys(node, pathValue(context, 'did'), await readJson(context.req.raw))),
  );

  bind(routes.updateProfile(':did'), async (context) =>
    context.json(await updateProfile(node, pathValue(context, 'did'), await readJson(context.req.raw)), 201),
  );
}
