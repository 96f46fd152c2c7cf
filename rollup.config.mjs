import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { dts } from 'rollup-plugin-dts';
import esbuild from 'rollup-plugin-esbuild';

const { dependencies, peerDependencies, exports } = JSON.parse(readFileSync('package.json', 'utf8'));

const packages = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];
const isPackage = (id) =>
  id.startsWith('node:') || id.startsWith('#') || packages.some((name) => id === name || id.startsWith(`${name}/`));
/** These come as ES modules only, which CommonJS consumers (Jest, older Node) cannot require: they are bundled there. */
const isModuleOnly = (id) => /^(@noble|@ipld|multiformats|cborg)\b/.test(id);
/** What those bring along that is CommonJS itself. */
const besideThem = commonjs({ include: /node_modules\/varint\// });

/** What stands for `*`. */
const filesIn = (folder) =>
  readdirSync(`src/exports/${folder}`).map((file) => `${folder}/${file.replace(/\.ts$/, '')}`);

const entries = Object.fromEntries(
  Object.keys(exports)
    // What names no entry of its own is no entry: files as they are.
    .filter((path) => typeof exports[path] !== 'string')
    .map((path) => (path === '.' ? 'index' : path.slice('./'.length)))
    .flatMap((name) => (name.endsWith('/*') ? filesIn(name.slice(0, -'/*'.length)) : [name]))
    .map((name) => [name, `src/exports/${name}.ts`])
    .filter(([, file]) => existsSync(file)),
);

/** Entries whose parts are React client components; `./theme` and the rest stay usable in server components. */
const REACT_ENTRIES = ['index', 'hooks', 'embed', 'polls', 'uiweb', 'wagmi', 'wallets'];
const useClient = ({ isEntry, facadeModuleId }) =>
  isEntry && REACT_ENTRIES.some((name) => facadeModuleId?.endsWith(`/src/exports/${name}.ts`)) ? "'use client';" : '';

const compile = esbuild({ target: 'es2022', jsx: 'automatic', tsconfig: 'tsconfig.json' });

rmSync('dist', { recursive: true, force: true });

/** Files that test runners load by themselves, and so are what they are. */
const environments = {
  name: 'environments',
  writeBundle: () => cpSync('src/testing/environments', 'dist/environments', { recursive: true }),
};

// As package.json says of the whole package: importing a file does nothing, so a bare import is noise.
const treeshake = { moduleSideEffects: false };

const configurations = [
  {
    input: entries,
    external: isPackage,
    treeshake,
    plugins: [nodeResolve(), compile, environments],
    output: {
      dir: 'dist/esm',
      format: 'es',
      // One file per source file: bundlers drop what a page does not use, file by file.
      preserveModules: true,
      preserveModulesRoot: 'src',
      sourcemap: true,
      banner: useClient,
    },
  },
  {
    input: entries,
    external: (id) => isPackage(id) && !isModuleOnly(id),
    treeshake,
    plugins: [nodeResolve(), besideThem, compile],
    output: {
      dir: 'dist/cjs',
      format: 'cjs',
      entryFileNames: '[name].cjs',
      chunkFileNames: 'chunks/[name].cjs',
      interop: 'auto',
      // Jest runs CommonJS, and has no `import()` there.
      dynamicImportInCjs: false,
      banner: useClient,
    },
  },
  {
    input: entries,
    external: (id) => !id.startsWith('.') && !id.startsWith('/'),
    plugins: [dts({ tsconfig: 'tsconfig.json' })],
    output: [
      { dir: 'dist/types', format: 'es', entryFileNames: '[name].d.ts', chunkFileNames: 'chunks/[name].d.ts' },
      { dir: 'dist/types', format: 'es', entryFileNames: '[name].d.cts', chunkFileNames: 'chunks/[name].d.cts' },
    ],
  },
];

const commandLines = { 'push-node': 'src/node/pushNodeCli.ts', 'push-chat': 'src/cli/pushChatCli.ts' };
for (const [name, input] of Object.entries(commandLines)) {
  configurations.push({
    input,
    external: isPackage,
    treeshake,
    plugins: [nodeResolve(), compile],
    output: {
      dir: 'dist/bin',
      format: 'es',
      entryFileNames: `${name}.js`,
      chunkFileNames: 'chunks/[name].js',
      banner: ({ isEntry }) => (isEntry ? '#!/usr/bin/env node' : ''),
    },
  });
}

export default configurations;
