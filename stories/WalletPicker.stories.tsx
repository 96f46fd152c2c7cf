import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn } from 'storybook/test';
import { PushChatError } from '../src/errors.ts';
import { WalletPicker, type AnnouncedWallet, type WalletConnection } from '../src/exports/wallets.ts';
import { createTestWorld } from '../src/testing/testWorld.ts';
import { announce, testProvider } from '../test/support/announce.ts';
import { WalletPage } from './examples/WalletPage.tsx';
import source from './examples/WalletPage.tsx?raw';
import { shownSource } from './support/example.ts';

const drawing = (color: string, path: string): string =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="${color}"/><path d="${path}" fill="#fff"/></svg>`)}`;

const wallet = (name: string, icon?: string): AnnouncedWallet => ({
  id: name,
  rdns: `test.${name.toLowerCase()}`,
  name,
  icon,
  provider: { request: () => Promise.resolve([]) },
});
const fox = wallet('Copper', drawing('#c4622d', 'M10 12h20v4H10zm0 8h20v8H10z'));
const WALLETS = [
  fox,
  wallet('Quartz', drawing('#3a5bd9', 'M20 8l10 12-10 12-10-12z')),
  wallet('A wallet without icon'),
];

const meta: Meta<typeof WalletPicker> = {
  title: 'WalletPicker',
  component: WalletPicker,
  args: { wallets: WALLETS, connection: { status: 'none' }, connect: fn(), disconnect: fn() },
  decorators: [(Story) => <div style={{ width: 'min(360px, 100vw - 64px)' }}>{Story()}</div>],
  parameters: { everyStory: true },
};
export default meta;
type Story = StoryObj<typeof WalletPicker>;

const during = (connection: WalletConnection): Story => ({ args: { connection } });

const world = createTestWorld();

/** A browser with a wallet, the whole way to the chats. */
export const Example: Story = {
  render: () => (
    <div style={{ height: 600, display: 'grid', gridTemplateRows: 'auto 1fr', gap: 12 }}>
      <WalletPage node={world.node} />
    </div>
  ),
  beforeEach: () => {
    localStorage.removeItem('push-chat-kit:wallet');
    return announce({ name: fox.name, rdns: fox.rdns, icon: fox.icon }, testProvider(world.wallet('Ada')));
  },
  parameters: shownSource(source),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Copper' }));
    await canvas.findByRole('button', { name: 'Disconnect' });
    await canvas.findByRole('button', { name: /^Unlock/ });
  },
};
export const Choosing: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Copper' }));
    await expect(args.connect).toHaveBeenCalledWith(fox);
  },
};
export const Connecting = during({ status: 'connecting', wallet: fox });
export const Refused = during({ status: 'failed', wallet: fox, error: new PushChatError('WalletRejected', '') });
export const Failed = during({ status: 'failed', wallet: fox, error: new PushChatError('WalletUnsupported', '') });
export const Connected = during({
  status: 'connected',
  wallet: fox,
  address: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
});
export const NoWallet: Story = { args: { wallets: [] } };
