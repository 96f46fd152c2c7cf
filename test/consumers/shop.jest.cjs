const { screen } = require('@testing-library/react');
const { userEvent } = require('@testing-library/user-event');
const { createElement } = require('react');
const { ChatWindow } = require('push-chat-kit');
const { createTestWorld, renderWithPushChat, until } = require('push-chat-kit/testing');

test('a buyer asks the seller', async () => {
  const world = createTestWorld();
  const seller = await world.join('Seller');
  await renderWithPushChat(createElement(ChatWindow, { peer: seller.did }), { world, as: 'Buyer' });

  await userEvent.type(await screen.findByRole('textbox', { name: 'Message' }), 'Is this in stock?{Enter}');
  await screen.findByText('Is this in stock?');

  const request = await until(seller.client, ({ requests }) => requests.items[0]);
  await seller.client.acceptRequest(request.peer);
  await seller.client.sendMessage(request.peer, { type: 'Text', content: 'Two are left.' });
  await screen.findByText('Two are left.');
  world.close();
}, 30_000);
