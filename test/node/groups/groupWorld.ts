import { signText } from '../../../src/crypto/pgp.ts';
import { sha256Hex } from '../../../src/crypto/hash.ts';
import type { PushNodeConfig } from '../../../src/node/createPushNode.ts';
import type { NodeStore } from '../../../src/node/store/store.ts';
import { acceptanceText, messageText, rejectionText } from '../../../src/protocol/canonical.ts';
import type { GroupRules } from '../../../src/protocol/groups/groupRules.ts';
import { EMPTY_CONFIG } from '../../../src/protocol/groups/groupPayload.ts';
import { signGroupProof } from '../../../src/protocol/groups/groupProof.ts';
import {
  firstMembersText,
  groupConfigText,
  groupProfileText,
  membersText,
  secretAcceptanceText,
} from '../../../src/protocol/groups/groupTexts.ts';
import { routes } from '../../../src/protocol/routes.ts';
import { didOf, NOW } from '../../support/builders.ts';
import { privateKeyOf } from '../../support/vectors.ts';
import { createNodeWorld, type Answer, type NodeWorld } from '../nodeWorld.ts';

export interface GroupOptions {
  readonly name?: string;
  readonly isPublic?: boolean;
  readonly rules?: GroupRules;
  readonly members?: readonly string[];
  readonly admins?: readonly string[];
}

export interface MembersOptions {
  readonly members?: readonly string[];
  readonly admins?: readonly string[];
  readonly remove?: readonly string[];
  readonly secret?: string | null;
}

/** A node with groups; members are named as in the vectors, or by their DIDs. */
export interface GroupWorld extends NodeWorld {
  /** Bodies as a client would post them, each signed a second after the one before. */
  readonly creation: (creator: string, options?: GroupOptions) => Promise<object>;
  readonly membersUpdate: (signer: string, options: MembersOptions) => Promise<object>;
  readonly profileUpdate: (signer: string, options: { groupName: string; isPublic?: boolean }) => Promise<object>;
  readonly yes: (who: string, chatId: string, secret?: string) => Promise<object>;
  readonly no: (who: string, chatId: string) => Promise<object>;
  readonly message: (from: string, chatId: string, options?: MessageOptions) => Promise<object>;
  /** Makes a group and returns its id. */
  readonly group: (creator: string, options?: GroupOptions) => Promise<string>;
  readonly change: (signer: string, chatId: string, options: MembersOptions) => Promise<Answer>;
  readonly join: NodeWorld['join'];
  readonly enter: (who: string, chatId: string, secret?: string) => Promise<Answer>;
  readonly say: (from: string, chatId: string, options?: MessageOptions) => Promise<Answer>;
  readonly status: (who: string, chatId: string) => Promise<Answer['body']>;
}

export interface MessageOptions {
  readonly words?: string;
  readonly messageType?: string;
  readonly messageObj?: object | string;
  readonly encType?: string;
  readonly sessionKey?: string | null;
}

const nameOrDid = (who: string): string => (who.includes(':') ? who : didOf(who));

export function createGroupWorld(store?: NodeStore, config?: Omit<PushNodeConfig, 'store' | 'now'>): GroupWorld {
  const world = createNodeWorld(store, config);
  let signed = 0;
  // OpenPGP tells time in seconds, and the same words in the same second are the same act.
  const date = (): Date => new Date(NOW.getTime() + ++signed * 1_000);
  const prove = async (signer: string, text: string): Promise<string> =>
    signGroupProof(text, didOf(signer), await privateKeyOf(signer), date());
  const { call } = world;

  const bodies: Pick<GroupWorld, 'creation' | 'membersUpdate' | 'profileUpdate' | 'yes' | 'no' | 'message'> = {
    creation: async (creator, { name = 'A group', isPublic = true, rules = {}, ...invited } = {}) => {
      const profile = {
        groupName: name,
        groupDescription: null,
        groupImage: null,
        rules,
        isPublic,
        groupType: 'default',
      };
      const first = {
        members: (invited.members ?? []).map(nameOrDid),
        admins: (invited.admins ?? []).map(nameOrDid),
      };
      return {
        ...profile,
        profileVerificationProof: await prove(creator, groupProfileText(profile)),
        config: { ...EMPTY_CONFIG, configVerificationProof: await prove(creator, groupConfigText(EMPTY_CONFIG)) },
        ...first,
        idempotentVerificationProof: await prove(creator, firstMembersText(first)),
      };
    },
    membersUpdate: async (signer, { members = [], admins = [], remove = [], secret = null }) => {
      const update = {
        upsert: { members: members.map(nameOrDid), admins: admins.map(nameOrDid) },
        remove: remove.map(nameOrDid),
        encryptedSecret: secret,
      };
      return { ...update, deltaVerificationProof: await prove(signer, membersText(update)) };
    },
    profileUpdate: async (signer, { groupName, isPublic = true }) => {
      const update = { groupName, groupDescription: null, groupImage: null, rules: {} };
      const text = groupProfileText({ ...update, isPublic, groupType: 'default' });
      return { ...update, profileVerificationProof: await prove(signer, text) };
    },
    yes: async (who, chatId, secret) => {
      const answer = { fromDID: didOf(who), toDID: chatId, status: 'Approved', encryptedSecret: secret ?? null };
      const [sigType, text] = secret ? ['pgpv2', secretAcceptanceText(answer)] : ['pgp', acceptanceText(answer)];
      const signature = await signText(sha256Hex(text), await privateKeyOf(who), date());
      return { ...answer, signature, sigType, verificationProof: `${sigType}:${signature}` };
    },
    no: async (who, chatId) => {
      const answer = { fromDID: didOf(who), toDID: chatId };
      const signature = await signText(sha256Hex(rejectionText(answer)), await privateKeyOf(who), date());
      return { ...answer, verificationProof: `pgp:${signature}` };
    },
    message: async (from, chatId, options = {}) => {
      const { words = 'Hello', messageType = 'Text', encType = 'PlainText', sessionKey = null } = options;
      const body = {
        fromDID: didOf(from),
        toDID: chatId,
        fromCAIP10: didOf(from),
        toCAIP10: chatId,
        messageType,
        messageObj: (options.messageObj ?? (encType === 'PlainText' ? { content: words } : words)) as string,
        encType,
        sessionKey,
        encryptedSecret: encType === 'PlainText' ? '' : encType === 'pgp' ? 'wrapped' : null,
        messageContent: words,
        signature: '',
        sigType: 'pgpv3',
      };
      const proof = await signText(sha256Hex(messageText(body, 'pgpv3')), await privateKeyOf(from), date());
      return { ...body, verificationProof: `pgpv3:${proof}` };
    },
  };

  return {
    ...world,
    ...bodies,
    group: async (creator, options) => {
      const { body } = await call(routes.createGroup(), await bodies.creation(creator, options));
      return body.chatId as string;
    },
    change: async (signer, chatId, options) =>
      call(routes.updateMembers(chatId), await bodies.membersUpdate(signer, options)),
    enter: async (who, chatId, secret) => call(routes.acceptRequest(), await bodies.yes(who, chatId, secret)),
    say: async (from, chatId, options) => call(routes.sendMessage(), await bodies.message(from, chatId, options)),
    status: async (who, chatId) => (await call(routes.memberStatus(chatId, didOf(who)))).body,
  };
}
