// Type-checks every ts and tsx block of the documents, as if each were a file of a host's: npm run docs:check
// Also: relative links lead to files, and npm scripts that are named exist.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const documents = ['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', 'STYLE.md', 'llms.txt'].concat(
  readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
);
const { exports, scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const problems = [];

/** What stands around a short block on its page: the host's own things, and ours by their names. */
const PREAMBLE = `
import type { ReactNode } from 'react';
import type * as kit from 'push-chat-kit';
declare global {
  const signer: kit.Signer;
  const peer: string;
  const nonce: string;
  const shadowRoot: ShadowRoot;
  const provider: import('ethers').JsonRpcProvider;
  const MyBanner: () => ReactNode;
  interface Window { ethereum: kit.Eip1193Provider }
  NAMES
}`;

const blocks = new Map();
for (const document of documents) {
  const text = readFileSync(join(root, document), 'utf8');
  for (const match of text.matchAll(/^```(tsx?)\n([\s\S]*?)^```/gm)) {
    const line = text.slice(0, match.index).split('\n').length;
    blocks.set(join(root, 'docs', `block-${blocks.size}.tsx`), { document, line, code: `${match[2]}\nexport {};` });
  }
  for (const [, script] of text.matchAll(/npm run ([\w:-]+)/g)) {
    if (!(script in scripts)) problems.push(`${document}: there is no npm script ${script}`);
  }
  for (const [, target] of text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)) {
    if (!existsSync(join(root, dirname(document), target))) problems.push(`${document}: nothing at ${target}`);
  }
}

const paths = Object.fromEntries(
  Object.keys(exports)
    .filter((path) => typeof exports[path] !== 'string')
    .map((path) => [
      path.replace(/^\./, 'push-chat-kit'),
      [`./src/exports/${path === '.' ? 'index' : path.slice(2)}.ts`],
    ]),
);
// The very types, under the name that its users have.
paths['@playwright/test'] = ['./node_modules/playwright/test.d.ts'];
const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, types: ['node'] }, root);
Object.assign(options, { paths, noEmit: true, noUnusedLocals: false, noUnusedParameters: false, incremental: false });

/** Of packages that only pages of a kind have. */
const OTHERS = `
declare module 'next/navigation' {
  export function useServerInsertedHTML(insert: () => import('react').ReactNode): void;
}`;
const preambleFile = join(root, 'docs', 'preamble.ts');
const othersFile = join(root, 'docs', 'others.d.ts');
const host = ts.createCompilerHost(options);
const { readFile, fileExists, getSourceFile } = host;
const virtual = (file) =>
  file === preambleFile ? PREAMBLE.replace('NAMES', globals()) : file === othersFile ? OTHERS : blocks.get(file)?.code;
host.readFile = (file) => virtual(file) ?? readFile(file);
host.fileExists = (file) => virtual(file) !== undefined || fileExists(file);
host.getSourceFile = (file, version, ...rest) => {
  const code = virtual(file);
  return code === undefined ? getSourceFile(file, version, ...rest) : ts.createSourceFile(file, code, version, true);
};

/** Every value of the main entry by its name, for blocks that only show how one is used. */
function globals() {
  const index =
    readFileSync(join(root, 'src/exports/index.ts'), 'utf8') + readFileSync(join(root, 'src/exports/hooks.ts'), 'utf8');
  const values = [...index.matchAll(/export \{([^}]*)\}/g)]
    .flatMap(([, list]) => list.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '));
  return [...new Set(values)].map((name) => `const ${name}: typeof kit.${name};`).join('\n  ');
}

const program = ts.createProgram([preambleFile, othersFile, ...blocks.keys()], options, host);
for (const { file, start = 0, messageText } of ts.getPreEmitDiagnostics(program)) {
  const block = file && blocks.get(file.fileName);
  const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
  const place = block ? `${block.document}:${block.line + line}` : (file?.fileName ?? 'preamble');
  problems.push(`${place}: ${ts.flattenDiagnosticMessageText(messageText, ' ').slice(0, 300)}`);
}

for (const problem of problems) console.log(`✘ ${problem}`);
console.log(
  `${blocks.size} code blocks in ${documents.length} documents: ${problems.length === 0 ? 'all compile' : `${problems.length} problems`}`,
);
process.exit(problems.length === 0 ? 0 : 1);
