import { readFileSync } from 'node:fs';
import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { RequestList } from '../../src/components/RequestList/RequestList.tsx';
import { LocaleProvider } from '../../src/components/text/LocaleProvider.tsx';
import { de } from '../../src/components/text/locales/de.ts';
import { UnlockPanel } from '../../src/components/UnlockPanel/UnlockPanel.tsx';
import { createTestWorld, type TestWorld } from '../../src/testing/testWorld.ts';
import { renderWithPushChat } from '../../src/testing/renderWithPushChat.ts';
import { until } from '../../src/testing/until.ts';

let world: TestWorld | undefined;
afterEach(() => world?.close());

describe('renderWithPushChat', () => {
  it('draws for a wallet of the world, which others write to', async () => {
    world = createTestWorld();
    const bob = await world.join('Bob');
    const { user } = await renderWithPushChat(<RequestList />, { world });
    await bob.client.sendMessage(user.did, { type: 'Text', content: 'May I ask something?' });
    await screen.findByText('May I ask something?');
    await userEvent.click(screen.getByRole('button', { name: /^Accept/ }));
    await until(user.client, ({ chats }) => chats.items.find(({ peer }) => peer === bob.did));
  });

  it('may be locked at first, in another language, and be drawn again', async () => {
    const shown = await renderWithPushChat(<UnlockPanel />, {
      unlocked: false,
      wrap: (children) => <LocaleProvider locale={de}>{children}</LocaleProvider>,
    });
    ({ world } = shown);
    await userEvent.click(await screen.findByRole('button', { name: 'Chat entsperren' }));
    await until(shown.user.client, ({ session }) => session.status === 'ready');
    shown.rerender(<p>Something else</p>);
    expect(screen.getByText('Something else')).toBeInTheDocument();
    shown.unmount();
    expect(shown.container).toBeEmptyDOMElement();
  });
});

describe('docs/testing.md', () => {
  it('shows the examples that are run here and as consumers', () => {
    const page = readFileSync('docs/testing.md', 'utf8');
    const shown = (file: string): string =>
      readFileSync(file, 'utf8')
        .replace('../../../src/exports/index.ts', 'push-chat-kit')
        .replace('../../../src/exports/testing.ts', 'push-chat-kit/testing');
    expect(page).toContain(`\`\`\`tsx\n${shown('test/components/examples/shop.test.tsx')}\`\`\``);
    expect(page).toContain(`\`\`\`ts\n${shown('test/consumers/playwright/shop.spec.ts')}\`\`\``);
  });
});
