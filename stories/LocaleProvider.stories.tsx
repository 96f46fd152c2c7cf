import type { Meta, StoryObj } from '@storybook/react-vite';
import { LocaleProvider } from '../src/exports/index.ts';
import { OwnWords } from './examples/OwnWords.tsx';
import source from './examples/OwnWords.tsx?raw';
import { shownSource } from './support/example.ts';
import { Live, Side } from './support/Live.tsx';
import { talking } from './support/scenes.ts';

const meta: Meta<typeof LocaleProvider> = { title: 'LocaleProvider', component: LocaleProvider };
export default meta;

export const Example: StoryObj<typeof LocaleProvider> = {
  render: () => (
    <Live scene={talking}>
      {({ alice, bob }) => (
        <Side user={alice} width={400} height={480}>
          <OwnWords peer={bob.did} />
        </Side>
      )}
    </Live>
  ),
  parameters: shownSource(source),
  play: async ({ canvas }) => {
    await canvas.findByRole('textbox', { name: 'Your question' }, { timeout: 15_000 });
  },
};
