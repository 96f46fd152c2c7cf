import type { ReactNode } from 'react';
import { StyleSheetManager } from 'styled-components';

export interface StyleProviderProps {
  /** The `style-src` nonce of the page's content security policy. */
  readonly nonce?: string | undefined;
  /** Where the styles go, such as a shadow root that the components are in. @default the page's head */
  readonly target?: HTMLElement | ShadowRoot | undefined;
  readonly children?: ReactNode;
}

/**
 * Says where the styles of everything in it go, for pages with a strict content security policy and for shadow roots.
 * Nothing else is needed: no component writes inline style markup, evaluates text or loads anything.
 * @example <StyleProvider nonce={nonce} target={host.shadowRoot}><ChatLauncher /></StyleProvider>
 */
export function StyleProvider({ nonce, target, children }: StyleProviderProps): ReactNode {
  return (
    <StyleSheetManager {...(nonce !== undefined && { nonce })} {...(target && { target })}>
      {children}
    </StyleSheetManager>
  );
}
