// Who may import whom (ARCHITECTURE.md draws it). Type imports count too.

const SERVER_FILES =
  '^src/(cli/\\w+|client/storage/(fileLog|fileStorage|lockFile)|node/(httpServer|callerOf|metrics|sockets|processBus|pushNodeCli|commands/\\w+|push/webPush|store/(sqlStore|libsqlStore|postgresPool|postgresStore)))\\.ts$';
const packageFiles = (name) => `(^|/)node_modules/${name}/`;

/** Everything in `layer` may import itself, `allowed` and packages; nothing else of src. */
const layer = (name, allowed) => ({
  name: `${name}-imports`,
  comment: `src/${name} imports only: ${[name, ...allowed].join(', ')}.`,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: { path: '^src/', pathNot: `^src/(${[name, ...allowed].map((part) => `${part}(/|\\.ts$)`).join('|')})` },
});

const onlyFrom = (what, to, from) => ({
  name: `${what}-only-there`,
  comment: `${what} is imported in one place, so that it can be replaced there.`,
  severity: 'error',
  from: { path: '^src/', pathNot: from },
  to: { path: to },
});

const entryWithout = (entries, what, path) => ({
  name: `no-${what}-behind-${entries.join('-')}`,
  comment: `Who imports ${entries.join(' or ')} does not get ${what}.`,
  severity: 'error',
  from: { path: `^src/exports/(${entries.join('|')})\\.ts$` },
  to: { path, reachable: true },
});

export default {
  forbidden: [
    layer('embed', ['components', 'hooks', 'client', 'errors']),
    layer('uiweb', ['components', 'hooks', 'client', 'errors']),
    layer('components', ['hooks', 'client', 'protocol', 'errors']),
    layer('hooks', ['client', 'protocol', 'crypto', 'errors']),
    layer('client', ['protocol', 'crypto', 'errors']),
    layer('node', ['chains', 'protocol', 'crypto', 'errors']),
    layer('chains', ['protocol', 'crypto', 'errors']),
    layer('cli', ['client', 'protocol', 'crypto', 'errors']),
    layer('protocol', ['crypto', 'errors']),
    layer('crypto', ['errors']),
    {
      name: 'errors-imports',
      comment: 'src/errors.ts imports nothing.',
      severity: 'error',
      from: { path: '^src/errors\\.ts$' },
      to: {},
    },
    {
      name: 'components-use-hooks',
      comment: 'Components reach the client for its types only; its values come through hooks.',
      severity: 'error',
      from: { path: '^src/components/' },
      to: { path: '^src/client/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nobody-imports-exports',
      comment: 'src/exports is for the outside; inside, import the file itself.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/exports/' },
      to: { path: '^src/exports/' },
    },
    {
      name: 'testing-is-for-tests',
      comment: 'src/testing may use both client and node; only its own entry may use it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(testing/|exports/testing\\.ts$)' },
      to: { path: '^src/testing/' },
    },
    {
      name: 'src-stays-in-src',
      comment: 'src imports src and packages.',
      severity: 'error',
      from: { path: '^src/' },
      to: { pathNot: '^src/', dependencyTypes: ['local'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    onlyFrom('openpgp', packageFiles('openpgp'), '^src/crypto/pgp(Config|PublicKey|TextKey)?\\.ts$'),
    onlyFrom(
      'ethers',
      packageFiles('ethers'),
      '^src/(crypto/(walletSignature|keystore)\\.ts$|chains/(ethersChains|sentOnChain)\\.ts$|testing/)',
    ),
    onlyFrom('socket.io-client', packageFiles('socket\\.io-client'), '^src/client/httpTransport\\.ts$'),
    onlyFrom('socket.io', packageFiles('socket\\.io'), SERVER_FILES),
    onlyFrom('web-push', packageFiles('(@types/)?web-push'), SERVER_FILES),
    onlyFrom('libsql', packageFiles('libsql'), SERVER_FILES),
    onlyFrom('pg', packageFiles('(@types/)?pg'), SERVER_FILES),
    {
      name: 'server-files-only',
      comment: 'Everything else runs in browsers, workers and Node alike.',
      severity: 'error',
      from: { path: '^src/', pathNot: SERVER_FILES },
      to: { dependencyTypes: ['core'] },
    },
    entryWithout(['hooks', 'core', 'theme', 'node', 'server'], 'styled-components', packageFiles('styled-components')),
    entryWithout(['core', 'theme', 'chains', 'locales/\\w+', 'node', 'server'], 'react', packageFiles('react(-dom)?')),
    entryWithout(['index', 'hooks', 'core', 'theme', 'chains'], 'the-node', '^src/node/'),
    entryWithout(['index', 'hooks', 'core', 'theme', 'node', 'testing'], 'server-files', SERVER_FILES),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Test runners load these by themselves, outside of everything.
    exclude: { path: '^src/testing/environments/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
