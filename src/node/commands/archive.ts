import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CarWriter } from '@ipld/car';
import { CarIndexedReader } from '@ipld/car/indexed-reader';
import { CID } from 'multiformats/cid';
import { asPushChatError, PushChatError } from '../../errors.ts';
import { decodeBlock, encodeBlock } from '../../protocol/cid.ts';
import { createOfflineNode } from '../offlineNode.ts';
import { applyEntry } from '../replication/applyEntry.ts';
import { parseAct } from '../replication/journalPage.ts';
import type { NodeStore } from '../store/store.ts';
import { journalAfter, type NumberedEntry } from '../tables/journal.ts';
import { requireBlock } from '../tables/messages.ts';
import { openHome } from './openHome.ts';
import type { Options } from './options.ts';
import { chainsOf } from './run.ts';

const PAGE = 200;

/**
 * Writes all that a node keeps to two files: `FILE.car`, an archive of its blocks as every IPFS tool reads it, and
 * `FILE.jsonl`, its acts in their order, a line each. Encrypted messages are in the archive alone.
 */
export async function exportArchive(options: Options, file: string): Promise<number> {
  const store = await openHome(options, { mustExist: true });
  try {
    const { writer, out } = CarWriter.create([]);
    const archived = pipeline(Readable.from(out), createWriteStream(`${file}.car`));
    let count = 0;
    const lines = async function* (): AsyncGenerator<string> {
      for await (const entry of journalOf(store)) {
        const { cid, body, ...rest } = entry;
        if (cid !== undefined) {
          const bytes = encodeBlock(await store.read((rows) => requireBlock(rows, cid)));
          await writer.put({ cid: CID.parse(cid), bytes });
        }
        count += 1;
        yield `${JSON.stringify({ ...rest, cid, ...(!isInBlock(entry) && { body }) })}\n`;
      }
      await writer.close();
    };
    await Promise.all([archived, pipeline(Readable.from(lines()), createWriteStream(`${file}.jsonl`))]);
    process.stdout.write(`${count} acts in ${file}.car and ${file}.jsonl.\n`);
    return 0;
  } finally {
    await store.close();
  }
}

/**
 * Takes what `exportArchive` wrote, every act as though it had been posted: what does not pass every check is left out
 * and said. Taking the same again changes nothing.
 * @returns the exit code: 1 when something was left out
 */
export async function importArchive(options: Options, file: string): Promise<number> {
  const store = await openHome(options, { mustExist: false });
  try {
    const archive = await openArchive(`${file}.car`);
    const node = createOfflineNode(store, { chains: chainsOf(options), warn: () => undefined });
    const counts = { taken: 0, known: 0, refused: 0 };
    for await (const line of createInterface({ input: createReadStream(`${file}.jsonl`) })) {
      try {
        counts[await applyEntry(node, parseAct(await withBody(archive, JSON.parse(line) as Fields)))] += 1;
      } catch (thrown) {
        const { code, message } = asPushChatError(thrown);
        process.stdout.write(`refused: ${code}: ${message}\n`);
        counts.refused += 1;
      }
    }
    await archive.close();
    process.stdout.write(`${counts.taken} acts taken, ${counts.known} known, ${counts.refused} refused.\n`);
    return counts.refused === 0 ? 0 : 1;
  } finally {
    await store.close();
  }
}

type Fields = Readonly<Record<string, unknown>>;

async function openArchive(path: string): Promise<CarIndexedReader> {
  try {
    return await CarIndexedReader.fromFile(path);
  } catch (cause) {
    throw new PushChatError('InvalidConfig', `${path} is no archive that can be read.`, { cause });
  }
}

/** Blocks sort their keys, and the proof of a plain message covers the order in which its sender wrote them. */
const isInBlock = ({ cid, body }: NumberedEntry): boolean =>
  cid !== undefined && typeof (body as Fields)['messageObj'] === 'string';

async function withBody(archive: CarIndexedReader, entry: Fields): Promise<Fields> {
  const { cid, body } = entry;
  if (typeof cid !== 'string' || body !== undefined) return entry;
  const found = await archive.get(CID.parse(cid));
  if (!found) throw new PushChatError('NotFound', `The archive does not have the block ${cid}.`);
  const { timestamp: _timestamp, link: _link, ...posted } = decodeBlock(cid, found.bytes);
  return { ...entry, body: posted };
}

async function* journalOf(store: NodeStore): AsyncGenerator<NumberedEntry> {
  for (let number = 0; ;) {
    const entries = await store.read((rows) => journalAfter(rows, number, PAGE));
    yield* entries;
    const last = entries.at(-1);
    if (!last) return;
    number = last.number;
  }
}
