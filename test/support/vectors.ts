import type { PrivateKey } from '../../src/crypto/pgp.ts';
import { readPrivateKey } from '../../src/crypto/pgp.ts';
import type { MessageBody, StoredMessage, UserCreation } from '../../src/protocol/payload.ts';
import messages from '../vectors/b_messages.json' with { type: 'json' };
import users from '../vectors/a_users.json' with { type: 'json' };

/** A moment after everything in the vectors was signed. */
export const AFTER_VECTORS = new Date('2026-11-23T00:00:00Z');

export interface VectorUser {
  readonly name: string;
  readonly did: string;
  readonly address: string;
  readonly walletPrivateKey: string;
  readonly publicKey: string;
  readonly privateKeyArmored: string;
  readonly creation: UserCreation;
  readonly profilePreimage: string;
  readonly profileSha256: string;
  readonly eip191: readonly { text: string; signature: string }[];
  readonly eip712: readonly { signature: string }[];
}

/** The entries that create an account; the others have no `createRequest`. */
interface VectorCreation {
  readonly name: string;
  readonly address: string;
  readonly walletPrivateKey: string;
  readonly pgpPublicKeyArmored: string;
  readonly pgpPrivateKeyArmored: string;
  readonly createRequest?: { readonly body: UserCreation };
  readonly profileHashPreimage: string;
  readonly profileHashSha256: string;
  readonly eip191Signed: VectorUser['eip191'];
  readonly eip712Signed: VectorUser['eip712'];
}

export const vectorUsers: readonly VectorUser[] = (users.users as unknown as VectorCreation[]).flatMap((user) =>
  user.createRequest
    ? [
        {
          name: user.name,
          did: user.createRequest.body.did,
          address: user.address,
          walletPrivateKey: user.walletPrivateKey,
          publicKey: user.pgpPublicKeyArmored,
          privateKeyArmored: user.pgpPrivateKeyArmored,
          creation: user.createRequest.body,
          profilePreimage: user.profileHashPreimage,
          profileSha256: user.profileHashSha256,
          eip191: user.eip191Signed,
          eip712: user.eip712Signed,
        },
      ]
    : [],
);

export function vectorUser(name: string): VectorUser {
  const user = vectorUsers.find((candidate) => candidate.name === name || candidate.did === name);
  if (!user) throw new RangeError(`no vector user ${name}`);
  return user;
}

export const privateKeyOf = (name: string): Promise<PrivateKey> => readPrivateKey(vectorUser(name).privateKeyArmored);

export interface VectorMessage {
  readonly name: string;
  readonly body: MessageBody;
  readonly path: string;
  readonly preimage: string;
  readonly sha256: string;
  readonly sender: string;
  readonly receiver: string;
  readonly aes: readonly { plaintext: string; passphrase: string; ciphertext: string }[];
}

/** The official client's one-to-one messages. */
export const vectorMessages: readonly VectorMessage[] = messages.messages
  .filter(({ name }) => name.startsWith('w2w'))
  .map(({ name, request, verificationProofPreimage, verificationProofSha256, sender, receiver, aes }) => ({
    name,
    body: request.body,
    path: request.path,
    preimage: verificationProofPreimage,
    sha256: verificationProofSha256,
    sender,
    receiver,
    aes,
  }));

export function vectorMessage(name: string): VectorMessage {
  const message = vectorMessages.find((candidate) => candidate.name === name);
  if (!message) throw new RangeError(`no vector message ${name}`);
  return message;
}

/** A vector message as a node would serve it. */
export const stored = (body: MessageBody, changes: Partial<StoredMessage> = {}): StoredMessage => ({
  ...body,
  timestamp: 1_700_000_000_000,
  link: null,
  cid: 'bafyreibjzjnoiph2444iqmwlro5x3upuft6iau3lpsudju4dvzvh6kjwia',
  ...changes,
});
