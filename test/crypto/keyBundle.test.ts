import { createCipheriv, hkdfSync, randomBytes as nodeBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  openBoxedKey,
  openKeyBundle,
  parseKeyBundle,
  sealKeyBundle,
  unlockText,
  type BundleWallet,
} from '../../src/crypto/keyBundle.ts';
import { randomBytes } from '../../src/crypto/random.ts';
import { DATA_TYPES } from '../../src/crypto/dataTypes.ts';
import { PushChatError } from '../../src/errors.ts';
import { coded, codeOf, walletOf } from '../support/builders.ts';
import { vectorUser } from '../support/vectors.ts';

type Fields = Record<string, unknown>;

/** Who has which version of bundle, in the official client's vectors. */
const versions = { V1: 'erin', V2: 'frank', V3: 'alice', V4: 'heidi-nft', V5: 'grace-scw' };
const published = (name: string): Fields => JSON.parse(vectorUser(name).creation.encryptedPrivateKey) as Fields;

/** A user's own wallet that counts its prompts. */
function countingWallet(name: string): BundleWallet & { prompts: number } {
  const wallet = walletOf(name);
  const counting = {
    prompts: 0,
    signMessage: (text: string) => (counting.prompts++, wallet.signMessage(text)),
    signTypedData: (domain: Fields, data: string) => (
      counting.prompts++,
      wallet.signTypedData(domain, DATA_TYPES, { data })
    ),
    decrypt: (bundle: Parameters<typeof openBoxedKey>[0]) => {
      counting.prompts++;
      return Promise.resolve().then(() => openBoxedKey(bundle, vectorUser(name).walletPrivateKey));
    },
  };
  return counting;
}

/** How a client unlocks: nothing that fails to parse reaches the wallet. */
const unlock = async (text: string, wallet: BundleWallet): Promise<string> =>
  openKeyBundle(parseKeyBundle(text), wallet);

async function refusedUnprompted(text: string, name = 'alice'): Promise<void> {
  const wallet = countingWallet(name);
  await expect(unlock(text, wallet)).rejects.toEqual(coded('KeyBundleMalformed'));
  expect(wallet.prompts).toBe(0);
}

describe('a bundle with a field of another type', () => {
  const listed = (fields: Fields, name: string): string => JSON.stringify({ ...fields, [name]: [fields[name]] });

  it.each([
    ['erin', 'nonce'],
    ['erin', 'ciphertext'],
    ['alice', 'salt'],
    ['alice', 'preKey'],
    ['alice', 'ciphertext'],
  ])('of %s, %s, is malformed, though it reads the same as a text', async (name, field) => {
    await refusedUnprompted(listed(published(name), field), name);
  });

  it.each(['"text"', '7', 'true', 'null', '[]'])('%s is malformed', (text) => refusedUnprompted(text));
  it.each(['text', 7, null, undefined])('a sealed password that is %s is malformed', async (encryptedPassword) => {
    await refusedUnprompted(JSON.stringify({ ...published('heidi-nft'), encryptedPassword }), 'heidi-nft');
  });
});

