import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fireEvent, waitFor, within } from 'storybook/test';
import { createTheme, presets } from '../src/exports/theme.ts';
import { ThemeBuilder } from './theming/ThemeBuilder.tsx';

/** Make a theme, see it on real components, and take it home as a file. */
const meta: Meta = { title: 'Theming/Theme builder', tags: ['!autodocs'], parameters: { layout: 'fullscreen' } };
export default meta;

const WAIT = { timeout: 15_000 };

export const Builder: StoryObj = {
  render: (_, { globals }) => <ThemeBuilder scheme={globals['mode'] === 'dark' ? 'dark' : 'light'} />,
};

/** What is chosen shows in the components, in the contrast table and in the file. */
export const Choosing: StoryObj = {
  ...Builder,
  play: async ({ canvas, userEvent, globals }) => {
    const preview = canvas.getByRole('region', { name: 'Preview' });
    const log = await within(preview).findByRole('log', {}, WAIT);
    const file = canvas.getByRole<HTMLTextAreaElement>('textbox', { name: 'The theme’s file' });
    const scheme = globals['mode'] === 'dark' ? 'dark' : 'light';
    const accentOf = (element: Element): string => getComputedStyle(element).getPropertyValue('--pc-color-accent');

    await userEvent.click(canvas.getByRole('button', { name: 'lagoon' }));
    await waitFor(() => expect(accentOf(log)).toBe(createTheme(scheme, { accent: presets.lagoon }).colors.accent));
    await expect(file.value).toContain(`accent: '${presets.lagoon}'`);

    await fireEvent.change(canvas.getByLabelText('Accent'), { target: { value: '#f5e663' } });
    await userEvent.click(canvas.getByRole('radio', { name: 'Compact' }));
    const theme = { accent: '#f5e663', density: 0.875 };
    await waitFor(() => expect(accentOf(log)).toBe(createTheme(scheme, theme).colors.accent));
    await expect(file.value).toContain("{\n  accent: '#f5e663',\n  density: 0.875,\n}");

    await userEvent.click(canvas.getByRole('radio', { name: 'CSS variables' }));
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(file.value);
    const [light, dark] = [...sheet.cssRules] as CSSStyleRule[];
    await expect(light?.style.getPropertyValue('--pc-color-accent')).toBe(createTheme('light', theme).colors.accent);
    await expect(dark?.style.getPropertyValue('--pc-density')).toBe('0.875');

    // A colour by hand that cannot be read is said to be so.
    const failing = canvas.getByText('AA everywhere');
    await userEvent.selectOptions(canvas.getByLabelText('Which colour'), 'text');
    await fireEvent.change(canvas.getByLabelText('Colour of text'), { target: { value: '#808080' } });
    await waitFor(() => expect(failing).toHaveTextContent(/below AA/));
    await userEvent.click(canvas.getByRole('button', { name: 'Derive it again' }));
    await waitFor(() => expect(failing).toHaveTextContent('AA everywhere'));
    await userEvent.click(canvas.getByRole('radio', { name: 'TypeScript' }));
  },
};
