import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { id, Wallet } from 'ethers';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import type { ThreadItem } from '../../src/client/state.ts';
import { startPushNode } from '../../src/node/httpServer.ts';
import { parseDid, type Did } from '../../src/protocol/did.ts';
import { buildProgram, runProgram, type Run } from '../support/program.ts';
import { itemsOf, text, until } from '../support/until.ts';

let program: string;
let node: Awaited<ReturnType<typeof startPushNode>>;
let folder: string;

beforeAll(async () => {
  program = await buildProgram('src/cli/pushChatCli.ts');
  node = await startPushNode({ port: 0, memory: true });
});
afterAll(() => node.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'push-chat-cli-'));
  return () => rmSync(folder, { recursive: true });
});

let wallets = 0;
const newWallet = (): Wallet => new Wallet(id(`wallet ${(wallets += 1)} of the command line`));

interface Account {
  readonly did: Did;
  readonly wallet: Wallet;
  readonly start: (args: readonly string[], input?: string) => Run;
  readonly run: (args: readonly string[], input?: string) => Promise<{ code: number | null; out: string; err: string }>;
}

/** Somebody at a command line. */
function shell(wallet = newWallet()): Account {
  const env = { PUSH_CHAT_KEY: wallet.privateKey, PUSH_CHAT_NODE: node.url };
  const start = (args: readonly string[], input?: string): Run =>
    runProgram(program, args, { env, cwd: folder, ...(input !== undefined && { input }) });
  return { did: parseDid(wallet.address), wallet, start, run: (...given) => start(...given).ended };
}

/** Somebody with a page. */
async function page(): Promise<{ did: Did; client: PushChatClient }> {
  const wallet = newWallet();
  const client = createPushChat({ signer: wallet, node: node.url, keyType: 'curve25519' });
  onTestFinished(client.close);
  client.start();
  await client.unlock();
  return { did: parseDid(wallet.address), client };
}

const linesOf = (out: string): Record<string, unknown>[] =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const plain = (args: readonly string[], env: Record<string, string> = {}): Run['ended'] =>
  runProgram(program, args, { env, cwd: folder }).ended;

