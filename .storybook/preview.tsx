import type { Preview } from '@storybook/react-vite';
import { ThemeRoot } from '../src/components/theme/ThemeRoot.tsx';

type Mode = 'light' | 'dark' | 'system';

const preview: Preview = {
  parameters: {
    a11y: { test: 'error' },
    layout: 'centered',
  },
  initialGlobals: { mode: 'light' },
  globalTypes: {
    mode: {
      description: 'Colour scheme',
      toolbar: { icon: 'contrast', items: ['light', 'dark', 'system'], dynamicTitle: true },
    },
  },
  decorators: [
    (Story, { globals }) => (
      <ThemeRoot mode={globals['mode'] as Mode}>
        <Story />
      </ThemeRoot>
    ),
  ],
};

export default preview;
