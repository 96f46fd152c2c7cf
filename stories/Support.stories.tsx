import type { Meta, StoryObj } from '@storybook/react-vite';
import { useMemo, type ReactElement } from 'react';
import { expect } from 'storybook/test';
import { createPushChat } from '../src/exports/core.ts';
import { ChatLauncher, memoryStorage, PushChatProvider, type SupportOptions } from '../src/exports/index.ts';
import type { TestWorld } from '../src/testing/testWorld.ts';
import { Live } from './support/Live.tsx';

const meta: Meta<typeof ChatLauncher> = {
  title: 'ChatLauncher/Support desk',
  component: ChatLauncher,
  parameters: { layout: 'fullscreen' },
};
export default meta;
type Story = StoryObj<typeof ChatLauncher>;

const WAIT = { timeout: 15_000 };
const INTRO = 'Have your order number at hand.';
const ALWAYS = { timeZone: 'UTC', days: [0, 1, 2, 3, 4, 5, 6], from: '00:00', to: '00:00' };

const desk = async (world: TestWorld) => ({ world, agent: await world.join('Agent') });

function Visitor({
  world,
  agent,
  support,
}: {
  world: TestWorld;
  agent: string;
  support: SupportOptions;
}): ReactElement {
  const client = useMemo(() => createPushChat({ node: world.node, keyType: 'curve25519' }), [world]);
  const guests = useMemo(() => memoryStorage(), []);
  return (
    <div style={{ height: '100vh', padding: 40 }}>
      <h1>A shop of yours</h1>
      <PushChatProvider client={client}>
        <ChatLauncher peer={agent} label="Support" support={{ ...support, guestStorage: guests }} defaultOpen />
      </PushChatProvider>
    </div>
  );
}

const shop = (support: SupportOptions): (() => ReactElement) =>
  function Shop() {
    return (
      <Live scene={desk}>{({ world, agent }) => <Visitor world={world} agent={agent.did} support={support} />}</Live>
    );
  };

/** A visitor without a wallet writes by an account of their browser. */
export const Guest: Story = {
  render: shop({ hours: ALWAYS, intro: INTRO, guest: true, connect: () => Promise.reject(new Error('no wallet')) }),
  play: async ({ canvas, userEvent }) => {
    await canvas.findByText('Available now', {}, WAIT);
    await userEvent.click(await canvas.findByRole('button', { name: 'Write as a guest' }, WAIT));
    await userEvent.type(await canvas.findByRole('textbox', {}, WAIT), 'Where is my order?{Enter}');
    await canvas.findByText('You write as a guest', {}, WAIT);
    await expect(await canvas.findByText('Where is my order?', {}, WAIT)).toBeVisible();
  },
};

/** Nobody is there now: the visitor is told when somebody is. */
export const Closed: Story = {
  render: shop({
    hours: { ...ALWAYS, days: [(new Date().getUTCDay() + 2) % 7], from: '09:00', to: '17:00' },
    guest: true,
  }),
  play: async ({ canvas }) => {
    await canvas.findByText(/^Away · Back/, {}, WAIT);
  },
};
