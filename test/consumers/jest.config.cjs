module.exports = {
  testEnvironment: 'push-chat-kit/testing/jest',
  testMatch: ['**/*.jest.cjs'],
};
