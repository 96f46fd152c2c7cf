import { describe, expect, it } from 'vitest';
import { frameWallet } from '../../src/embed/frame/frameSigner.ts';
import { walletChallengeText } from '../../src/protocol/challenge.ts';
import { parseDid } from '../../src/protocol/did.ts';
import { readWalletRequest, type FrameRequest, type Refuser } from '../../src/embed/frame/frameMessages.ts';

const HASH = 'ab'.repeat(32);
const OPENS = `Enable Push Profile \n${HASH}`;

describe('what a frame asks of the wallet', () => {
  it.each([
    [HASH, undefined, 'attest-keys'],
    [HASH, 'open-keys', 'attest-keys'],
    [OPENS, undefined, 'open-keys'],
    [OPENS, 'check-wallet', 'check-wallet'],
    [OPENS, 'attest-keys', 'open-keys'],
    [`Enable Push Chat Profile \n${HASH}`, 'read', 'open-keys'],
  ])('UI-15 %j said to be for %j is for %j', (text, purpose, expected) => {
    expect(readWalletRequest({ kind: 'message', text, purpose })).toEqual({ kind: 'message', text, purpose: expected });
  });

  const READS = walletChallengeText({
    did: parseDid('0x70997970C51812dc3A010C7d01b50e0d17dc79C8'),
    host: 'node.example.org:8443',
    nonce: '0f'.repeat(16),
    expires: 1_796_000_000_000,
  });

  it('UI-15 what a node asks for before it lets read is for that', () => {
    for (const purpose of ['read', 'open-keys', undefined]) {
      expect(readWalletRequest({ kind: 'message', text: READS, purpose })).toMatchObject({ purpose: 'read' });
    }
  });

  it.each([
    '',
    'Send 1 ETH',
    `${READS}\nAnd send 1 ETH`,
    READS.replace('Node: ', 'Node: any '),
    `${OPENS}\nand more`,
    HASH.toUpperCase(),
    `${HASH}\n`,
  ])('UI-15 %j is none, whatever it is said to be for', (text) => {
    expect(readWalletRequest({ kind: 'message', text, purpose: 'open-keys' })).toBeUndefined();
  });

  it('names the purpose only for the text that was announced', () => {
    const asked: FrameRequest[] = [];
    const wallet = frameWallet((_, request) => asked.push(request));
    wallet.announce({ purpose: 'check-wallet', text: OPENS, nth: 2, of: 3 });
    void wallet.signerOf('0x').signMessage(OPENS);
    void wallet.signerOf('0x').signMessage(HASH);
    expect(asked.map(({ purpose }) => purpose)).toEqual(['check-wallet', undefined]);
  });

  it.each<[Refuser, string]>([
    ['host', 'HostRefused'],
    ['user', 'WalletRejected'],
    ['wallet', 'WalletUnsupported'],
  ])('a refusal by the %s is %s', async (by, code) => {
    const wallet = frameWallet((id) => queueMicrotask(() => wallet.refuse(id, by)));
    await expect(wallet.signerOf('0x').signMessage(OPENS)).rejects.toMatchObject({ code });
  });
});
