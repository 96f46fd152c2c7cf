import { lazy, Suspense } from 'react';
import type { Preview } from '@storybook/react-vite';
import { LocaleProvider } from '../src/components/text/LocaleProvider.tsx';
import { en, type Locale } from '../src/components/text/locale.ts';
import { ar } from '../src/exports/locales/ar.ts';
import { de } from '../src/exports/locales/de.ts';
import { es } from '../src/exports/locales/es.ts';
import { fr } from '../src/exports/locales/fr.ts';
import { hi } from '../src/exports/locales/hi.ts';
import { ja } from '../src/exports/locales/ja.ts';
import { ko } from '../src/exports/locales/ko.ts';
import { pt } from '../src/exports/locales/pt.ts';
import { tr } from '../src/exports/locales/tr.ts';
import { zh } from '../src/exports/locales/zh.ts';
import { createTheme } from '../src/components/theme/createTheme.ts';
import type { Scheme } from '../src/components/theme/tokens.ts';
import { presets, type PresetName } from '../src/components/theme/presets.ts';
import { ThemeRoot } from '../src/components/theme/ThemeRoot.tsx';

type Mode = Scheme | 'system';

/** Its blocks are much code, which no test needs. */
const DocsPage = lazy(async () => ({ default: (await import('./DocsPage.tsx')).DocsPage }));

/** A story stands on a page of its theme; docs have a page of their own. */
function pageStyle(mode: Mode, accent: PresetName): string {
  const surface = (scheme: Scheme): string => createTheme(scheme, { accent: presets[accent] }).colors.surface;
  return mode === 'system'
    ? `:root { color-scheme: light dark } body { background: light-dark(${surface('light')}, ${surface('dark')}) }`
    : `body { background: ${surface(mode)} }`;
}

const LOCALES: Readonly<Record<string, Locale>> = { en, ar, de, es, fr, hi, ja, ko, pt, tr, zh };

/** In English the direction can be chosen, too; other languages have one. */
const localeOf = (language: string, direction: 'ltr' | 'rtl'): Locale =>
  language === 'en' ? { ...en, direction } : (LOCALES[language] ?? en);

const preview: Preview = {
  tags: ['autodocs'],
  parameters: {
    docs: {
      canvas: { sourceState: 'shown' },
      controls: { sort: 'requiredFirst' },
      page: () => (
        <Suspense>
          <DocsPage />
        </Suspense>
      ),
    },
    a11y: { test: 'error' },
    layout: 'centered',
  },
  initialGlobals: {
    mode: (import.meta.env['STORYBOOK_MODE'] as string | undefined) ?? 'light',
    direction: (import.meta.env['STORYBOOK_DIRECTION'] as string | undefined) ?? 'ltr',
    accent: 'iris',
    density: '1',
    language: 'en',
  },
  globalTypes: {
    language: {
      description: 'Language',
      toolbar: { icon: 'globe', items: Object.keys(LOCALES), dynamicTitle: true },
    },
    mode: {
      description: 'Colour scheme',
      toolbar: { icon: 'contrast', items: ['light', 'dark', 'system'], dynamicTitle: true },
    },
    accent: {
      description: 'Accent',
      toolbar: { icon: 'paintbrush', items: Object.keys(presets), dynamicTitle: true },
    },
    density: {
      description: 'Density',
      toolbar: {
        icon: 'component',
        items: [
          { value: '0.875', title: 'compact' },
          { value: '1', title: 'cosy' },
          { value: '1.125', title: 'roomy' },
        ],
        dynamicTitle: true,
      },
    },
    direction: {
      description: 'Direction of the text',
      toolbar: { icon: 'transfer', items: ['ltr', 'rtl'], dynamicTitle: true },
    },
  },
  decorators: [
    (Story, { globals, parameters, viewMode }) => (
      <LocaleProvider locale={localeOf(globals['language'] as string, globals['direction'] as 'ltr' | 'rtl')}>
        {viewMode === 'story' && <style>{pageStyle(globals['mode'] as Mode, globals['accent'] as PresetName)}</style>}
        <ThemeRoot
          mode={globals['mode'] as Mode}
          // As the page would be: transparent parts are judged by what they stand on.
          style={{ padding: parameters['layout'] === 'fullscreen' ? 0 : 16, background: 'var(--pc-color-surface)' }}
          theme={{ accent: presets[globals['accent'] as PresetName], density: Number(globals['density']) }}
        >
          <Story />
        </ThemeRoot>
      </LocaleProvider>
    ),
  ],
};

export default preview;
