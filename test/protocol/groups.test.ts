import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/crypto/hash.ts';
import { PushChatError } from '../../src/errors.ts';
import { acceptanceText } from '../../src/protocol/canonical.ts';
import { parseGroupProof, signerOf, signGroupProof, verifyGroupProof } from '../../src/protocol/groups/groupProof.ts';
import { parseRules } from '../../src/protocol/groups/groupRules.ts';
import {
  firstMembersText,
  groupConfigText,
  groupCreationV1Text,
  groupProfileText,
  groupUpdateV1Text,
  membersText,
  secretAcceptanceText,
} from '../../src/protocol/groups/groupTexts.ts';
import {
  parseGroupConfigUpdate,
  parseGroupCreation,
  parseGroupCreationV1,
  parseGroupProfileUpdate,
  parseGroupUpdateV1,
  parseMembersUpdate,
} from '../../src/protocol/groups/parseGroup.ts';
import { parseAcceptance } from '../../src/protocol/parsePayload.ts';
import { codeOf, didOf, NOW } from '../support/builders.ts';
import { privateKeyOf, vectorUser } from '../support/vectors.ts';
import groups from '../vectors/e_groups.json' with { type: 'json' };

interface Signed {
  readonly text: string;
  readonly proof: string;
  readonly scheme: 'pgp' | 'pgpv2';
}

/** Every text and proof in a body that the official client posted. */
function signedIn(path: string, body: unknown): Signed[] {
  if (path.endsWith('/v2/chat/groups')) {
    const creation = parseGroupCreation(body);
    return [
      { text: groupProfileText(creation.profile), proof: creation.profileVerificationProof, scheme: 'pgpv2' },
      { text: groupConfigText(creation.config), proof: creation.configVerificationProof, scheme: 'pgpv2' },
      { text: firstMembersText(creation), proof: creation.idempotentVerificationProof, scheme: 'pgpv2' },
    ];
  }
  if (path.endsWith('/members')) {
    const update = parseMembersUpdate(body);
    return [{ text: membersText(update), proof: update.deltaVerificationProof, scheme: 'pgpv2' }];
  }
  if (path.endsWith('/profile')) {
    const update = parseGroupProfileUpdate(body);
    const text = groupProfileText({ ...update, isPublic: true, groupType: 'default' });
    return [{ text, proof: update.profileVerificationProof, scheme: 'pgpv2' }];
  }
  if (path.endsWith('/config')) {
    const update = parseGroupConfigUpdate(body);
    return [{ text: groupConfigText(update), proof: update.configVerificationProof, scheme: 'pgpv2' }];
  }
  if (path.endsWith('/accept')) {
    const { verificationProof: proof, ...answer } = parseAcceptance(body);
    return answer.encryptedSecret
      ? [{ text: secretAcceptanceText(answer), proof, scheme: 'pgpv2' }]
      : [{ text: acceptanceText(answer), proof, scheme: 'pgp' }];
  }
  if (path.endsWith('/v1/chat/groups')) {
    const creation = parseGroupCreationV1(body);
    return [{ text: groupCreationV1Text(creation), proof: creation.verificationProof, scheme: 'pgp' }];
  }
  const update = parseGroupUpdateV1(body);
  const chatId = path.slice(path.lastIndexOf('/') + 1);
  return [{ text: groupUpdateV1Text(update, chatId), proof: update.verificationProof, scheme: 'pgp' }];
}

interface VectorCall {
  readonly name: string;
  readonly signer: string;
  readonly calls: readonly { readonly path: string; readonly body: object }[];
  readonly hashes: readonly { readonly sha256: string }[];
}

const calls = (groups.groups as readonly VectorCall[]).flatMap(({ name, signer, calls: made, hashes }) =>
  made.map(({ path, body }) => ({ name: `${name} ${path.split('/').at(-1) ?? ''}`, signer, path, body, hashes })),
);

describe.each(calls)('the official call $name', ({ signer, path, body, hashes }) => {
  const signed = signedIn(path, body);

  it('is hashed to the same text', () => {
    const known = hashes.map(({ sha256 }) => sha256);
    for (const { text } of signed) expect(known).toContain(sha256Hex(text));
  });

  it('is its signer’s, and nobody else’s', async () => {
    for (const { text, ...proof } of signed) {
      const check = async (name: string, of = text) => verifyGroupProof(of, proof, vectorUser(name).publicKey, NOW);
      expect(await check(signer)).toMatchObject({ ok: true, scheme: proof.scheme });
      expect(await check(signer === 'dave' ? 'bob' : 'dave')).toEqual({ ok: false, code: 'ProofInvalid' });
      expect(await check(signer, text.replace('":', '" :'))).toEqual({ ok: false, code: 'ProofInvalid' });
    }
  });

  it('is taken under its own scheme only', async () => {
    for (const { text, proof, scheme } of signed) {
      const other = scheme === 'pgp' ? 'pgpv2' : 'pgp';
      const result = await verifyGroupProof(text, { proof, scheme: other }, vectorUser(signer).publicKey, NOW);
      expect(result).toEqual({ ok: false, code: 'ProofMalformed' });
    }
  });
});

