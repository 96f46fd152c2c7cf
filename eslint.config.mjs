import { defineConfig, globalIgnores } from 'eslint/config';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

// One list, spread where a block needs more: flat-config entries for one rule replace each other silently.
const noEnum = { selector: 'TSEnumDeclaration', message: 'Write a union of strings.' };
const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Export it by name.' };
const noBareError = {
  selector: "ThrowStatement > NewExpression[callee.name='Error']",
  message: 'Throw a PushChatError, so that its code and fix can be documented.',
};
const noDefaultStyled = {
  selector: "ImportDeclaration[source.value='styled-components'] > ImportDefaultSpecifier",
  message: "Import { styled }: styled-components' default export is something else where Node loads it.",
};

/** Files that run in Node.js only. */
const serverFiles = [
  'src/node/{httpServer,processBus,pushNodeCli,commands/*,store/*}.ts',
  'src/cli/*.ts',
  'src/client/storage/{file*,lockFile}.ts',
];

export default defineConfig(
  globalIgnores([
    'dist',
    'demo/dist',
    'storybook-static',
    'site',
    'coverage',
    'data',
    '.stryker-tmp',
    'test/{interop,ipfs}/node_modules',
    'test/consumers',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'no-restricted-syntax': ['error', noEnum, noDefaultExport, noDefaultStyled],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidOperator: true, ignoreVoidReturningFunctions: true },
      ],
      // openpgp's classes are also described by interfaces.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // A sentence may hold a number.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `void promise` says that a promise is left alone on purpose; an event listener may be async.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      // Untrusted records are read by index, which shows that the field may be missing.
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      // An empty text is as good as none.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.tsx', 'src/hooks/**/*.ts'],
    extends: [reactHooks.configs.flat.recommended, jsxA11y.flatConfigs.recommended],
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    // Languages are lists of words, one to a line.
    ignores: ['src/components/text/{english.ts,locales/*}'],
    rules: { 'max-lines': ['error', 300] },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': ['error', noEnum, noDefaultExport, noDefaultStyled, noBareError],
      'no-restricted-globals': ['error', { name: 'Buffer', message: 'Browsers have none; use Uint8Array.' }, 'process'],
    },
  },
  {
    files: serverFiles,
    rules: { 'no-console': 'off', 'no-restricted-globals': 'off' },
  },
  {
    files: ['test/**/*.{ts,tsx}', 'stories/**/*.tsx'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Tests read answers as JSON, whose shape they assert; matchers such as expect.any() are typed `any`.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    // Tools read these files' default export.
    files: ['stories/**/*.tsx', '.storybook/**', '**/*.config.ts', 'test/support/environment/*.ts'],
    rules: { 'no-restricted-syntax': ['error', noEnum, noDefaultStyled] },
  },
);
