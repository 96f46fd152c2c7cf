import type { Meta, StoryObj } from '@storybook/react-vite';
import { useEffect, useMemo, type ReactElement } from 'react';
import { expect } from 'storybook/test';
import { createPushChat, type EthersSigner, type PushChatConfig } from '../src/exports/core.ts';
import { ChatWindow, PushChatProvider, UnlockPanel } from '../src/exports/index.ts';
import { createTestWorld } from '../src/testing/testWorld.ts';
import { MAYA } from '../test/components/support/people.ts';

const meta: Meta<typeof UnlockPanel> = { title: 'UnlockPanel/With a wallet', component: UnlockPanel };
export default meta;
type Story = StoryObj<typeof UnlockPanel>;

const WAIT = { timeout: 10_000 };
const UNLOCK = { name: /^Unlock/ };

/** A window whose wallet answers as given. */
function windowWith(answer: EthersSigner['signMessage'], more: Partial<PushChatConfig> = {}): () => ReactElement {
  return function Window() {
    const world = useMemo(() => createTestWorld(), []);
    const client = useMemo(() => {
      const wallet = world.wallet('Alice');
      const signer: EthersSigner = { getAddress: () => wallet.getAddress(), signMessage: answer };
      return createPushChat({ signer, node: world.node, requireGesture: false, ...more });
    }, [world]);
    useEffect(() => () => world.close(), [world]);
    return (
      <div style={{ width: 'min(400px, 92vw)', height: 620 }}>
        <PushChatProvider client={client}>
          <ChatWindow peer={MAYA} />
        </PushChatProvider>
      </div>
    );
  };
}

/** The wallet is open: the very words that it shows stand here, too. */
export const InTheWallet: Story = {
  render: windowWith(() => new Promise(() => undefined)),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', UNLOCK, WAIT));
    await canvas.findByText(/Enable Push Profile/, {}, WAIT);
  },
};

/** The user refused in the wallet: nothing is lost, and the way on is there. */
export const Refused: Story = {
  render: windowWith(() => Promise.reject(Object.assign(new Error('User rejected the request.'), { code: 4001 }))),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', UNLOCK, WAIT));
    await expect(await canvas.findByRole('alert', {}, WAIT)).toHaveTextContent('Nothing was signed');
  },
};

/** A contract wallet answers with something that makes no key. */
export const ContractWallet: Story = {
  render: windowWith(() => Promise.resolve(`0x${'ab'.repeat(200)}`)),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', UNLOCK, WAIT));
    await expect(await canvas.findByRole('alert', {}, WAIT)).toHaveTextContent('This wallet can’t unlock chat yet');
  },
};

/** The host leaves it to the user whether the wallet is asked next time. */
export const AsksToKeep: Story = {
  render: windowWith(() => new Promise(() => undefined), { keepUnlocked: 'ask' }),
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('checkbox', {}, WAIT)).not.toBeChecked();
  },
};