describe('a group’s proof', () => {
  it('names its signer after the armor, whose DID has colons of its own', async () => {
    const proof = await signGroupProof('text', didOf('alice'), await privateKeyOf('alice'), NOW);
    expect(parseGroupProof(proof)).toMatchObject({ scheme: 'pgpv2', signer: didOf('alice') });
    expect(signerOf(proof)).toBe(didOf('alice'));
    const scw = 'scw:eip155:1:0x5FbDB2315678afecb367f032d93F642f64180aa3';
    expect(signerOf(proof.replace(didOf('alice'), scw))).toBe(scw);
  });

  it.each([
    ['', 'ProofMissing'],
    ['nonsense', 'ProofMalformed'],
    ['pgpv2:armor', 'ProofMalformed'],
    ['pgpv2:armor:nobody', 'InvalidAddress'],
  ])('of %j is refused', (proof, code) => {
    expect(codeOf(() => signerOf(proof))).toBe(code);
  });
});

const condition = (category: string, data: object, rest: object = {}): object => ({
  type: 'PUSH',
  category,
  subcategory: 'holder',
  data,
  ...rest,
});
const token = { contract: `eip155:1:0x${'ab'.repeat(20)}`, amount: 1, decimals: 18 };
const holder = condition('ERC20', token);

describe('rules', () => {
  it.each<[string, object]>([
    ['none', {}],
    ['one condition', { entry: { conditions: holder } }],
    ['a list', { chat: { conditions: [holder, holder] } }],
    ['nested joins', { entry: { conditions: { any: [{ all: [holder, { any: [holder] }] }, holder] } } }],
    [
      'an invitation',
      {
        entry: { conditions: condition('INVITE', { inviterRoles: ['ADMIN', 'OWNER'] }, { subcategory: 'DEFAULT' }) },
      },
    ],
    [
      'another service',
      {
        chat: {
          conditions: condition(
            'CustomEndpoint',
            { url: 'https://a.example/{{user_address}}' },
            { subcategory: 'GET' },
          ),
        },
      },
    ],
  ])('of %s are read as they are', (_, rules) => {
    expect(parseRules(rules)).toBe(rules);
  });

  const deep = Array.from({ length: 8 }).reduce<object>((inner) => ({ any: [inner] }), holder);
  it.each<[string, unknown]>([
    ['no object', 'rules'],
    ['an unknown place', { groupAccess: { conditions: holder } }],
    ['no conditions', { entry: {} }],
    ['an unknown category', { entry: { conditions: condition('MAGIC', {}) } }],
    ['a join with more beside it', { entry: { conditions: { any: [holder], all: [] } } }],
    ['a negative amount', { entry: { conditions: condition('ERC20', { ...token, amount: -1 }) } }],
    ['an unknown comparison', { entry: { conditions: condition('ERC20', { ...token, comparison: '~' }) } }],
    ['a contract without chain', { entry: { conditions: condition('ERC20', { ...token, contract: '0xab' }) } }],
    [
      'an invitation to write',
      { chat: { conditions: condition('INVITE', { inviterRoles: ['ADMIN'] }, { subcategory: 'DEFAULT' }) } },
    ],
    [
      'an address with two accounts',
      {
        entry: {
          conditions: condition(
            'CustomEndpoint',
            { url: 'https://a.example/{{user_address}}{{user_address}}' },
            { subcategory: 'GET' },
          ),
        },
      },
    ],
    ['endless joins', { entry: { conditions: deep } }],
    ['too many conditions', { entry: { conditions: Array.from({ length: 33 }, () => holder) } }],
  ])('with %s are refused', (_, rules) => {
    expect(() => parseRules(rules)).toThrow(PushChatError);
  });
});

describe('an older call', () => {
  it('with rules is refused: its proof does not cover them, and left out they would open the group', () => {
    const { body } = groups.groups.find(({ name }) => name.startsWith('v1-create'))?.calls[0] ?? {};
    expect(codeOf(() => parseGroupCreationV1({ ...body, rules: { entry: { conditions: holder } } }))).toBe(
      'PayloadMalformed',
    );
  });
});
