import { spawn } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeError } from '../../src/node/commands/describeError.ts';
import { PushChatError } from '../../src/errors.ts';
import { temporaryFolder } from './nodeWorld.ts';

const OPTIONAL = ['@socket.io/postgres-adapter', 'libsql', 'pg', 'prom-client', 'socket.io', 'web-push'];
const ROOT = join(import.meta.dirname, '../..');
let program: string;

/** With everything in it but the optional packages, so that it can stand where those are not. */
beforeAll(async () => {
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: ['src/node/pushNodeCli.ts'],
    write: false,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: OPTIONAL,
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    logLevel: 'silent',
  });
  program = result.outputFiles[0]?.text ?? '';
});

/** @param installed the packages that are there after all */
async function runIn(args: readonly string[], installed: readonly string[] = []): Promise<string> {
  const folder = await temporaryFolder();
  writeFileSync(join(folder, 'push-node.mjs'), program);
  mkdirSync(join(folder, 'node_modules'));
  for (const name of installed) symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  const child = spawn(process.execPath, ['push-node.mjs', ...args], { cwd: folder });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output += part.toString()));
  await new Promise((resolve) => child.on('close', resolve));
  return output;
}

describe('a package that is not there', () => {
  it.each([
    [['--memory'], [], 'A Push Node on a port needs', 'socket.io'],
    [['import', 'x', '--data', 'new'], [], 'A node that keeps its data in a folder needs', 'libsql'],
    [['check', '--database', 'postgres://localhost/none'], [], 'A PostgreSQL store needs', 'pg'],
    [['vapid-keys'], [], 'Web Push needs', 'web-push'],
    [['--memory', '--metrics', 'on'], ['socket.io'], 'Metrics need', 'prom-client'],
  ])('push-node %j says which, and how to install it', async (args, installed, need, name) => {
    expect(await runIn(args, installed)).toBe(
      `push-node: ${need} the package "${name}". Install it: npm install ${name}\n`,
    );
  });
});

describe('what a program says of an error', () => {
  const described = (...messages: readonly string[]): string => {
    const [first = '', ...others] = messages;
    const cause = others.reduceRight<Error | undefined>((inner, each) => new Error(each, { cause: inner }), undefined);
    return describeError(new PushChatError('InvalidConfig', first, { cause }));
  };

  it('is its sentence and what caused it, each once', () => {
    expect(described('It cannot be opened.', 'connect refused')).toBe('It cannot be opened: connect refused');
    expect(described('No option "x".', 'No option "x".', '', 'x')).toBe('No option "x".');
  });

  it('ND-15 is one line, whatever a caller puts into it', () => {
    expect(described('Said "a\r\nb".', '\u001b[2J\u2028\u202e')).toBe(
      'Said "a\\u000d\\u000ab": \\u001b[2J\\u2028\\u202e',
    );
  });
});
