// Builds the files for pages without a bundler, after the library: dist/embed/push-chat.js with all it needs, and
// push-chat-frame.js for the host of a frame; with sri.json, the integrity hashes that their tags name.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** Parts of OpenPGP.js for keys that no account has: such keys are refused before these would be asked for. */
const UNUSED =
  /openpgp\/dist\/lightweight\/(argon2id|legacy_ciphers|noble_curves|noble_hashes|unbzip2-stream)\.min\.mjs$/;
const withoutUnused = {
  name: 'without-unused',
  setup: ({ onLoad }) => {
    onLoad({ filter: UNUSED }, () => ({ contents: `throw new TypeError('Not part of this build.');` }));
  },
};

mkdirSync('dist/embed', { recursive: true });
/** The host of a frame opens no keys; its wallet signs texts. */
const withoutKeys = {
  name: 'without-keys',
  setup: ({ onLoad }) => {
    onLoad({ filter: /src\/crypto\/keyBundle\.ts$/ }, () => ({
      contents: `throw new TypeError('Not part of this build.');`,
    }));
  },
};
const files = { 'push-chat.js': 'src/embed/scriptTag.ts', 'push-chat-frame.js': 'src/embed/frameTag.ts' };
const integrity = {};
for (const [name, entry] of Object.entries(files)) {
  await build({
    entryPoints: [entry],
    outfile: `dist/embed/${name}`,
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    jsx: 'automatic',
    legalComments: 'inline',
    logLevel: 'warning',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [name === 'push-chat.js' ? withoutUnused : withoutKeys],
  });
  const bytes = readFileSync(`dist/embed/${name}`);
  integrity[name] = `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
  console.log(
    `dist/embed/${name}: ${(gzipSync(bytes, { level: 9 }).length / 1000).toFixed(1)} kB gzip, ${integrity[name]}`,
  );
}
writeFileSync('dist/embed/sri.json', `${JSON.stringify(integrity, null, 2)}\n`);
