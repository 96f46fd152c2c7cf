import { sha256Hex } from '../../crypto/hash.ts';
import { PushChatError } from '../../errors.ts';
import { acceptanceText, rejectionText } from '../canonical.ts';
import { parseDid, sameDid, type Did } from '../did.ts';
import { malformed } from '../fields.ts';
import { parseAcceptance, parseRejection } from '../parsePayload.ts';
import { EMPTY_CONFIG, type GroupProfile } from './groupPayload.ts';
import { parseGroupProof, signerOf } from './groupProof.ts';
import type { GroupAct, GroupChange } from './groupState.ts';
import {
  firstMembersText,
  groupConfigText,
  groupCreationV1Text,
  groupProfileText,
  groupUpdateV1Text,
  membersText,
  secretAcceptanceText,
} from './groupTexts.ts';
import {
  parseGroupConfigUpdate,
  parseGroupCreation,
  parseGroupCreationV1,
  parseGroupProfileUpdate,
  parseGroupUpdateV1,
  parseMembersUpdate,
} from './parseGroup.ts';

/** The calls that change a group, by the names under which journals and lists of acts have them. */
export const ACT_VERBS = [
  'group',
  'groupV1',
  'groupV1Update',
  'groupMembers',
  'groupProfile',
  'groupConfig',
  'groupAccept',
  'groupReject',
] as const;

export type ActVerb = (typeof ACT_VERBS)[number];

/** A text and its proof, of the one scheme that this text is signed under. */
export interface SignedText {
  readonly text: string;
  readonly proof: string;
  readonly scheme: 'pgp' | 'pgpv2';
}

type Creation = Omit<Extract<GroupChange, { kind: 'create' }>, 'chatId'>;

/** What a call says: who has signed which texts, and what would come of it. Nothing of it is verified. */
export interface ReadAct {
  readonly signer: Did;
  readonly signed: readonly SignedText[];
  /** The proof that names the act. */
  readonly proof: string;
  readonly change: Exclude<GroupChange, { kind: 'create' }> | Creation;
}

export interface ActPlace {
  /** The group it was posted to; a creation makes its own. */
  readonly chatId: string;
  /** What is signed with a new profile, though it can neither change nor is sent. */
  readonly profile: Pick<GroupProfile, 'isPublic' | 'groupType'> | undefined;
  /** Reads many accounts; a node gives others their turn between. */
  readonly accounts?: (texts: readonly string[]) => Promise<readonly Did[]>;
}

/**
 * Reads the body of a call that changes a group (protocol 4.4, 4.5, 5).
 * @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge`, `ProofMissing`, `ProofMalformed`, `InvalidAddress`,
 *   `SenderMismatch`, `NotFound` for a new profile of a group that is not known
 */
export async function readAct(verb: ActVerb, body: unknown, place: ActPlace): Promise<ReadAct> {
  const { chatId, accounts = (texts) => Promise.resolve(texts.map(parseDid)) } = place;
  switch (verb) {
    case 'group':
      return readCreation(body, accounts);
    case 'groupV1': {
      const creation = parseGroupCreationV1(body);
      const { groupName, groupDescription, groupImage, isPublic, verificationProof: proof } = creation;
      const admins = await accounts(creation.admins);
      return one(
        parseDid(creation.groupCreator),
        { text: groupCreationV1Text(creation), proof, scheme: 'pgp' },
        {
          kind: 'create',
          profile: { groupName, groupDescription, groupImage, rules: {}, isPublic, groupType: 'default' },
          profileProof: null,
          config: EMPTY_CONFIG,
          // This call names its admins among the members too.
          members: (await accounts(creation.members)).filter((did) => !admins.includes(did)),
          admins,
        },
      );
    }
    case 'groupV1Update': {
      const update = parseGroupUpdateV1(body);
      const { groupName, groupDescription, groupImage, verificationProof: proof } = update;
      return one(
        signerOf(proof),
        { text: groupUpdateV1Text(update, chatId), proof, scheme: 'pgp' },
        {
          kind: 'replace',
          profile: { groupName, groupDescription, groupImage },
          members: await accounts(update.members),
          admins: await accounts(update.admins),
        },
      );
    }
    case 'groupMembers': {
      const update = parseMembersUpdate(body);
      const { upsert, remove, encryptedSecret: secret, deltaVerificationProof: proof } = update;
      return one(
        signerOf(proof),
        { text: membersText(update), proof, scheme: 'pgpv2' },
        {
          kind: 'members',
          members: await accounts(upsert.members ?? []),
          admins: await accounts(upsert.admins ?? []),
          remove: await accounts(remove),
          secret,
        },
      );
    }
    case 'groupProfile': {
      const { profileVerificationProof: proof, ...profile } = parseGroupProfileUpdate(body);
      if (!place.profile) throw new PushChatError('NotFound', 'There is no such group.');
      const { isPublic, groupType } = place.profile;
      const text = groupProfileText({ ...profile, isPublic, groupType });
      return one(signerOf(proof), { text, proof, scheme: 'pgpv2' }, { kind: 'profile', profile });
    }
    case 'groupConfig': {
      const { configVerificationProof: proof, ...config } = parseGroupConfigUpdate(body);
      const text = groupConfigText(config);
      return one(signerOf(proof), { text, proof, scheme: 'pgpv2' }, { kind: 'config', config });
    }
    case 'groupAccept':
      return readYes(body, chatId);
    case 'groupReject': {
      const { verificationProof: proof, ...answer } = parseRejection(body);
      checkGroup(answer.toDID, chatId);
      return one(parseDid(answer.fromDID), { text: rejectionText(answer), proof, scheme: 'pgp' }, { kind: 'reject' });
    }
  }
}

