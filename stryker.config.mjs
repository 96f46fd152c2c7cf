// Mutation testing of what decides whether a message is believed.
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.mutate.config.ts', related: true },
  mutate: [
    'src/protocol/{openMessage,verification,verifyProof,binding,thread}.ts',
    'src/crypto/*.ts',
    'src/client/reduce.ts',
  ],
  concurrency: 1,
  coverageAnalysis: 'perTest',
  timeoutMS: 30_000,
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowColor: false, logTests: false },
  tempDirName: '.stryker-tmp',
  cleanTempDir: 'always',
};
