import { expect, test } from '@playwright/test';
import { startPushNode } from 'push-chat-kit/server';
import { createTestWorld } from 'push-chat-kit/testing';

test('a seller reads what a buyer wrote, and answers', async ({ page }) => {
  const { node, url, close } = await startPushNode({ port: 0, memory: true });
  const world = createTestWorld({ node });
  const { Seller } = await world.converse([
    ['Seller', 'Buyer', 'Your order is on its way.'],
    ['Buyer', 'Seller', 'Thank you!'],
  ]);

  // The page of this test takes its wallet and its node from the address.
  const key = world.wallet('Buyer').privateKey;
  await page.goto(`/?${new URLSearchParams({ node: url, key, peer: Seller.did })}`);
  await page.getByRole('button', { name: 'Unlock chat' }).click();
  await expect(page.getByRole('log').getByText('Your order is on its way.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Message' }).fill('When will it be here?');
  await page.keyboard.press('Enter');

  const question = (): unknown => Seller.client.store.get().chats.items[0]?.last;
  await expect.poll(question).toMatchObject({ content: { content: 'When will it be here?' } });
  await world.converse([['Seller', 'Buyer', 'Tomorrow.']]);
  await expect(page.getByRole('log').getByText('Tomorrow.')).toBeVisible();
  world.close();
  await close();
});
