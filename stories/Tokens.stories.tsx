import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { createTheme, presets, type PresetName } from '../src/exports/theme.ts';
import { TokenPage } from './theming/TokenPage.tsx';

/** What every component is drawn with; the toolbar's accent and density change it. */
const meta: Meta = { title: 'Theming/Tokens', tags: ['!autodocs'], parameters: { layout: 'fullscreen' } };
export default meta;

export const Tokens: StoryObj = {
  render: (_, { globals }) => (
    <TokenPage theme={{ accent: presets[globals['accent'] as PresetName], density: Number(globals['density']) }} />
  ),
  play: async ({ canvas, globals }) => {
    const { accent } = createTheme('dark', { accent: presets[globals['accent'] as PresetName] }).colors;
    const row = canvas.getByRole('rowheader', { name: 'accent --pc-color-accent' }).parentElement;
    await expect(row?.lastElementChild).toHaveTextContent(accent);
    // Each variable that the page names is one that the theme sets.
    for (const name of canvas.getAllByText(/^--pc-color-/)) {
      await expect(getComputedStyle(name).getPropertyValue(name.textContent)).not.toBe('');
    }
    const [space] = canvas.getAllByText('--pc-space-4');
    await expect(space?.parentElement).toHaveTextContent('= 16 px');
  },
};
