import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { PushChatError } from '../../errors.ts';
import { LIBSQL_FILE, openLibsqlStore } from '../store/libsqlStore.ts';
import { openPostgresStore } from '../store/postgresStore.ts';
import type { NodeStore } from '../store/store.ts';
import type { Options } from './options.ts';
import { homeOf } from './run.ts';

/**
 * Opens the store that a node keeps everything in, which no node has open.
 * @param mustExist so that a mistyped folder is not made and then found to be in order
 * @throws {PushChatError} `InvalidConfig`
 */
export async function openHome(options: Options, { mustExist }: { readonly mustExist: boolean }): Promise<NodeStore> {
  const { dataDir, database } = homeOf(options);
  if (database !== undefined) return openPostgresStore(database);
  if (dataDir === undefined)
    throw new PushChatError('InvalidConfig', 'What is in memory is gone. Give --data or --database.');
  if (mustExist) {
    await access(join(dataDir, LIBSQL_FILE)).catch((cause: unknown) => {
      throw new PushChatError('InvalidConfig', `There is nothing of a node in ${dataDir}.`, { cause });
    });
  }
  return openLibsqlStore(dataDir);
}
