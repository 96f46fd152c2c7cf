import fc from 'fast-check';
import { verifyMessage, Wallet } from 'ethers';
import { describe, expect, it } from 'vitest';
import { openGuest, findGuest, forgetGuest, signGuestClaim } from '../../src/client/guest.ts';
import { memoryStorage } from '../../src/client/storage/memoryStorage.ts';
import { localWallet } from '../../src/crypto/walletSignature.ts';
import { guestClaimMessage, guestClaimText, readGuestClaim } from '../../src/protocol/guestClaim.ts';
import { parseAddress } from '../../src/protocol/did.ts';
import { walletOf } from '../support/builders.ts';

const GUEST = parseAddress(`0x${'ab'.repeat(20)}`);

describe('a wallet of this browser', () => {
  it('has the address and the signatures that ethers makes of the same key', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.string(), async (bytes, text) => {
        const key = `0x${Buffer.from(bytes).toString('hex')}`;
        fc.pre(/[1-9a-e]/.test(key.slice(2)) && !key.startsWith('0xffffffff'));
        const [theirs, ours] = [new Wallet(key), localWallet(key)];
        expect(ours.address).toBe(theirs.address);
        expect(ours.signMessage(text)).toBe(await theirs.signMessage(text));
      }),
      { numRuns: 30 },
    );
  });

  it('is kept sealed, the same until it is forgotten', async () => {
    const storage = memoryStorage();
    expect(await findGuest({ storage })).toBeUndefined();
    const [first, again] = [await openGuest({ storage }), await openGuest({ storage })];
    expect(again.address).toBe(first.address);
    expect((await findGuest({ storage }))?.address).toBe(first.address);
    const signature = await first.signer.signMessage({ message: 'hello' });
    expect(verifyMessage('hello', signature)).toBe(first.address);
    await forgetGuest({ storage });
    expect(await findGuest({ storage })).toBeUndefined();
    expect((await openGuest({ storage })).address).not.toBe(first.address);
  });
});

describe('the claim of a guest', () => {
  it('is read where the wallet signed it, and says so in words', async () => {
    const wallet = walletOf('alice');
    const message = await signGuestClaim(GUEST, wallet);
    expect(message).toContain(`goes on from the wallet ${wallet.address}`);
    expect(readGuestClaim(message)).toEqual({ guest: GUEST, wallet: wallet.address });
  });

  it('is none where another wallet signed, another guest is named, or anything is added', async () => {
    const [alice, bob] = [walletOf('alice'), walletOf('bob')];
    const claim = { guest: GUEST, wallet: parseAddress(alice.address) };
    const right = await alice.signMessage(guestClaimText(claim));
    const message = guestClaimMessage(claim, right);
    const other = parseAddress(`0x${'cd'.repeat(20)}`);
    for (const wrong of [
      guestClaimMessage(claim, await bob.signMessage(guestClaimText(claim))),
      guestClaimMessage({ ...claim, guest: other }, right),
      guestClaimMessage({ ...claim, wallet: parseAddress(bob.address) }, right),
      `${message}\n`,
      `Hi. ${message}`,
      message.replace('costs nothing', 'costs a lot'),
      'hello',
      '',
    ]) {
      expect(readGuestClaim(wrong)).toBeUndefined();
    }
    expect(readGuestClaim(message)).toEqual(claim);
  });
});
