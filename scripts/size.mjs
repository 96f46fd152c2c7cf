// Builds what a page would import with Vite and says what it costs: gzip, without React and the other peers.
// A budget that does not hold fails, and so does a README that says other figures. `-- --parts` names the largest parts.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const PEERS = /^(react(-dom)?|styled-components|ethers)($|\/)/;

/**
 * Parts of OpenPGP.js that are files of their own and are never asked for: our accounts have RSA or Curve25519 keys, and
 * keys of other kinds are refused before anything is loaded for them.
 */
const NEVER_LOADED = /openpgp\/dist\/lightweight\/(argon2id|legacy_ciphers|noble_curves|noble_hashes|unbzip2)/;

/** In kB of 1,000 bytes. `first`: what a page loads at once. `chat`: with all that a chat may load later. */
const BUDGETS = [
  { name: 'Launcher, before it is opened', code: of('ChatLauncher, PushChatProvider'), first: 15 },
  {
    name: 'ChatWindow, RequestList and all hooks, first load',
    code: `${of('ChatWindow, RequestList')}${hooks()}`,
    first: 60,
  },
  { name: 'Everything, with all that is loaded later', code: `export * from 'kit/index.js';`, chat: 300 },
  { name: 'core, as a bot or a worker has it', code: `export * from 'kit/core.js';`, chat: 204 },
  { name: 'theme', code: `export * from 'kit/theme.js';`, first: 4 },
];

function of(names) {
  return `export { ${names} } from 'kit/index.js';`;
}

function hooks() {
  return `export * as hooks from 'kit/hooks.js';`;
}

/** A page that imports the built package, as a consumer's bundler would see it. */
const page = (code) => ({
  name: 'page',
  resolveId: (id) => {
    if (id === 'page') return '\0page';
    return id.startsWith('kit/') ? join(root, 'dist/esm', id.slice('kit/'.length)) : undefined;
  },
  load: (id) => (id === '\0page' ? code : undefined),
});

async function measure(code) {
  const built = await build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins: [page(code)],
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rollupOptions: { input: 'page', external: PEERS, preserveEntrySignatures: 'strict' },
    },
  });
  const chunks = [built].flat()[0].output.filter(({ type }) => type === 'chunk');
  const named = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const first = new Set();
  const visit = (chunk) => {
    if (!chunk || first.has(chunk)) return;
    first.add(chunk);
    for (const name of chunk.imports) visit(named.get(name));
  };
  visit(chunks.find(({ isEntry }) => isEntry));
  const isLoaded = ({ moduleIds }) => !moduleIds.some((id) => NEVER_LOADED.test(id));
  return {
    first: sum([...first]),
    chat: sum(chunks.filter(isLoaded)),
    all: sum(chunks),
    parts: parts(chunks),
  };
}

const sum = (chunks) => chunks.reduce((total, { code }) => total + gzipSync(code, { level: 9 }).length / 1000, 0);

/** Minified sizes cannot be told apart within a chunk; these are before minifying, by package. */
function parts(chunks) {
  const sizes = new Map();
  for (const { modules } of chunks) {
    for (const [id, { renderedLength }] of Object.entries(modules)) {
      const name =
        /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1] ?? /dist\/esm\/([^/]+(?:\/[^/]+)?)/.exec(id)?.[1] ?? id;
      sizes.set(name, (sizes.get(name) ?? 0) + renderedLength / 1000);
    }
  }
  return [...sizes].sort(([, a], [, b]) => b - a).slice(0, 20);
}

// Tables are padded with spaces.
const readme = readFileSync(join(root, 'README.md'), 'utf8').replaceAll(/ +/g, ' ');
let failed = false;
for (const { name, code, ...budget } of BUDGETS) {
  const sizes = await measure(code);
  for (const [kind, limit] of Object.entries(budget)) {
    const size = sizes[kind];
    const holds = size <= limit;
    // The README rounds up, so that it never promises more than there is.
    const told = readme.includes(`| ${name} | ${Math.ceil(size)} kB | ${limit} kB |`);
    const rest = sizes.all - sizes.chat;
    const unused = kind === 'chat' && rest > 0 ? `, and ${rest.toFixed(1)} kB that is never loaded` : '';
    console.log(`${holds ? '✔' : '✘'} ${name}: ${size.toFixed(1)} kB of ${limit} kB${unused}`);
    if (holds && !told) console.log(`  The README does not say: ${Math.ceil(size)} kB, limit ${limit} kB`);
    failed ||= !holds || !told;
  }
  if (process.argv.includes('--parts')) {
    for (const [part, size] of sizes.parts)
      console.log(`    ${size.toFixed(1).padStart(7)} kB before minifying  ${part}`);
  }
}
process.exit(failed ? 1 : 0);