describe('opening a bundle of each version', () => {
  it.each(Object.entries(versions))('%s opens with one prompt', async (_, name) => {
    const wallet = countingWallet(name);
    const user = vectorUser(name);
    expect(await unlock(user.creation.encryptedPrivateKey, wallet)).toBe(user.privateKeyArmored);
    expect(wallet.prompts).toBe(1);
  });

  it.each(Object.entries(versions))('%s in another wallet is DecryptFailed', async (_, name) => {
    const stranger = { ...countingWallet('bob') };
    await expect(unlock(vectorUser(name).creation.encryptedPrivateKey, stranger)).rejects.toEqual(
      coded('DecryptFailed'),
    );
  });

  const flipHex = (text: unknown): string => String(text).replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  it.each(['frank', 'alice', 'heidi-nft', 'grace-scw'])(
    '%s: one changed digit anywhere is DecryptFailed',
    async (name) => {
      const bundle = published(name);
      const inner = bundle['encryptedPassword'] as Fields | undefined;
      const fields = ['ciphertext', 'salt', 'nonce'];
      const damaged = fields.map((field): Fields => ({ ...bundle, [field]: flipHex(bundle[field]) }));
      if (inner) {
        const inside = fields.map((field): Fields => ({ ...inner, [field]: flipHex(inner[field]) }));
        damaged.push(...inside.map((encryptedPassword) => ({ ...bundle, encryptedPassword })));
      }
      for (const one of damaged) {
        await expect(unlock(JSON.stringify(one), countingWallet(name))).rejects.toEqual(coded('DecryptFailed'));
      }
    },
  );

  it('V1: one changed byte anywhere is DecryptFailed', async () => {
    const bundle = published('erin');
    for (const field of ['nonce', 'ephemPublicKey', 'ciphertext']) {
      const bytes = Buffer.from(String(bundle[field]), 'base64');
      bytes[5] = (bytes[5] ?? 0) ^ 1;
      const text = JSON.stringify({ ...bundle, [field]: bytes.toString('base64') });
      await expect(unlock(text, countingWallet('erin'))).rejects.toEqual(coded('DecryptFailed'));
    }
  });

  it('a wallet that lacks what the version needs is WalletUnsupported', async () => {
    const plain: BundleWallet = { signMessage: () => Promise.reject(new Error('never asked')) };
    for (const name of ['erin', 'frank']) {
      const opening = unlock(vectorUser(name).creation.encryptedPrivateKey, plain);
      await expect(opening).rejects.toEqual(coded('WalletUnsupported'));
    }
  });

  it('a compact answer is WalletUnsupported, and a refusal is the wallet’s own error', async () => {
    const { encryptedPrivateKey } = vectorUser('alice').creation;
    const compact = { signMessage: () => Promise.resolve(`0x${'1'.repeat(128)}`) };
    await expect(unlock(encryptedPrivateKey, compact)).rejects.toEqual(coded('WalletUnsupported'));
    const refusal = new Error('user rejected');
    await expect(unlock(encryptedPrivateKey, { signMessage: () => Promise.reject(refusal) })).rejects.toBe(refusal);
  });

  it('a new bundle shows nothing of the key, and never repeats', async () => {
    const preKey = '0f'.repeat(32);
    const signature = await walletOf('alice').signMessage(unlockText(preKey));
    const [one, two] = [0, 1].map(() => sealKeyBundle('CANARY', preKey, signature, randomBytes));
    expect(one).not.toBe(two);
    expect(one).not.toContain(Buffer.from('CANARY').toString('hex'));
    expect(Object.keys(JSON.parse(one ?? '') as Fields)).toEqual(['ciphertext', 'salt', 'nonce', 'version', 'preKey']);
  });

  it.each(['$0PcAbcdefghij', 'Pässwörd1!', 'Parole1!ā', 'Пароль1!Aa', 'Aa1!🔑'])(
    'V4 with the password %j opens as the official client sealed it',
    async (password) => {
      // Independent of the code under test: all units in hex, at least two digits each, cut into pairs.
      const hex = [...Array(password.length).keys()]
        .map((i) => password.charCodeAt(i).toString(16).padStart(2, '0'))
        .join('');
      const secret = Buffer.from(hex.slice(0, hex.length - (hex.length % 2)), 'hex');
      const [salt, nonce] = [nodeBytes(32), nodeBytes(12)];
      const cipher = createCipheriv('aes-256-gcm', Buffer.from(hkdfSync('sha256', secret, salt, '', 32)), nonce);
      const ciphertext = Buffer.concat([cipher.update('the key'), cipher.final(), cipher.getAuthTag()]);
      const preKey = 'cd'.repeat(32);
      const signature = await walletOf('alice').signMessage(unlockText(preKey));
      const encryptedPassword: unknown = JSON.parse(sealKeyBundle(password, preKey, signature, randomBytes));
      const [c, s, n] = [ciphertext, salt, nonce].map((bytes) => bytes.toString('hex'));
      const bundle = { ciphertext: c, salt: s, nonce: n, version: 'pgpv1:nft', preKey: '', encryptedPassword };
      expect(await unlock(JSON.stringify(bundle), countingWallet('alice'))).toBe('the key');
    },
  );
});

