const { fireEvent, render, screen } = require('@testing-library/react');
const { createElement, StrictMode } = require('react');
const { ChatLauncher, ChatWindow, PushChatProvider } = require('push-chat-kit');

const signer = { getAddress: async () => '0x70997970C51812dc3A010C7d01b50e0d17dc79C8', signMessage: async () => '' };
const peer = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC';
const show = (child) =>
  render(
    createElement(
      StrictMode,
      null,
      createElement(PushChatProvider, { signer, node: 'https://node.example.org' }, child),
    ),
  );

test('a window asks to unlock', async () => {
  show(createElement(ChatWindow, { peer }));
  await screen.findByRole('button', { name: 'Unlock chat' });
});

test('a launcher opens', async () => {
  show(createElement(ChatLauncher, { peer }));
  fireEvent.click(screen.getByRole('button', { name: 'Chat' }));
  await screen.findByRole('dialog', { name: 'Chat' });
  await screen.findByRole('button', { name: 'Unlock chat' });
});
