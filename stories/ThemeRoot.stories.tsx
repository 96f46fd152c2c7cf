import type { Meta, StoryObj } from '@storybook/react-vite';
import { ThemeRoot } from '../src/exports/index.ts';
import { ThemedChats } from './examples/ThemedChats.tsx';
import source from './examples/ThemedChats.tsx?raw';
import { shownSource } from './support/example.ts';
import { Live, Side } from './support/Live.tsx';
import { talking } from './support/scenes.ts';

const meta: Meta<typeof ThemeRoot> = { title: 'ThemeRoot', component: ThemeRoot };
export default meta;

export const Example: StoryObj<typeof ThemeRoot> = {
  render: () => (
    <Live scene={talking}>
      {({ alice, bob }) => (
        <Side user={alice} width={720} height={480}>
          <ThemedChats peer={bob.did} />
        </Side>
      )}
    </Live>
  ),
  parameters: shownSource(source),
  play: async ({ canvas }) => {
    await canvas.findByText('Deal 🤝', {}, { timeout: 15_000 });
  },
};
