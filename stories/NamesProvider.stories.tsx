import type { Meta, StoryObj } from '@storybook/react-vite';
import { NamesProvider } from '../src/exports/index.ts';
import { NamedChat } from './examples/NamedChat.tsx';
import source from './examples/NamedChat.tsx?raw';
import { shownSource } from './support/example.ts';
import { Live, Side } from './support/Live.tsx';
import { talking } from './support/scenes.ts';

const meta: Meta<typeof NamesProvider> = { title: 'NamesProvider', component: NamesProvider };
export default meta;

export const Example: StoryObj<typeof NamesProvider> = {
  render: () => (
    <Live scene={talking}>
      {({ alice, bob }) => (
        <Side user={alice} width={400} height={480}>
          <NamedChat peer={bob.did} />
        </Side>
      )}
    </Live>
  ),
  parameters: shownSource(source),
  play: async ({ canvas }) => {
    await canvas.findByText('bob.example', {}, { timeout: 15_000 });
  },
};
