import { routes } from '../../protocol/routes.ts';
import type { NodeContext } from '../context.ts';
import { changeDevice } from '../push/changeDevice.ts';
import type { PushService } from '../push/pushService.ts';
import { readJson } from '../readJson.ts';
import { hostOf, type Bind } from './answer.ts';

/** Web Push: the key of this node, and what accounts say about their devices. An addition of this library to the wire. */
export function bindPush(bind: Bind, node: NodeContext, service: PushService): void {
  bind(routes.pushKey(), (context) => Promise.resolve(context.json({ publicKey: service.publicKey })));
  bind(routes.devicePush(), async (context) => {
    await changeDevice(node, service, { input: await readJson(context.req.raw), host: hostOf(context) });
    return context.body(null, 204);
  });
}