describe('KI-14 damaged bundles never reach the wallet', () => {
  const whole = vectorUser('alice').creation.encryptedPrivateKey;
  const v3 = published('alice');
  const v1 = published('erin');
  const v4 = published('heidi-nft');

  it.each([
    ['nothing', ''],
    ['cut JSON', whole.slice(0, -10)],
    ['no object', '"text"'],
    ['null', 'null'],
    ['a list', `[${whole}]`],
    ['ten megabytes', `${whole.slice(0, -1)},"x":"${'a'.repeat(10_000_000)}"}`],
    ['no version', JSON.stringify({ ...v3, version: undefined })],
    ['an unknown version', JSON.stringify({ ...v3, version: 'toString' })],
    ['hex of odd length', JSON.stringify({ ...v3, ciphertext: `${String(v3['ciphertext'])}0` })],
    ['no ciphertext', JSON.stringify({ ...v3, ciphertext: '' })],
    ['a short salt', JSON.stringify({ ...v3, salt: '00' })],
    ['an empty nonce', JSON.stringify({ ...v3, nonce: '' })],
    ['a long nonce', JSON.stringify({ ...v3, nonce: '00'.repeat(13) })],
    ['no hex', JSON.stringify({ ...v3, salt: 'zz'.repeat(32) })],
    ['V3 called V1', JSON.stringify({ ...v3, version: v1['version'] })],
    ['V1 called V3', JSON.stringify({ ...v1, version: v3['version'] })],
    ['V3 called V4', JSON.stringify({ ...v3, version: v4['version'] })],
    ['V4 called V3', JSON.stringify({ ...v4, version: v3['version'] })],
    ['V4 without its password', JSON.stringify({ ...v4, encryptedPassword: null })],
    ['V4 with text for its password', JSON.stringify({ ...v4, encryptedPassword: 'x' })],
    ['V1 with a short nonce', JSON.stringify({ ...v1, nonce: 'AAAA' })],
    ['V1 with no base64', JSON.stringify({ ...v1, ciphertext: '***' })],
    ['V1 with an empty ciphertext', JSON.stringify({ ...v1, ciphertext: '' })],
  ])('KI-14 %s is KeyBundleMalformed', async (_, text) => refusedUnprompted(text));

  it('KI-14 V3 called V2 asks for the other signature, which opens nothing', async () => {
    const text = JSON.stringify({ ...v3, version: 'aes256GcmHkdfSha256' });
    await expect(unlock(text, countingWallet('alice'))).rejects.toEqual(coded('DecryptFailed'));
  });

  it('KI-14 any JSON value in any field is read rightly or refused as KeyBundleMalformed', () => {
    const bundles = [v1, v3, v4, published('frank'), published('grace-scw')];
    const damage = fc.record({ bundle: fc.constantFrom(...bundles), at: fc.nat(4), value: fc.jsonValue() });
    fc.assert(
      fc.property(damage, ({ bundle, at, value }) => {
        const field = Object.keys(bundle)[at] ?? 'version';
        const text = JSON.stringify({ ...bundle, [field]: value });
        if (JSON.stringify(value) === JSON.stringify(bundle[field])) return;
        const shape = bundle === v1 ? /^(?:[A-Za-z0-9+/]{4})*[A-Za-z0-9+/]{2,4}={0,2}$/ : /^(?:[0-9a-f]{2})+$/i;
        const harmless = field === 'ciphertext' && typeof value === 'string' && shape.test(value);
        if (!harmless) expect(codeOf(() => parseKeyBundle(text))).toBe('KeyBundleMalformed');
      }),
      { numRuns: 2_000 },
    );
  });

  it('KI-14 any text at all is refused as KeyBundleMalformed', () => {
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.json());
    fc.assert(
      fc.property(texts, (text) => codeOf(() => parseKeyBundle(text)) === 'KeyBundleMalformed'),
      { numRuns: 2_000 },
    );
  });
});

describe('KI-15 what a wallet is asked to sign', () => {
  const v3 = published('alice');
  const hex = '0123456789abcdef'.repeat(4);

  it.each([
    ['missing', undefined],
    ['null', null],
    ['empty', ''],
    ['a number', 1e63],
    ['a list of one', [hex]],
    ['too short', hex.slice(1)],
    ['too long', `${hex}0`],
    ['upper case', hex.toUpperCase()],
    ['prefixed', `0x${hex.slice(2)}`],
    ['with a line feed after it', `${hex}\n`],
    ['with a line feed inside', `${hex.slice(0, 32)}\n${hex.slice(33)}`],
    ['with a bidi override', `\u202e${hex.slice(1)}`],
    ['a URL', `https://evil.example/?${hex.slice(22)}`],
    ['a text of the right length', 'Transfer everything to 0x0000000000000000000000000000000000000000'.slice(0, 64)],
    ['full-width digits', '０'.repeat(64)],
  ])('KI-15 a preKey that is %s is KeyBundleMalformed, and the wallet is not asked', async (_, preKey) => {
    await refusedUnprompted(JSON.stringify({ ...v3, preKey }));
    await refusedUnprompted(JSON.stringify({ ...v3, version: 'aes256GcmHkdfSha256', preKey }));
    const v5 = published('grace-scw');
    const encryptedPassword = { ...(v5['encryptedPassword'] as Fields), preKey };
    await refusedUnprompted(JSON.stringify({ ...v5, encryptedPassword }));
  });

  it('KI-15 the text shown is ours but for the 64 digits', async () => {
    const shown: string[] = [];
    const wallet = { signMessage: (text: string) => (shown.push(text), Promise.reject(new Error('no'))) };
    await expect(unlock(JSON.stringify(v3), wallet)).rejects.toThrow('no');
    expect(shown).toEqual([`Enable Push Profile \n${String(v3['preKey'])}`]);
  });

  it('KI-15 an error says nothing of the bundle', () => {
    const canary = 'CANARY'.repeat(5);
    for (const field of ['preKey', 'ciphertext', 'salt', 'nonce', 'version']) {
      try {
        parseKeyBundle(JSON.stringify({ ...v3, [field]: canary }));
        expect.unreachable();
      } catch (error) {
        expect(error).toBeInstanceOf(PushChatError);
        expect((error as Error).message).not.toContain('CANARY');
      }
    }
  });
});
