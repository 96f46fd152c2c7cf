import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { blockCid, encodeBlock } from '../../src/protocol/cid.ts';
import { routes } from '../../src/protocol/routes.ts';
import { didOf, sealed, text } from '../support/builders.ts';
import { vectorUser } from '../support/vectors.ts';
import { temporaryFolder, type Stored } from './nodeWorld.ts';

/** Beside the packages that it imports, so that they are found. */
const PROGRAM = join(import.meta.dirname, '../../node_modules/.cache/push-node-test/push-node.mjs');

beforeAll(async () => {
  await build({
    entryPoints: ['src/node/pushNodeCli.ts'],
    outfile: PROGRAM,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  });
});

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; output: string }>;
}

function run(args: readonly string[], env: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, [PROGRAM, ...args], { env: { ...process.env, ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output += part.toString()));
  return { child, ended: new Promise((resolve) => child.on('close', (code) => resolve({ code, output }))) };
}

/** The address in the line that a started node prints. */
async function urlOf({ child, ended }: Run): Promise<string> {
  if (!child.stdout) throw new RangeError('no output');
  const [line] = await Promise.race([
    new Promise<string[]>((resolve) =>
      createInterface({ input: child.stdout as NodeJS.ReadableStream }).once('line', (text) => resolve([text])),
    ),
    ended.then(({ output }) => [output]),
  ]);
  return /http:\/\/\S+?(?=,)/.exec(line ?? '')?.[0] ?? `no address in: ${line ?? ''}`;
}

const post = async (url: string, path: string, body: unknown): Promise<Stored> => {
  const answer = await fetch(url + path, { method: 'POST', body: JSON.stringify(body) });
  const stored = (await answer.json()) as Stored;
  if (answer.status !== 201) throw new RangeError(JSON.stringify(stored));
  return stored;
};

describe('push-node', () => {
  it('says what it can', async () => {
    expect(await run(['--help']).ended).toEqual({ code: 0, output: expect.stringContaining('--memory') });
  });

  it.each([[['--port', 'x']], [['--port', '70000']], [['--memory', '--data', 'x']], [['--colour']], [['serve']]])(
    'refuses %j with a reason and no stack',
    async (args) => {
      const { code, output } = await run(args).ended;
      expect(code).toBe(1);
      expect(output).not.toMatch(/at .*:\d+/);
      expect(output.length).toBeGreaterThan(10);
    },
  );

  it('says once and on one line that there is no such option', async () => {
    const { output } = await run(['--colour']).ended;
    expect(output).toMatch(/^push-node: Unknown option '--colour'[^\n]*\n$/);
    expect(output.split('Unknown option')).toHaveLength(2);
    expect(output).not.toContain('\\"');
  });

  it('ND-15 escapes line breaks and control characters of an argument, and nothing else', async () => {
    const { output } = await run(['--chain', '1="\r\nforged\u001b[2J\u202e']).ended;
    expect(output).toMatch(/^push-node: [^\r\n\u001b\u202e]*\n$/);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('serves until %s, then ends cleanly', async (signal) => {
    const node = run(['--memory'], { PORT: '0' });
    const url = await urlOf(node);
    expect(await (await fetch(url + routes.user(didOf('alice')).path)).json()).toBeNull();
    node.child.kill(signal);
    expect(await node.ended).toMatchObject({ code: 0, output: expect.stringContaining('in memory') });
  });

  it(
    'DU-01 loses, doubles and breaks nothing that it answered, however often it is killed',
    { timeout: 120_000 },
    async () => {
      const folder = await temporaryFolder();
      const bodies = await Promise.all(Array.from({ length: 400 }, (_, i) => sealed(text(String(i)))));
      const acknowledged = new Set<string>();
      let url = '';
      for (let round = 0; round < 6; round++) {
        const node = run(['--port', '0', '--data', folder]);
        url = await urlOf(node);
        if (round === 0) {
          for (const name of ['alice', 'bob'])
            await fetch(url + routes.createUser().path, {
              method: 'POST',
              body: JSON.stringify(vectorUser(name).creation),
            });
          acknowledged.add((await post(url, routes.sendRequest().path, await sealed(text('May I?')))).cid);
        }
        if (round === 5) break;
        // Several at once until the connection breaks; whatever was not answered is posted again after the restart.
        const enough = acknowledged.size + 6 + 5 * round;
        const writer = async (): Promise<void> => {
          for (;;) {
            const body = bodies.shift();
            if (!body) return;
            try {
              acknowledged.add((await post(url, routes.sendMessage().path, body)).cid);
              // While the others are under way.
              if (acknowledged.size >= enough) node.child.kill('SIGKILL');
            } catch (error) {
              if (error instanceof RangeError) throw error;
              bodies.unshift(body);
              return;
            }
          }
        };
        await Promise.all(Array.from({ length: 4 }, writer));
        await node.ended;
      }
      const head = (await (await fetch(url + routes.head(didOf('bob'), didOf('alice')).path)).json()) as {
        threadHash: string;
      };
      const messages: Stored[] = [];
      for (let id: string | null = head.threadHash; id !== null; id = messages.at(-1)?.link ?? null) {
        messages.push(...((await (await fetch(url + routes.history(id, 30).path)).json()) as Stored[]));
      }
      const ids = messages.map(({ cid }) => cid);
      expect(acknowledged.size).toBeGreaterThan(20);
      expect([...acknowledged].filter((cid) => !ids.includes(cid))).toEqual([]);
      expect(new Set(messages.map(({ verificationProof }) => verificationProof)).size).toBe(messages.length);
      expect(messages.map(({ link }) => link)).toEqual([...ids.slice(1), null]);
      for (const { cid, ...block } of messages) expect(blockCid(encodeBlock(block))).toBe(cid);
    },
  );
});