describe('push-chat', () => {
  it('ND-15 complains on one line, whatever stands in an argument', async () => {
    const { err } = await shell().run(['"se\r\nnd\u001b[2J']);
    expect(err).toBe('push-chat: There is no command ""se\\u000d\\u000and\\u001b[2J". See push-chat --help.\n');
  });

  it('explains itself and each command, and refuses what there is not', async () => {
    const { code, out } = await plain(['--help']);
    expect(code).toBe(0);
    const commands = [...out.matchAll(/^ {2}(\w+) +\S/gm)].map(([, name = '']) => name);
    expect(commands).toEqual(['keys', 'send', 'listen', 'requests', 'accept', 'reject', 'prove', 'verify']);
    for (const name of commands) {
      const help = await plain([name, '--help']);
      expect([help.code, help.out]).toEqual([0, expect.stringContaining(`Usage: push-chat ${name}`)]);
      expect(help.out).toContain('Exit code: 0');
    }
    for (const args of [[], ['fly'], ['send'], ['send', '--what'], ['constructor'], ['listen', 'x']]) {
      expect(await plain(args)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^push-chat: /) });
    }
  });

  it('makes a key file for its owner, shows whose it is, and publishes its chat keys', async () => {
    const env = { PUSH_CHAT_NODE: node.url };
    const made = await plain(['keys', 'new', 'bot.key', '--plain', '--json']);
    const [{ address } = { address: '' }] = linesOf(made.out);
    expect(statSync(join(folder, 'bot.key')).mode & 0o077).toBe(0);
    expect(new Wallet(readFileSync(join(folder, 'bot.key'), 'utf8').trim()).address).toBe(address);
    expect(await plain(['keys', 'new', 'bot.key', '--plain'])).toMatchObject({ code: 2 });
    const shown = await plain(['keys', 'show', '--key-file', 'bot.key'], env);
    expect(shown).toMatchObject({ code: 0, out: `${String(address)}\nno chat keys yet\n`, err: '' });
    const published = await plain(['keys', 'publish', '--key-file', 'bot.key', '--json'], env);
    expect(linesOf(published.out)).toMatchObject([
      { address, key: 'verified', fingerprint: expect.stringMatching(/^[0-9a-f]{40}$/) },
    ]);
    const again = await plain(['keys', 'show', '--key-file', 'bot.key'], env);
    expect(again.out).toContain(String(linesOf(published.out)[0]?.['fingerprint']));
  });

  it(
    'opens a keystore with its password, from a file or the environment, and no other',
    { timeout: 90_000 },
    async () => {
      const env = { PUSH_CHAT_NODE: node.url, PUSH_CHAT_PASSWORD: 'correct horse' };
      const made = await plain(['keys', 'new', 'bot.json'], env);
      expect(made.code).toBe(0);
      writeFileSync(join(folder, 'password'), 'correct horse\n');
      const shown = await plain(['keys', 'show', '--key-file', 'bot.json', '--password-file', 'password'], {
        PUSH_CHAT_NODE: node.url,
      });
      expect([shown.code, shown.out]).toEqual([0, expect.stringContaining(made.out.trim())]);
      const wrong = await plain(['keys', 'show', '--key-file', 'bot.json'], { ...env, PUSH_CHAT_PASSWORD: 'wrong' });
      expect(wrong).toMatchObject({ code: 4, err: expect.stringContaining('password') });
      const none = await plain(['keys', 'show', '--key-file', 'bot.json'], { PUSH_CHAT_NODE: node.url });
      expect(none).toMatchObject({ code: 2, err: expect.stringContaining('--password-file') });
    },
  );

  it('wants a key and a node, says so in words and in JSON, and warns of a key as an argument', async () => {
    const { wallet } = shell();
    expect(await plain(['send', wallet.address, 'x'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--key-file'),
    });
    const noNode = await plain(['send', wallet.address, 'x', '--json'], { PUSH_CHAT_KEY: wallet.privateKey });
    expect(JSON.parse(noNode.err)).toMatchObject({ error: { code: 'InvalidConfig' } });
    expect(await plain(['send', wallet.privateKey, 'x'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('private key'),
    });
    const broken = await plain(['keys', 'show'], { PUSH_CHAT_KEY: 'abc', PUSH_CHAT_NODE: node.url });
    expect(broken).toMatchObject({ code: 4, err: expect.not.stringContaining('abc') });
    writeFileSync(join(folder, 'open.key'), wallet.privateKey, { mode: 0o644 });
    const open = await plain(['keys', 'show', '--key-file', 'open.key'], { PUSH_CHAT_NODE: node.url });
    expect(open).toMatchObject({ code: 0, err: expect.stringContaining('chmod 600') });
  });

  it('sends text, standard input, a file, a picture, JSON and an answer', async () => {
    const [{ did, client }, me] = [await page(), shell()];
    const first = await me.run(['send', did, 'May I?']);
    expect(first).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^bafyrei\w+\n$/) });
    await client.openThread(me.did);
    writeFileSync(join(folder, 'log.txt'), 'all green');
    writeFileSync(join(folder, 'dot.png'), Buffer.from('iVBORw0KGgo=', 'base64'));
    writeFileSync(join(folder, 'deploy.json'), '{"commit":"2f1c"}');
    const type = ['--type', 'org.example/deploy@1'];
    for (const [args, input] of [
      [['send', did], 'two\nlines\n'],
      [['send', did, '--file', 'log.txt']],
      [['send', did, '--file', 'dot.png']],
      [['send', did, '2f1c is live', '--data', '@deploy.json', ...type]],
      [['send', did, 'and again', '--data', '-', ...type], '{"commit":"2f1d"}'],
      [['send', did, 'yes', '--reply-to', first.out.trim(), '--json']],
    ] as [string[], string?][]) {
      expect(await me.run(args, input)).toMatchObject({ code: 0, err: '' });
    }
    const state = await until(client, () => itemsOf(client, me.did).length === 7);
    const items = state.threads[me.did]?.items ?? [];
    expect(items.every((item) => item.state === 'verified' && item.encrypted)).toBe(true);
    const said = items.map((item: ThreadItem) => ('content' in item ? item.content : item.state));
    expect(said).toMatchObject([
      text('May I?'),
      text('two\nlines'),
      { type: 'File', content: expect.stringContaining('"name":"log.txt","type":"text/plain","size":9') },
      { type: 'Image', content: expect.stringContaining('data:image/png;base64,iVBORw0KGgo=') },
      { ...text('2f1c is live'), data: { type: 'org.example/deploy@1', value: { commit: '2f1c' } } },
      { ...text('and again'), data: { type: 'org.example/deploy@1', value: { commit: '2f1d' } } },
      { type: 'Reply', content: text('yes'), reference: first.out.trim() },
    ]);
  });

  it('refuses by its exit code: plain text without consent 1, wrong use 2, a node that is away 3', async () => {
    const me = shell();
    const stranger = newWallet().address;
    const refused = await me.run(['send', stranger, 'hello', '--json']);
    expect([refused.code, JSON.parse(refused.err)]).toMatchObject([1, { error: { code: 'PlaintextRefused' } }]);
    expect(await me.run(['send', stranger, 'hello', '--allow-plaintext'])).toMatchObject({ code: 0 });
    for (const args of [
      ['send', 'bob.eth', 'x'],
      ['send', stranger, ''],
      ['send', stranger, 'x', '--once', 'a'],
      ['send', stranger, 'x', '--timeout', '0'],
      ['send', stranger, 'x', '--data', '{}'],
      ['send', stranger, 'x', '--data', '{', '--type', 'a/b@1'],
      ['send', stranger, '--file', 'nothing-there'],
      ['accept'],
      ['listen', '--accept', 'everybody'],
      ['listen', '--from', 'yesterday'],
      ['listen', '--join', 'everybody'],
    ]) {
      expect(await me.run(args)).toMatchObject({ code: 2, out: '' });
    }
    const away = await me.run(['send', stranger, 'x', '--node', 'http://localhost:1', '--timeout', '2']);
    expect(away).toMatchObject({ code: 3, out: '' });
  });

  it('lists requests, accepts and rejects them', async () => {
    const me = shell();
    await me.run(['keys', 'publish']);
    const [ann, ben, cem] = [await page(), await page(), await page()];
    for (const { client } of [ann, ben, cem]) await client.sendMessage(me.did, text('let me\nin \u001b[2J'));
    const listed = await me.run(['requests', '--json']);
    expect(
      linesOf(listed.out)
        .map(({ peer }) => peer)
        .sort(),
    ).toEqual([ann.did, ben.did, cem.did].sort());
    // Words of others move no cursor.
    expect((await me.run(['requests'])).out).not.toContain('\u001b');
    expect(await me.run(['reject', ben.did])).toMatchObject({ code: 0, out: `${ben.did}\n` });
    expect((await me.run(['accept', '--all', '--json'])).code).toBe(0);
    expect(await me.run(['requests'])).toMatchObject({ code: 0, out: '' });
    await until(ann.client, ({ threads }) => threads[me.did]?.relation === 'chat');
  });

  it('writes to a group, comes into it and listens there only when it is told to, and says so by group:', async () => {
    const me = shell();
    await me.run(['keys', 'publish']);
    const { did, client } = await page();
    const chatId = await client.groups.create({ name: 'Gar\u001b[2Jdeners', members: [me.did], encryption: 'session' });
    const group = `group:${chatId}`;

    // Without the word before it a chat id looks like a private key.
    expect(await me.run(['send', chatId, 'x'])).toMatchObject({ code: 2, err: expect.stringContaining('group:') });
    expect(await me.run(['send', 'group:abc', 'x'])).toMatchObject({ code: 2, out: '' });
    const out = await me.run(['send', group, 'hello', '--json']);
    expect([out.code, JSON.parse(out.err)]).toMatchObject([1, { error: { code: 'NotMember' } }]);

    const listed = await me.run(['requests', '--json']);
    expect(linesOf(listed.out)).toMatchObject([{ peer: group, name: 'Gar\u001b[2Jdeners', id: null, text: '' }]);
    expect((await me.run(['requests'])).out).not.toContain('\u001b');
    expect(await me.run(['accept', '--all'])).toMatchObject({ code: 0, out: '' });
    expect(client.store.get().groups[chatId]?.counts?.accepted).toBe(1);

    const args = ['listen', '--json', '--store', 'store'];
    const run = me.start([...args, '--join', did]);
    await until(client, ({ groups }) => groups[chatId]?.counts?.accepted === 2);
    await client.sendMessage(chatId, text('for all'));
    await expect
      .poll(() => linesOf(run.output().out))
      .toMatchObject([{ from: did, group, request: false, state: 'verified', encrypted: true, text: 'for all' }]);
    run.child.kill('SIGTERM');
    expect((await run.ended).code).toBe(0);
    expect(await me.run(['send', group, 'all green'])).toMatchObject({ code: 0, err: '' });
    await client.openThread(chatId);
    expect(itemsOf(client, chatId)).toMatchObject([
      { from: 'me' },
      { from: 'peer', sender: me.did, state: 'verified' },
    ]);

    await client.sendMessage(chatId, text('and more'));
    await client.sendMessage(me.did, text('between us'));
    const both = await me.run([...args, '--accept', 'all', '--groups', '--count', '2', '--timeout', '60']);
    expect(
      linesOf(both.out)
        .map(({ text: words }) => words)
        .sort(),
    ).toEqual(['and more', 'between us']);
    await client.sendMessage(chatId, text('not asked for'));
    await client.sendMessage(me.did, text('asked for'));
    const plainly = await me.run(['listen', '--store', 'store', '--count', '1', '--timeout', '60']);
    expect(plainly.out).toMatch(/ asked for\n$/);
  });

  it('listens, goes on from its cursor, and ends clean when it is told to', async () => {
    const me = shell();
    await me.run(['keys', 'publish']);
    const { did, client } = await page();
    await client.sendMessage(me.did, text('one'));
    const args = ['listen', '--json', '--accept', 'all', '--cursor', 'cursor'];
    const first = me.start(args);
    await until(client, ({ threads }) => threads[me.did]?.relation === 'chat');
    await client.sendMessage(me.did, text('two'));
    await expect.poll(() => linesOf(first.output().out)).toHaveLength(2);
    first.child.kill('SIGTERM');
    expect((await first.ended).code).toBe(0);
    await client.sendMessage(me.did, text('three'));
    const second = await me.run([...args, '--count', '1', '--timeout', '60']);
    expect([second.code, linesOf(second.out)]).toMatchObject([
      0,
      [{ from: did, state: 'verified', request: false, encrypted: true, type: 'Text', text: 'three' }],
    ]);
    const none = await me.run([...args, '--timeout', '2']);
    expect(none).toMatchObject({ code: 3, out: '' });
  });

  it('listens while it is killed again and again, and loses nothing', { timeout: 120_000 }, async () => {
    const me = shell();
    await me.run(['keys', 'publish']);
    const { client } = await page();
    const args = ['listen', '--json', '--accept', 'all', '--cursor', 'cursor'];
    const seen: string[] = [];
    const words = Array.from({ length: 24 }, (_, i) => `word ${i}`);
    let run = me.start(args);
    const writing = (async () => {
      for (const word of words) await client.sendMessage(me.did, text(word));
    })();
    for (let round = 0; !seen.includes('word 23'); round += 1) {
      const before = seen.length;
      await expect
        .poll(() => linesOf(whole(run.output().out)).length + before, { timeout: 30_000 })
        .toBeGreaterThan(Math.min(before + 3, words.length - 1));
      run.child.kill('SIGKILL');
      await run.ended;
      for (const { text: word } of linesOf(whole(run.output().out)))
        if (!seen.includes(String(word))) seen.push(String(word));
      run = me.start(args);
    }
    await writing;
    expect(seen).toEqual(words);
  });

  it('sends once under a name, though it is killed in the middle', { timeout: 120_000 }, async () => {
    const [{ did, client }, me] = [await page(), shell()];
    await me.run(['keys', 'publish']);
    await client.openThread(me.did);
    const args = ['send', did, 'deployed', '--store', 'store', '--once', 'deploy 7'];
    // Killed when it has written so much down, which it does at every step.
    const written = (): number => statSync(join(folder, 'store'), { throwIfNoEntry: false })?.size ?? 0;
    for (let round = 0; round < 6; round += 1) {
      const run = me.start(args);
      const before = written();
      let hasEnded = false;
      void run.ended.then(() => (hasEnded = true));
      await expect
        .poll(() => hasEnded || written() > before + round * 400, { interval: 2, timeout: 20_000 })
        .toBe(true);
      run.child.kill('SIGKILL');
      await run.ended;
    }
    const last = await me.run(args);
    expect(last).toMatchObject({ code: 0, err: '' });
    expect((await me.run(args)).out).toBe(last.out);
    await client.refresh();
    expect(itemsOf(client, me.did).map(({ id: cid }) => cid)).toEqual([last.out.trim()]);
  });

  it('proves a message, and verifies the proof', async () => {
    const [{ did }, me] = [await page(), shell()];
    const { out } = await me.run(['send', did, 'I owe you 5']);
    const proof = await me.run(['prove', out.trim()]);
    writeFileSync(join(folder, 'proof.json'), proof.out);
    const verified = await plain(['verify', 'proof.json', '--json']);
    expect([verified.code, JSON.parse(verified.out)]).toMatchObject([0, { valid: true, from: me.did, to: did }]);
    expect(await me.run(['prove', 'bafynone'])).toMatchObject({ code: 1 });
  });
});

