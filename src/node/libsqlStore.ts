import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type Database from 'libsql';
import { PushChatError } from '../errors.ts';
import { combinedDid } from '../protocol/chatId.ts';
import type { ChatRow, NodeStore, StoreWriter } from './store.ts';

/** Records are JSON as text: key order is part of what senders sign, and columns exist only where something is found by them. */
const TABLES = `
  CREATE TABLE IF NOT EXISTS users (did TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS blocks (cid TEXT PRIMARY KEY, record TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS acts (digest TEXT PRIMARY KEY, made TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS chats (
    number INTEGER PRIMARY KEY, chat_id TEXT NOT NULL UNIQUE, pair TEXT NOT NULL UNIQUE, record TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS members (
    did TEXT NOT NULL, accepted INTEGER NOT NULL, requested_at INTEGER NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (did, number)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS members_in_order ON members (did, accepted, requested_at DESC, number DESC);
`;

const FILE = 'push-node.db';

/**
 * A durable store in one SQLite file: what `write` resolved survives a crash of the program and a loss of power.
 * @param dataDir made when missing; one node at a time
 * @throws {PushChatError} `InvalidConfig`
 */
export async function openLibsqlStore(dataDir: string): Promise<NodeStore> {
  await mkdir(dataDir, { recursive: true });
  const database = openDatabase(await loadDriver(), join(dataDir, FILE));
  const rows = createRows(database);
  let waiting: Waiting[] = [];

  /** All that came in meanwhile goes to the disk at once, each change whole or not at all by itself. */
  const commit = (): void => {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    try {
      database.exec('BEGIN IMMEDIATE');
      const outcomes = batch.map((each) => attempt(database, each));
      database.exec('COMMIT');
      for (const settle of outcomes) settle();
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK');
      for (const { reject } of batch) reject(error);
    }
  };

  return {
    read: (query) => new Promise((resolve) => resolve(query(rows))),
    write: (change) =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(commit);
        waiting.push({
          change: () => {
            const result = change(rows);
            return () => {
              resolve(result);
            };
          },
          reject,
        });
      }),
    close: () => {
      commit();
      if (database.open) closeDatabase(database);
    },
  };
}

interface Waiting {
  /** Makes the change and returns what tells its caller, once it is on the disk. */
  readonly change: () => () => void;
  readonly reject: (error: unknown) => void;
}

function attempt(database: Database.Database, { change, reject }: Waiting): () => void {
  database.exec('SAVEPOINT change');
  try {
    const settle = change();
    database.exec('RELEASE change');
    return settle;
  } catch (error) {
    database.exec('ROLLBACK TO change');
    database.exec('RELEASE change');
    return () => {
      reject(error);
    };
  }
}

type Driver = typeof Database;

/** Loaded only when needed: nodes in memory do without, and so do packages that only re-export this file. */
async function loadDriver(): Promise<Driver> {
  try {
    return (await import('libsql')).default;
  } catch (cause) {
    throw new PushChatError(
      'InvalidConfig',
      'A durable node needs the package "libsql". Install it, or run in memory.',
      { cause },
    );
  }
}

/** Of the tables above; a file of a later version is not touched. */
const VERSION = 1;

function openDatabase(Driver: Driver, path: string): Database.Database {
  let database: Database.Database | undefined;
  try {
    database = new Driver(path);
    // The lock is held until close: two nodes on one file would each hide the other's messages from their listeners.
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.exec('BEGIN EXCLUSIVE');
    const [{ user_version: version } = { user_version: 0 }] = database.pragma('user_version') as {
      user_version: number;
    }[];
    if (version > VERSION)
      throw new PushChatError('InvalidConfig', `${path} was made by a later version of this node.`);
    database.exec(TABLES);
    database.exec(`PRAGMA user_version = ${VERSION}`);
    database.exec('COMMIT');
    return database;
  } catch (cause) {
    database?.close();
    if (cause instanceof PushChatError) throw cause;
    throw new PushChatError('InvalidConfig', `${path} cannot be opened, or another node has it open.`, { cause });
  }
}

/** The driver keeps the file open as long as its statements live, so the lock is given back by hand. */
function closeDatabase(database: Database.Database): void {
  database.pragma('journal_mode = DELETE');
  database.pragma('locking_mode = NORMAL');
  database.pragma('user_version');
  database.close();
}

function createRows(database: Database.Database): StoreWriter {
  const find = (sql: string): ((key: string) => unknown) => {
    const statement = database.prepare(sql);
    return (key) => {
      const row = statement.get(key) as { record: string } | undefined;
      return row && (JSON.parse(row.record) as unknown);
    };
  };
  const change = (sql: string): ((...values: (string | number)[]) => void) => {
    const statement = database.prepare(sql);
    return (...values) => {
      statement.run(...values);
    };
  };

  const chatBetween = find('SELECT record FROM chats WHERE pair = ?') as StoreWriter['chat'];
  const list = database.prepare(`
    SELECT record FROM members JOIN chats USING (number) WHERE did = ? AND accepted = ?
    ORDER BY requested_at DESC, number DESC LIMIT ? OFFSET ?`);
  const act = database.prepare('SELECT made FROM acts WHERE digest = ?');
  const saveUser = change('INSERT INTO users VALUES (?, ?) ON CONFLICT (did) DO UPDATE SET record = excluded.record');
  const saveBlock = change('INSERT INTO blocks VALUES (?, ?) ON CONFLICT (cid) DO NOTHING');
  const saveChat = change(`
    INSERT INTO chats (chat_id, pair, record) VALUES (?, ?, ?) ON CONFLICT (chat_id) DO UPDATE SET record = excluded.record`);
  const saveMember = change(`
    INSERT INTO members SELECT ?, ?, ?, number FROM chats WHERE chat_id = ?
    ON CONFLICT (did, number) DO UPDATE SET accepted = excluded.accepted`);
  const deleteMembers = change('DELETE FROM members WHERE number = (SELECT number FROM chats WHERE chat_id = ?)');
  const deleteChat = change('DELETE FROM chats WHERE chat_id = ?');

  return {
    user: find('SELECT record FROM users WHERE did = ?') as StoreWriter['user'],
    chat: find('SELECT record FROM chats WHERE chat_id = ?') as StoreWriter['chat'],
    chatBetween: (a, b) => chatBetween(combinedDid(a, b)),
    chatsOf: (did, accepted, { offset, limit }) =>
      list
        .all(did, Number(accepted), limit, offset)
        .map((row) => JSON.parse((row as { record: string }).record) as ChatRow),
    block: find('SELECT record FROM blocks WHERE cid = ?') as StoreWriter['block'],
    act: (digest) => (act.get(digest) as { made: string } | undefined)?.made,
    saveUser: (did, user) => {
      saveUser(did, JSON.stringify(user));
    },
    saveChat: (chat) => {
      saveChat(chat.chatId, combinedDid(...chat.members), JSON.stringify(chat));
      for (const did of chat.members) {
        saveMember(did, Number(chat.accepted.includes(did)), chat.requestedAt, chat.chatId);
      }
    },
    deleteChat: ({ chatId }) => {
      deleteMembers(chatId);
      deleteChat(chatId);
    },
    saveBlock: (cid, block) => {
      saveBlock(cid, JSON.stringify(block));
    },
    saveAct: change('INSERT INTO acts VALUES (?, ?) ON CONFLICT (digest) DO NOTHING'),
  };
}
