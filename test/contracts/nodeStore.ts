import { beforeEach, describe, expect, it } from 'vitest';
import type { Did } from '../../src/protocol/did.ts';
import type { WireUser } from '../../src/protocol/payload.ts';
import type { Block, ChatRow, NodeStore } from '../../src/node/store.ts';

const [A, B, C, D] = ['a', 'b', 'c', 'd'].map((letter) => `eip155:0x${letter.repeat(40)}` as Did) as [
  Did,
  Did,
  Did,
  Did,
];

const user = (did: Did, name: string): WireUser => ({
  did,
  wallets: did,
  publicKey: '',
  encryptedPrivateKey: '',
  verificationProof: null,
  msgSent: 0,
  maxMsgPersisted: 1000,
  profile: { name, desc: null, picture: null, blockedUsersList: [], profileVerificationProof: null },
});

const block = (words: string): Block => ({
  fromDID: A,
  toDID: B,
  fromCAIP10: A,
  toCAIP10: B,
  messageType: 'Text',
  messageObj: { zebra: 1, apple: words },
  encType: 'PlainText',
  sessionKey: null,
  encryptedSecret: '',
  messageContent: words,
  signature: '',
  sigType: 'pgpv3',
  timestamp: 1,
  link: null,
});

const chat = (chatId: string, members: readonly [Did, Did], changes: Partial<ChatRow> = {}): ChatRow => ({
  chatId,
  members,
  requester: members[0],
  requestedAt: 1_000,
  accepted: [members[0]],
  head: 'head',
  ...changes,
});

const EVERYTHING = { offset: 0, limit: 100 };

