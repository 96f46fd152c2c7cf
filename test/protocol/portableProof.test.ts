import { beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/pushChatCli.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { blockCid, encodeBlock } from '../../src/protocol/cid.ts';
import type { StoredMessage } from '../../src/protocol/payload.ts';
import {
  portableProof,
  verifyProofFile,
  type PortableProof,
  type SenderRecord,
} from '../../src/protocol/portableProof.ts';
import { coded, didOf, NOW, resigned, sealed, text } from '../support/builders.ts';
import { vectorUser } from '../support/vectors.ts';
import { quietTerminal } from '../support/terminal.ts';

const recordOf = (name: string): SenderRecord => {
  const { did, caip10, publicKey, encryptedPrivateKey, verificationProof = null } = vectorUser(name).creation;
  return { did, wallets: caip10, publicKey, encryptedPrivateKey, verificationProof, name: null };
};

/** A message as a node stores it: under the id of its bytes. */
async function storedMessage(plain: boolean): Promise<StoredMessage> {
  const block = { ...(await sealed(text('hello'), { plain })), timestamp: NOW.getTime(), link: null };
  return { ...block, cid: blockCid(encodeBlock(block)) };
}

let plain: PortableProof;
let encrypted: PortableProof;

beforeAll(async () => {
  plain = portableProof(await storedMessage(true), recordOf('alice'));
  encrypted = portableProof(await storedMessage(false), recordOf('alice'));
});

const check = (proof: unknown): ReturnType<typeof verifyProofFile> => verifyProofFile(JSON.stringify(proof), NOW);
/** The proof about other bytes under the id that these have, as a careful forger would make it. */
function forged(proof: PortableProof, changes: Partial<StoredMessage>): PortableProof {
  const { cid: _, ...block } = { ...proof.message, ...changes };
  return { ...proof, message: { ...block, cid: blockCid(encodeBlock(block)) } };
}

describe('verifyProofFile', () => {
  it('says who signed what for whom, with which key, vouched for how', async () => {
    expect(await check(plain)).toMatchObject({
      cid: plain.message.cid,
      cidChecked: true,
      from: didOf('alice'),
      to: didOf('bob'),
      signedAt: NOW.getTime(),
      attestedBy: 'eip191v2',
      scheme: 'pgpv3',
      content: text('hello'),
    });
    expect(await check(encrypted)).toMatchObject({ content: null });
  });

  it('CH-04 refuses a message that is not what its id names', async () => {
    await expect(check({ ...plain, message: { ...plain.message, timestamp: 5 } })).rejects.toEqual(
      coded('CidMismatch'),
    );
  });

  it('CR-01 refuses other words', async () => {
    const message = { messageObj: { content: 'I owe you' }, messageContent: 'I owe you' };
    await expect(check(forged(plain, message))).rejects.toEqual(coded('ProofInvalid'));
  });

  it('KI-03 refuses a key that the wallet did not sign over', async () => {
    const { publicKey } = recordOf('bob');
    await expect(check({ ...plain, sender: { ...plain.sender, publicKey } })).rejects.toEqual(coded('KeyUnattested'));
    const stripped = { ...plain, sender: { ...plain.sender, verificationProof: null } };
    await expect(check(stripped)).rejects.toEqual(coded('KeyUnattested'));
  });

  it('KI-06 refuses a message of somebody else', async () => {
    await expect(check({ ...plain, sender: recordOf('bob') })).rejects.toEqual(coded('SenderMismatch'));
    await expect(check(forged(plain, { fromCAIP10: didOf('carol') }))).rejects.toEqual(coded('SenderMismatch'));
  });

  it('CH-01 refuses another receiver than the signed one', async () => {
    await expect(check(forged(plain, { toDID: didOf('carol') }))).rejects.toEqual(coded('ReceiverMismatch'));
    const moved = forged(plain, { toDID: didOf('carol'), toCAIP10: didOf('carol') });
    await expect(check(moved)).rejects.toEqual(coded('ProofInvalid'));
  });

  it('CR-15 refuses a signature of the day after tomorrow, and says so', async () => {
    const early = new Date(NOW.getTime() - 2 * 24 * 60 * 60 * 1000);
    await expect(verifyProofFile(JSON.stringify(plain), early)).rejects.toEqual(coded('ClockSkew'));
  });

  it('CR-12 refuses a proof relabelled as another version', async () => {
    const relabelled = plain.message.verificationProof?.replace('pgpv3', 'pgpv2') ?? '';
    await expect(check(forged(plain, { verificationProof: relabelled }))).rejects.toEqual(coded('ProofInvalid'));
    const { chatId: _, ...older } = { ...plain.message, ...(await resigned(plain.message, {}, { scheme: 'pgpv2' })) };
    expect(await check(forged({ ...plain, message: older }, {}))).toMatchObject({ scheme: 'pgpv2' });
  });

  it.each(['', '[]', '{}', 'null', '{"format":"push-chat-proof/1"}', '{"format":"push-chat-proof/2"}'])(
    'PA-01 refuses %j with a typed error',
    async (json) => {
      await expect(verifyProofFile(json, NOW)).rejects.toEqual(coded('PayloadMalformed'));
    },
  );

  it('RX-01 refuses what is larger than any proof', async () => {
    await expect(verifyProofFile(' '.repeat(5_000_000), NOW)).rejects.toEqual(coded('PayloadTooLarge'));
  });
});

describe('push-chat verify', () => {
  async function run(args: readonly string[], file = ''): Promise<{ code: number; out: string; complaints: string }> {
    let [out, complaints] = ['', ''];
    const terminal: Terminal = {
      ...quietTerminal,
      read: (name) => {
        if (name === 'missing.json') throw new TypeError('no such file');
        return file;
      },
      print: (words) => (out += words),
      complain: (words) => (complaints += words),
      now: () => NOW,
    };
    return { code: await main(args, terminal), out, complaints };
  }

  it('exits with 0 for a proof that holds, and says what it proves', async () => {
    const { code, out } = await run(['verify', 'proof.json'], JSON.stringify(plain));
    expect(code).toBe(0);
    expect(out).toContain('VALID');
    for (const fact of [didOf('alice'), didOf('bob'), plain.message.cid, 'hello']) expect(out).toContain(fact);
    const printed = await run(['verify', 'proof.json', '--json'], JSON.stringify(plain));
    expect(JSON.parse(printed.out)).toMatchObject({ valid: true, cid: plain.message.cid });
  });

  it('exits with 1 for a proof that does not hold, and names the reason', async () => {
    const file = JSON.stringify(forged(plain, { messageContent: 'x', messageObj: { content: 'x' } }));
    expect(await run(['verify', 'proof.json'], file)).toMatchObject({
      code: 1,
      out: expect.stringContaining('ProofInvalid'),
    });
    const { code, out } = await run(['verify', '--json', 'proof.json'], file);
    expect([code, JSON.parse(out)]).toMatchObject([1, { valid: false, code: 'ProofInvalid' }]);
  });

  it('exits with 2 where there is nothing to check', async () => {
    for (const args of [[], ['verify'], ['verify', 'missing.json'], ['sign', 'x'], ['verify', 'a', 'b'], ['--what']]) {
      const { code, complaints, out } = await run(args);
      expect([code, out]).toEqual([2, '']);
      expect(complaints).toMatch(/^push-chat: /);
    }
  });

  it('explains itself', async () => {
    expect(await run(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('push-chat verify FILE') });
  });
});
