import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import type { Session, UnlockStep } from '../src/client/state.ts';
import { PushChatError } from '../src/errors.ts';
import { UnlockPanel } from '../src/exports/index.ts';
import { PushChatProvider } from '../src/hooks/PushChatProvider.tsx';
import { ME } from '../test/components/support/people.ts';
import { stateClient } from '../test/components/support/stateClient.ts';
import { MembersArea } from './examples/MembersArea.tsx';
import source from './examples/MembersArea.tsx?raw';
import { shownSource } from './support/example.ts';
import { Live, Side } from './support/Live.tsx';
import { locked } from './support/scenes.ts';

const meta: Meta<typeof UnlockPanel> = {
  title: 'UnlockPanel',
  component: UnlockPanel,
  parameters: { everyStory: true },
};
export default meta;
type Story = StoryObj<typeof UnlockPanel>;

export const Example: Story = {
  render: () => (
    <Live scene={locked}>
      {({ alice }) => (
        <Side user={alice} width={360} height={600}>
          <MembersArea>Your page.</MembersArea>
        </Side>
      )}
    </Live>
  ),
  parameters: shownSource(source),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: /^Unlock/ }, { timeout: 10_000 }));
    await canvas.findByText('Your page.', {}, { timeout: 10_000 });
  },
};

/** What the wallet shows when it is to open keys (protocol 2.3). */
const TEXT = 'Enable Push Profile \n4bd3a9e1c7f20586';

const panel = (session: Session): Story => ({
  render: () => (
    <PushChatProvider client={stateClient({ session })}>
      <div style={{ display: 'flex', width: 'min(360px, 100vw - 64px)', height: 600 }}>
        <UnlockPanel />
      </div>
    </PushChatProvider>
  ),
});
const during = (step: UnlockStep): Story => panel({ status: 'unlocking', did: ME, step });

/** What the wallet will ask, how often, and what it costs, before it asks. */
export const Explained = panel({ status: 'locked', did: ME });
export const NoWallet = panel({ status: 'disconnected' });
export const Reopening = panel({ status: 'reopening', did: ME });
export const Reading = during({ name: 'reading' });
export const MakingKeys = during({ name: 'generating' });
export const FirstSignature = during({ name: 'wallet', purpose: 'open-keys', prompt: 1, of: 3, text: TEXT });
export const CheckingWallet = during({ name: 'wallet', purpose: 'check-wallet', prompt: 2, of: 3, text: TEXT });
export const Publishing = during({ name: 'publishing' });

/** The user said no in the wallet: nothing is lost, and it can be tried again. */
export const Refused: Story = {
  ...panel({
    status: 'locked',
    did: ME,
    error: new PushChatError('WalletRejected', 'The wallet’s user declined to sign.'),
  }),
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('alert')).toBeVisible();
    await expect(canvas.getByRole('button', { name: /again/i })).toBeEnabled();
  },
};
