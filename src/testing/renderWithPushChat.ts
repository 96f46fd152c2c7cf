import type { ReactElement, ReactNode } from 'react';
import { PushChatError } from '../errors.ts';
import { createTestWorld, type JoinOptions, type TestUser, type TestWorld } from './testWorld.ts';

export interface RenderWithPushChatOptions extends JoinOptions {
  /** The world of the test, which its other wallets are in too. @default a new one */
  readonly world?: TestWorld | undefined;
  /** Whose page it is: a name of that world. @default 'Ada' */
  readonly as?: string | undefined;
  /** Stands between the provider and what is drawn, such as a theme or a language of yours. */
  readonly wrap?: ((children: ReactNode) => ReactElement) | undefined;
}

/** What was drawn, and for whom. */
export interface RenderedPushChat {
  readonly container: HTMLElement;
  readonly rerender: (ui: ReactNode) => void;
  readonly unmount: () => void;
  readonly world: TestWorld;
  readonly user: TestUser;
}

/**
 * Draws components of a host for one wallet of a test's world: real keys, real node, no network. Needs React and
 * `@testing-library/react`, which are loaded by this function only, so that tests of bots do without.
 * @throws {PushChatError} `InvalidConfig` where one of the two is not installed
 * @example
 * const { world } = await renderWithPushChat(<Shop />, { as: 'Ada' });
 * const bob = await world.join('Bob');
 */
export async function renderWithPushChat(
  ui: ReactNode,
  {
    world = createTestWorld(),
    as = 'Ada',
    wrap = (children) => children as ReactElement,
    ...options
  }: RenderWithPushChatOptions = {},
): Promise<RenderedPushChat> {
  const { createElement, render, PushChatProvider } = await loadReact();
  const user = await world.join(as, options);
  const within = (children: ReactNode): ReactElement =>
    createElement(PushChatProvider, { client: user.client }, wrap(children));
  // What others write is drawn when it comes, in nobody's act(): a test waits for it (`findBy…`).
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false });
  const { container, rerender, unmount } = render(within(ui));
  return { container, rerender: (next) => rerender(within(next)), unmount, world, user };
}

async function loadReact() {
  try {
    const [{ createElement }, { render }, { PushChatProvider }] = await Promise.all([
      import('react'),
      import('@testing-library/react'),
      import('../hooks/PushChatProvider.tsx'),
    ]);
    return { createElement, render, PushChatProvider };
  } catch (cause) {
    throw new PushChatError(
      'InvalidConfig',
      'renderWithPushChat() needs react and @testing-library/react: install both beside push-chat-kit.',
      { cause },
    );
  }
}
