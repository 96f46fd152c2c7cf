import { render, type RenderResult } from '@testing-library/react';
import axe from 'axe-core';
import type { ReactNode } from 'react';
import { expect } from 'vitest';
import type { PushChatClient } from '../../../src/client/PushChatClient.ts';
import { PushChatProvider } from '../../../src/hooks/PushChatProvider.tsx';

/** Draws something inside a provider of a ready client. */
export const renderWith = (client: PushChatClient, ui: ReactNode): RenderResult =>
  render(ui, { wrapper: ({ children }) => <PushChatProvider client={client}>{children}</PushChatProvider> });

/** Fails with what axe finds. Contrast needs a real browser, and is checked there by the stories. */
export async function expectAccessible(container: Element): Promise<void> {
  const { violations } = await axe.run(container, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}
