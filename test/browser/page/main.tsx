import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { ChatInbox, ChatWindow, PushChatProvider, StyleProvider } from '../../../src/exports/index.ts';
import { createTestWorld } from '../../../src/testing/testWorld.ts';
import type { StrictPage } from './strictPage.ts';

const NONCE = 'cGFnZQ';

declare global {
  var strictPage: StrictPage;
}

const violations: string[] = [];
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
  violations.push(`${violatedDirective} ${blockedURI}`);
});

const world = createTestWorld();
const [alice, bob] = await Promise.all([world.join('Alice'), world.join('Bob')]);
await alice.client.sendMessage(bob.did, { type: 'Text', content: 'Hello **Bob**' });
await bob.client.acceptRequest(alice.did);

const framed = (children: ReactNode): ReactNode => (
  <StrictMode>
    <div style={{ width: 400, height: 600 }}>{children}</div>
  </StrictMode>
);
const element = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no #${id}`);
  return found;
};

function draw(): void {
  createRoot(element('plain')).render(
    <StyleProvider nonce={NONCE}>
      {framed(
        <PushChatProvider client={alice.client}>
          <ChatWindow peer={bob.did} />
        </PushChatProvider>,
      )}
    </StyleProvider>,
  );
  const shadow = element('shadow').attachShadow({ mode: 'open' });
  const inside = shadow.appendChild(document.createElement('div'));
  createRoot(inside).render(
    <StyleProvider nonce={NONCE} target={shadow}>
      {framed(
        <PushChatProvider client={bob.client}>
          <ChatInbox defaultPeer={alice.did} />
        </PushChatProvider>,
      )}
    </StyleProvider>,
  );
}

/** Draws a window and takes it away, again and again. */
async function mountOften(times: number): Promise<void> {
  const host = document.body.appendChild(document.createElement('div'));
  for (let time = 0; time < times; time += 1) {
    const root = createRoot(host);
    root.render(
      <StyleProvider nonce={NONCE}>
        <PushChatProvider client={alice.client}>
          <ChatWindow peer={bob.did} />
        </PushChatProvider>
      </StyleProvider>,
    );
    // Drawn, with its effects run.
    await new Promise((resolve) => setTimeout(resolve));
    root.unmount();
  }
  host.remove();
}

globalThis.strictPage = { draw, mountOften, violations: () => violations };