/** What every store of a node does. @param open gives an empty store */
export function testNodeStore(name: string, open: () => Promise<NodeStore>): void {
  describe(`a store in ${name}`, () => {
    let store: NodeStore;
    beforeEach(async () => {
      store = await open();
    });

    const ids = (did: Did, accepted: boolean, page = EVERYTHING): Promise<string[]> =>
      store.read((rows) => rows.chatsOf(did, accepted, page).map(({ chatId }) => chatId));

    it('keeps what was written, letter by letter and in its key order', async () => {
      const odd = 'tab\t nul\0 quote\'" 👩‍👩‍👧 \ud800 ％ --; DROP TABLE users';
      await store.write((rows) => {
        rows.saveUser(A, user(A, odd));
        rows.saveBlock('cid', block(odd));
        rows.saveChat(chat('id', [A, B]));
        rows.saveAct('digest', '');
      });
      await store.read((rows) => {
        expect(rows.user(A)).toEqual(user(A, odd));
        expect(JSON.stringify(rows.block('cid'))).toBe(JSON.stringify(block(odd)));
        expect(rows.chat('id')).toEqual(chat('id', [A, B]));
        expect(rows.act('digest')).toBe('');
      });
    });

    it('has nothing that was not written', async () => {
      await store.read((rows) => {
        expect([rows.user(A), rows.block('x'), rows.chat('x'), rows.chatBetween(A, B), rows.act('x')]).toEqual(
          Array(5).fill(undefined),
        );
        expect(rows.chatsOf(A, true, EVERYTHING)).toEqual([]);
      });
    });

    it('takes the newest of a user and of a chat, and finds a chat from both sides', async () => {
      await store.write((rows) => rows.saveUser(A, user(A, 'before')));
      await store.write((rows) => rows.saveChat(chat('id', [A, B])));
      await store.write((rows) => {
        rows.saveUser(A, user(A, 'after'));
        rows.saveChat(chat('id', [A, B], { head: 'newer', accepted: [A, B] }));
      });
      await store.read((rows) => {
        expect(rows.user(A)?.profile.name).toBe('after');
        expect(rows.chatBetween(A, B)).toEqual(rows.chatBetween(B, A));
        expect(rows.chatBetween(A, B)).toMatchObject({ head: 'newer', accepted: [A, B] });
      });
    });

    it('lists by who accepted, newest request first, page by page', async () => {
      await store.write((rows) => {
        rows.saveChat(chat('old', [A, B], { requestedAt: 1 }));
        rows.saveChat(chat('new', [A, C], { requestedAt: 3 }));
        rows.saveChat(chat('middle', [A, D], { requester: D, accepted: [D], requestedAt: 2 }));
        rows.saveChat(chat('between others', [B, C]));
      });
      expect(await ids(A, true)).toEqual(['new', 'old']);
      expect(await ids(A, false)).toEqual(['middle']);
      expect(await ids(D, true)).toEqual(['middle']);
      expect(await ids(B, false)).toEqual(['old']);
      await store.write((rows) =>
        rows.saveChat(chat('middle', [A, D], { requester: D, accepted: [D, A], requestedAt: 2 })),
      );
      expect(await ids(A, true)).toEqual(['new', 'middle', 'old']);
      expect(await ids(A, true, { offset: 1, limit: 1 })).toEqual(['middle']);
      expect(await ids(A, true, { offset: 3, limit: 30 })).toEqual([]);
      expect(await ids(A, false)).toEqual([]);
    });

    it('lists requests of one moment in the reverse of their order', async () => {
      for (const [id, peer] of [
        ['1', B],
        ['2', C],
        ['3', D],
      ] as const)
        await store.write((rows) => rows.saveChat(chat(id, [A, peer])));
      expect(await ids(A, true)).toEqual(['3', '2', '1']);
    });

    it('forgets a deleted chat but not its blocks, and takes a new one of the same accounts', async () => {
      await store.write((rows) => {
        rows.saveBlock('head', block('x'));
        rows.saveChat(chat('first', [A, B], { accepted: [A, B] }));
        rows.saveChat(chat('other', [A, C]));
      });
      await store.write((rows) => rows.deleteChat(chat('first', [A, B])));
      await store.read((rows) => {
        expect([rows.chat('first'), rows.chatBetween(A, B)]).toEqual([undefined, undefined]);
        expect(rows.block('head')).toEqual(block('x'));
      });
      expect([await ids(A, true), await ids(B, true), await ids(B, false)]).toEqual([['other'], [], []]);
      await store.write((rows) => rows.saveChat(chat('second', [A, B])));
      expect(await ids(B, false)).toEqual(['second']);
      await store.read((rows) => expect(rows.chatBetween(B, A)?.chatId).toBe('second'));
    });

    it('makes a change whole or not at all, and lets its reason through', async () => {
      await store.write((rows) => {
        rows.saveUser(A, user(A, 'before'));
        rows.saveChat(chat('kept', [A, B]));
      });
      const reason = new RangeError('changed my mind');
      const failing = store.write((rows) => {
        rows.saveUser(A, user(A, 'after'));
        rows.saveUser(C, user(C, 'new'));
        rows.saveBlock('cid', block('x'));
        rows.saveAct('digest', 'x');
        rows.deleteChat(chat('kept', [A, B]));
        rows.saveChat(chat('new', [A, C]));
        throw reason;
      });
      const others = [store.write((rows) => rows.saveUser(D, user(D, 'beside'))), store.write((rows) => rows.user(C))];
      await expect(failing).rejects.toBe(reason);
      expect(await Promise.all(others)).toEqual([undefined, undefined]);
      await store.read((rows) => {
        expect([rows.user(A)?.profile.name, rows.user(C), rows.user(D)?.profile.name]).toEqual([
          'before',
          undefined,
          'beside',
        ]);
        expect([rows.block('cid'), rows.act('digest'), rows.chat('new')]).toEqual([undefined, undefined, undefined]);
        expect(rows.chatBetween(A, B)?.chatId).toBe('kept');
      });
      expect(await ids(A, true)).toEqual(['kept']);
    });

    it('makes changes one after the other, and settles them in that order', async () => {
      const settled: number[] = [];
      await Promise.all(
        Array.from({ length: 200 }, async (_, i) => {
          const made = await store.write((rows) => {
            const count = Number(rows.act('count') ?? 0);
            rows.saveAct(`act ${String(count)}`, '');
            rows.saveUser(A, user(A, String(i)));
            return rows.user(A)?.profile.name;
          });
          expect(made).toBe(String(i));
          settled.push(i);
        }),
      );
      expect(settled).toEqual(Array.from({ length: 200 }, (_, i) => i));
    });
  });
}
