// @vitest-environment node
import { renderToString } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import * as kit from '../../src/exports/index.ts';
import { MAYA } from './support/people.ts';

const { ChatBubble, ChatInbox, ChatList, ChatWindow, PushChatProvider, RequestList, ThemeRoot } = kit;

describe('on a server', () => {
  it('ST-11 importing every entry needs no window', async () => {
    expect(typeof window).toBe('undefined');
    await expect(import('../../src/exports/hooks.ts')).resolves.toHaveProperty('PushChatProvider');
    await expect(import('../../src/exports/theme.ts')).resolves.toHaveProperty('createTheme');
  });

  it('ST-11 every component renders an inert shell, and complains of nothing', () => {
    const complaints = vi.spyOn(console, 'error');
    const html = renderToString(
      <PushChatProvider signer={undefined} env="prod">
        <ThemeRoot mode="system">
          <ChatWindow peer={MAYA} />
          <ChatList />
          <RequestList />
          <ChatInbox />
          <ChatBubble item={{ id: '1', from: 'me', timestamp: 0, state: 'quarantined', reason: 'ProofInvalid' }} />
        </ThemeRoot>
      </PushChatProvider>,
    );
    expect(html).toContain('No wallet connected');
    expect(html).toContain('Message hidden');
    expect(complaints).not.toHaveBeenCalled();
  });
});
