// The site: README, documents, and the reference from the types. `npm run docs` puts Storybook beside it.
import { readdirSync } from 'node:fs';
import { Converter, JSX } from 'typedoc';

/** The order in which somebody new reads them. */
const READ_FIRST = ['concepts', 'recipes', 'theming', 'embed', 'testing', 'migrating', 'security', 'hosting', 'errors'];
const others = readdirSync('docs')
  .filter((file) => file.endsWith('.md'))
  .map((file) => file.slice(0, -'.md'.length))
  .filter((name) => !READ_FIRST.includes(name));

/** A document is called what its first heading says. */
function names(app) {
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_, document) => {
    const text = document.content.map(({ text }) => text).join('');
    document.name = /^# (.+)$/m.exec(text)?.[1].replaceAll('`', '') ?? document.name;
  });
  // What is taken apart at once has no name of its own.
  app.converter.on(Converter.EVENT_CREATE_PARAMETER, (_, parameter) => {
    if (parameter.name === '__namedParameters') parameter.name = 'options';
  });
}

function storybookLink(app) {
  app.renderer.hooks.on('sidebar.begin', (page) =>
    JSX.createElement(
      'p',
      null,
      JSX.createElement('a', { href: page.relativeURL('storybook/index.html') }, 'Every component in every state'),
    ),
  );
}

/** @type {import('typedoc').TypeDocOptions} */
export default {
  name: 'push-chat-kit',
  entryPoints: ['src/exports/*.ts'],
  tsconfig: 'tsconfig.json',
  out: 'site',
  readme: 'README.md',
  projectDocuments: [
    ...[...READ_FIRST, ...others].map((name) => `docs/${name}.md`),
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'STYLE.md',
    'CHANGELOG.md',
  ],
  plugin: [names, storybookLink],
  customCss: 'scripts/site.css',
  navigation: { includeFolders: false },
  highlightLanguages: ['css', 'html', 'ini', 'js', 'json', 'jsonc', 'nginx', 'sh', 'ts', 'tsx', 'yaml'],
  excludeExternals: true,
  disableSources: true,
  githubPages: false,
  includeVersion: true,
  // Lists that types are made of, and parts of what is wrapped.
  intentionallyNotExported: [
    'PostedCreation',
    'MembersUpdate',
    'GroupProfileUpdate',
    'GroupConfigUpdate',
    'Role',
    'SubscriptionAction',
    'Waited',
    'GroupProfile',
    'Readers',
    'MESSAGE_CHECKS',
    'NODES',
    'ENGLISH',
    'BESIDE_ENGLISH',
    'LATE_ENGLISH',
    'ItemBase',
    'Sealed',
    'V1',
    'V2',
    'V3',
    'V4',
    'V5',
    'SentError',
  ],
  treatWarningsAsErrors: true,
};
