import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, within } from 'storybook/test';
import { ChatWindow } from '../src/exports/index.ts';
import { createTheme, presets, type ThemeOptions } from '../src/exports/theme.ts';
import { Live, Side } from './support/Live.tsx';
import { talking } from './support/scenes.ts';

interface ThemingArgs {
  readonly mode: 'light' | 'dark';
  readonly theme: ThemeOptions;
}

const meta: Meta<ThemingArgs> = {
  title: 'Theming/Presets',
  tags: ['!autodocs'],
  argTypes: { mode: { control: 'inline-radio', options: ['light', 'dark'] }, theme: { control: 'object' } },
  render: ({ mode, theme }) => (
    <Live scene={talking}>
      {({ alice, bob }) => (
        <Side user={alice}>
          <ChatWindow peer={bob.did} mode={mode} theme={theme} />
        </Side>
      )}
    </Live>
  ),
  play: async ({ args, canvas }) => {
    const log = await canvas.findByRole('log', {}, { timeout: 10_000 });
    await within(log).findByText('Deal 🤝', {}, { timeout: 10_000 });
    const { accent } = createTheme(args.mode, args.theme).colors;
    await expect(getComputedStyle(log).getPropertyValue('--pc-color-accent')).toBe(accent);
  },
};
export default meta;
type Story = StoryObj<ThemingArgs>;

const preset = (name: keyof typeof presets, mode: 'light' | 'dark'): Story => ({
  args: { mode, theme: { accent: presets[name] } },
});

export const IrisLight = preset('iris', 'light');
export const IrisDark = preset('iris', 'dark');
export const LagoonLight = preset('lagoon', 'light');
export const LagoonDark = preset('lagoon', 'dark');
export const EmberLight = preset('ember', 'light');
export const EmberDark = preset('ember', 'dark');
export const OrchidLight = preset('orchid', 'light');
export const OrchidDark = preset('orchid', 'dark');
export const GraphiteLight = preset('graphite', 'light');
export const GraphiteDark = preset('graphite', 'dark');

/** Square, compact and small: for dashboards. */
export const CompactSquare: Story = {
  args: { mode: 'light', theme: { accent: '#0f5fd6', density: 0.875, roundness: 0, size: 0.93 } },
};

/** Any accent: text on it stays readable. */
export const PaleAccent: Story = { args: { mode: 'light', theme: { accent: '#f5e663', roundness: 1.25 } } };
