import { createContext, forwardRef, useContext, useMemo, type HTMLAttributes } from 'react';
import { styled } from 'styled-components';
import type { Overrides, PartName } from '../parts/overrides.ts';
import { OverridesContext, useMergedOverrides } from '../parts/overridesContext.ts';
import { dress } from '../parts/usePart.ts';
import type { Locale } from '../text/locale.ts';
import { LocaleContext } from '../text/localeContext.ts';
import { createTheme } from './createTheme.ts';
import { cssDeclarations } from './cssVariables.ts';
import { mergeThemes, useHostTheme, type HostTheme } from './hostTheme.ts';
import { SCALE_CSS } from './scale.ts';
import type { Scheme, ThemeOptions } from './tokens.ts';

/** Props of everything that may stand alone in a page. */
export interface ThemeRootProps extends HTMLAttributes<HTMLDivElement>, Overrides {
  /** Light, dark, or as the user's system is. @default 'system', or what a theme root further out says */
  readonly mode?: Scheme | 'system' | undefined;
  /** What differs from the default theme, and from what a styled-components theme says under `pushChat`. */
  readonly theme?: ThemeOptions | undefined;
}

/** What the theme root further out was drawn with; undefined where there is none. */
const InsideTheme = /* @__PURE__ */ createContext<Outside | undefined>(undefined);

interface Outside {
  readonly locale: Locale | null;
  /** What the host's own theme said there. */
  readonly host: HostTheme | undefined;
}

export interface ThemeFrameProps extends Omit<ThemeRootProps, 'theme'> {
  /** The `theme` of the component: under that name a styled wrapper would keep it for itself. */
  readonly look?: ThemeOptions | undefined;
  /** Which part it is. */
  readonly partName?: PartName | undefined;
}

/** The element that carries a theme, for components to style. */
export const ThemeFrame = forwardRef<HTMLDivElement, ThemeFrameProps>(function ThemeFrame(
  { mode, look, partName, classNames, slotProps, slots, ...props },
  ref,
) {
  const overrides = useMergedOverrides({ classNames, slotProps, slots });
  const inside = useContext(InsideTheme);
  const locale = useContext(LocaleContext);
  const host = useHostTheme();
  const inherits = inside !== undefined && mode === undefined && look === undefined && inside.host === host;
  const drawn = useMemo(() => mergeThemes(host, look), [host, look]);
  const scheme = mode ?? drawn.mode ?? 'system';
  const variables = useMemo(() => (inherits ? '' : variablesOf(scheme, drawn.theme)), [inherits, scheme, drawn]);
  const here = useMemo(() => ({ locale, host }), [locale, host]);
  // Without a language of its own, a widget is written as the page is.
  const language = locale && inside?.locale !== locale ? { lang: locale.tag, dir: locale.direction } : undefined;
  return (
    <InsideTheme.Provider value={here}>
      <OverridesContext.Provider value={overrides}>
        <Root
          ref={ref}
          data-pc-root=""
          {...language}
          data-pc-mode={inherits ? undefined : scheme}
          {...(partName ? dress(overrides, partName, props) : props)}
          $variables={variables}
        />
      </OverridesContext.Provider>
    </InsideTheme.Provider>
  );
});

/**
 * Gives everything in it colours, type and spacing, as CSS variables on its own element and nowhere else. Without
 * `mode` and `theme`, inside another theme root, it inherits. A host's own rule for `[data-pc-root]` always wins.
 * @example <ThemeRoot mode="dark" theme={{ accent: presets.lagoon }}><ChatInbox /></ThemeRoot>
 */
export const ThemeRoot = forwardRef<HTMLDivElement, ThemeRootProps>(function ThemeRoot({ theme, ...props }, ref) {
  return <ThemeFrame ref={ref} look={theme} {...props} />;
});

function variablesOf(mode: Scheme | 'system', theme: ThemeOptions | undefined): string {
  if (mode !== 'system') return SCALE_CSS + cssDeclarations(createTheme(mode, theme));
  const [light, dark] = [createTheme('light', theme), createTheme('dark', theme)].map(cssDeclarations);
  return `${SCALE_CSS}${light ?? ''} @media (prefers-color-scheme: dark) { ${dark ?? ''} }`;
}

const Root = styled.div<{ readonly $variables: string }>`
  /* No specificity, so that any rule of the host's wins. */
  :where(&) {
    ${({ $variables }) => $variables}
  }
  @media (pointer: coarse) {
    :where(&) {
      --pc-target: 44px;
    }
  }
  &,
  & *,
  & *::before,
  & *::after {
    box-sizing: border-box;
  }
  font: 400 var(--pc-text-md) / 1.42 var(--pc-font);
  color: var(--pc-color-text);
  -webkit-font-smoothing: antialiased;
  text-align: start;

  & :focus-visible {
    outline: 2px solid var(--pc-color-focus-ring);
    outline-offset: 2px;
  }
  @media (prefers-reduced-motion: reduce) {
    & *,
    & *::before,
    & *::after {
      animation-duration: 0.01ms !important;
      animation-iteration-count: 1 !important;
      transition-duration: 0.01ms !important;
    }
  }
`;
