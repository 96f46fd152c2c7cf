import '@testing-library/jest-dom/vitest';
import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { ChatWindow } from '../../../src/exports/index.ts';
import { createTestWorld, renderWithPushChat, until } from '../../../src/exports/testing.ts';

it('lets a buyer ask the seller', async () => {
  const world = createTestWorld();
  const seller = await world.join('Seller');
  await renderWithPushChat(<ChatWindow peer={seller.did} />, { world, as: 'Buyer' });

  await userEvent.type(await screen.findByRole('textbox', { name: 'Message' }), 'Is this in stock?{Enter}');
  await screen.findByText('Is this in stock?');

  const request = await until(seller.client, ({ requests }) => requests.items[0]);
  await seller.client.acceptRequest(request.peer);
  await seller.client.sendMessage(request.peer, { type: 'Text', content: 'Two are left.' });
  expect(await screen.findByText('Two are left.')).toBeVisible();
  world.close();
});