const one = (signer: Did, signed: SignedText, change: ReadAct['change']): ReadAct => ({
  signer,
  signed: [signed],
  proof: signed.proof,
  change,
});

async function readCreation(body: unknown, accounts: NonNullable<ActPlace['accounts']>): Promise<ReadAct> {
  const creation = parseGroupCreation(body);
  const { profile, profileVerificationProof: proof, config } = creation;
  const signer = signerOf(proof);
  const signed = [
    { text: groupProfileText(profile), proof, scheme: 'pgpv2' },
    { text: groupConfigText(config), proof: creation.configVerificationProof, scheme: 'pgpv2' },
    { text: firstMembersText(creation), proof: creation.idempotentVerificationProof, scheme: 'pgpv2' },
  ] as const;
  if (signed.some((each) => !sameDid(signerOf(each.proof), signer))) {
    throw new PushChatError('SenderMismatch', 'The proofs of this group name different accounts.');
  }
  const [members, admins] = [await accounts(creation.members), await accounts(creation.admins)];
  return { signer, signed, proof, change: { kind: 'create', profile, profileProof: proof, config, members, admins } };
}

function readYes(body: unknown, chatId: string): ReadAct {
  const answer = parseAcceptance(body);
  if (answer.status !== 'Approved') throw malformed('status');
  checkGroup(answer.toDID, chatId);
  const { verificationProof: proof } = answer;
  const secret = answer.encryptedSecret ?? null;
  // Only the newer scheme covers a secret.
  const scheme = parseGroupProof(proof).scheme === 'pgpv2' ? 'pgpv2' : 'pgp';
  if ((scheme === 'pgpv2') !== Boolean(secret)) throw malformed('encryptedSecret');
  const text = secret ? secretAcceptanceText(answer) : acceptanceText(answer);
  return one(parseDid(answer.fromDID), { text, proof, scheme }, { kind: 'accept', secret });
}

function checkGroup(toDID: string, chatId: string): void {
  if (toDID !== chatId) throw new PushChatError('ReceiverMismatch', 'This is an answer to another group.');
}

/** An act whose proofs were verified, without the time that a node gave it. */
export interface NamedAct extends Omit<GroupAct, 'at'> {
  readonly chatId: string;
  /** Digests of its several signatures, when it has more than one. */
  readonly parts: readonly string[];
  /** When it was signed, as its signer says, in milliseconds since the epoch. */
  readonly signedAt: number;
}

/** A text of an act whose proof was verified. */
export interface ProvenText {
  readonly digest: string;
  /** Milliseconds since the epoch. */
  readonly signedAt: number;
}

/** A day by which a signer's clock may be wrong, and a day by which that of a node may. */
const MOST_APART_MS = 2 * 24 * 60 * 60 * 1000;

/**
 * An act counts from when a node took it, and nodes take what was signed just then: so that none can date who came or
 * went as it likes.
 * @param at when a node took the act, in milliseconds since the epoch
 */
export const isTimely = ({ signedAt }: Pick<NamedAct, 'signedAt'>, at: number): boolean =>
  Math.abs(at - signedAt) <= MOST_APART_MS;

/**
 * Names an act by the digests of its verified texts. A creation's name makes the id of the group, on every node the same,
 * so that no other group can pass for it.
 */
export function nameAct({ signer, proof, change }: ReadAct, proven: readonly ProvenText[], chatId: string): NamedAct {
  const digests = proven.map(({ digest }) => digest);
  const [first = ''] = digests;
  const signedAt = Math.min(...proven.map((each) => each.signedAt));
  const digest = digests.length === 1 ? first : sha256Hex(JSON.stringify(['group', ...digests]));
  const parts = digests.length === 1 ? [] : digests;
  if (change.kind !== 'create') return { chatId, digest, parts, signedAt, signer, proof, change };
  const made = chatIdOf(digest);
  return { chatId: made, digest, parts, signedAt, signer, proof, change: { ...change, chatId: made } };
}

/** The id of the group that an act makes. */
const chatIdOf = (digest: string): string => sha256Hex(JSON.stringify({ group: digest }));
