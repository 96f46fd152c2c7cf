import { CarWriter } from '@ipld/car';
import type { Context } from 'hono';
import { CID } from 'multiformats/cid';
import { PushChatError } from '../../errors.ts';
import { encodeBlock } from '../../protocol/cid.ts';
import { isCid } from '../../protocol/messageId.ts';
import type { Route } from '../../protocol/routes.ts';
import type { NodeContext } from '../context.ts';
import { requireBlock } from '../tables/messages.ts';
import { pathValue, type Bind } from './answer.ts';

const GATEWAY: Route = { method: 'GET', path: '/ipfs/:id' };

const TYPES = { raw: 'application/vnd.ipld.raw', car: 'application/vnd.ipld.car' } as const;
type Format = keyof typeof TYPES;

/**
 * Serves the blocks of messages to every IPFS client, as bytes that it checks by their CID (IPFS trustless gateway
 * specification). A message names the one before as text, not as a link, so its archive is the one block.
 */
export function bindGateway(bind: Bind, node: NodeContext): void {
  bind(GATEWAY, async (context) => {
    const cid = pathValue(context, 'id');
    if (!isCid(cid)) throw new PushChatError('PayloadMalformed', 'This is not the CID of a message.');
    const format = formatOf(context);
    const bytes = encodeBlock(await node.store.read((rows) => requireBlock(rows, cid)));
    const etag = `"${cid}.${format}"`;
    const headers = {
      'content-type': format === 'car' ? `${TYPES.car}; version=1; order=dfs; dups=n` : TYPES.raw,
      'content-disposition': `attachment; filename="${cid}.${format === 'car' ? 'car' : 'bin'}"`,
      'cache-control': 'public, max-age=29030400, immutable',
      'x-ipfs-path': `/ipfs/${cid}`,
      'x-ipfs-roots': cid,
      vary: 'accept',
      etag,
    };
    if (context.req.header('if-none-match') === etag) return context.body(null, 304, headers);
    return context.body(new Uint8Array(format === 'car' ? await archiveOf(cid, bytes) : bytes), 200, headers);
  });
}

/** The query counts before the header. */
function formatOf({ req }: Context): Format {
  const asked = req.query('format');
  const accepted = req.header('accept') ?? '';
  for (const format of ['raw', 'car'] as const) {
    if (asked === format || (asked === undefined && accepted.includes(TYPES[format]))) return format;
  }
  throw new PushChatError('PayloadMalformed', 'Ask for `format=raw` or `format=car`: nothing here has to be trusted.');
}

async function archiveOf(cid: string, bytes: Uint8Array): Promise<Uint8Array> {
  const root = CID.parse(cid);
  const { writer, out } = CarWriter.create([root]);
  const written = writer.put({ cid: root, bytes }).then(() => writer.close());
  const parts: Uint8Array[] = [];
  for await (const part of out) parts.push(part);
  await written;
  return new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
}