/** A killed program may leave half a line, and no line is half in the next run. */
const whole = (out: string): string => out.slice(0, out.lastIndexOf('\n') + 1);

describe('docs/pipelines.md', () => {
  it.each([
    ['success', '✅ 2f1c9aa passed', true],
    ['failure', '❌ 2f1c9aa failed', false],
  ])('its job tells a wallet of a %s', async (status, words, passed) => {
    const document = readFileSync(join(import.meta.dirname, '../../docs/pipelines.md'), 'utf8');
    const script = /```sh\n(#!\/bin\/sh -eu\n[\s\S]*?)```/.exec(document)?.[1] ?? '';
    const { did, client } = await page();
    const bot = newWallet();
    const bin = join(folder, 'node_modules/.bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"name":"a-project","version":"1.0.0"}');
    writeFileSync(join(bin, 'push-chat'), `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`, { mode: 0o755 });
    writeFileSync(join(folder, 'notify.sh'), script);
    const url = 'https://ci.example.org/run/7';
    const env = {
      PUSH_CHAT_NODE: node.url,
      PUSH_CHAT_KEY: bot.privateKey,
      NOTIFY: did,
      STATUS: status,
      COMMIT: '2f1c9aa',
      RUN_URL: url,
    };
    const out = await new Promise<string>((resolve, reject) => {
      execFile('sh', ['notify.sh'], { cwd: folder, env: { ...process.env, ...env } }, (error, stdout, stderr) =>
        error ? reject(new RangeError(stderr)) : resolve(stdout),
      );
    });
    const { requests } = await until(client, (state) => state.requests.items.length === 1);
    expect(requests.items[0]?.last).toMatchObject({
      id: out.trim(),
      state: 'verified',
      content: {
        ...text(`${words}\n${url}`),
        data: { type: 'org.example/build@1', value: { commit: '2f1c9aa', passed, url } },
      },
    });
  });
});
