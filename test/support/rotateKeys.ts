import type { Wallet } from 'ethers';
import type { Transport } from '../../src/client/transport.ts';
import { inlineKeys } from '../../src/client/keys/inlineKeys.ts';
import { sha256Hex } from '../../src/crypto/hash.ts';
import { randomPreKey, unlockText } from '../../src/crypto/keyBundle.ts';
import { randomBytes } from '../../src/crypto/random.ts';
import { profileKeysText } from '../../src/protocol/canonical.ts';
import { parseDid } from '../../src/protocol/did.ts';
import { formatPublicKey } from '../../src/protocol/publicKey.ts';
import { routes } from '../../src/protocol/routes.ts';

/** Gives an account new keys, as one does who lost the old ones: made, wrapped and attested by its wallet. */
export async function rotateKeys(node: Transport, wallet: Wallet, now = Date.now()): Promise<void> {
  const did = parseDid(wallet.address);
  const keys = await inlineKeys(randomBytes).generate(now, 'rsa2048');
  const preKey = randomPreKey(randomBytes);
  const made = {
    caip10: did,
    publicKey: formatPublicKey(keys.publicKey),
    encryptedPrivateKey: await keys.wrap(preKey, await wallet.signMessage(unlockText(preKey))),
  };
  const proof = await wallet.signMessage(sha256Hex(profileKeysText({ ...made, did })));
  await node.request(routes.updateKeys(did), { ...made, verificationProof: `eip191v2:${proof}` });
}
