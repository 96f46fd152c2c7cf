import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';

const root = join(import.meta.dirname, '../..');

/**
 * Bundles a program of this repository, beside the packages that it imports, so that they are found. What it imports of
 * `push-chat-kit` is the source.
 * @returns its file
 */
export async function buildProgram(entry: string): Promise<string> {
  const outfile = join(root, 'node_modules/.cache/push-chat-test', `${entry.replaceAll('/', '-')}-${process.pid}.mjs`);
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'silent',
    plugins: [
      {
        name: 'packages-stay-outside',
        setup: (program) => {
          program.onResolve({ filter: /^push-chat-kit\// }, ({ path }) => ({
            path: join(root, 'src/exports', `${path.slice('push-chat-kit/'.length)}.ts`),
          }));
          program.onResolve({ filter: /^#openpgp$/ }, () => ({ path: 'openpgp', external: true }));
          program.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
            kind === 'entry-point' ? undefined : { path, external: true },
          );
        },
      },
    ],
  });
  return outfile;
}

export interface Run {
  readonly child: ChildProcess;
  /** What it has printed by now. */
  readonly output: () => { readonly out: string; readonly err: string };
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>;
}

/** Runs a program; the test's end kills it. */
export function runProgram(
  file: string,
  args: readonly string[] = [],
  {
    env = {},
    input,
    cwd,
  }: { readonly env?: Record<string, string>; readonly input?: string; readonly cwd?: string } = {},
): Run {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [file, ...args], { env: { PATH, ...env }, ...(cwd !== undefined && { cwd }) });
  onTestFinished(() => void child.kill('SIGKILL'));
  let [out, err] = ['', ''];
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (err += part.toString()));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? '');
  const output = (): { out: string; err: string } => ({ out, err });
  return { child, output, ended: new Promise((done) => child.on('close', (code) => done({ code, out, err }))) };
}
