import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import type { Concern } from '../../src/errors.ts';
import { PushChatError } from '../../src/errors.ts';
import { ChatWindow, CreateGroup, PushChatProvider } from '../../src/exports/index.ts';
import { GROUP, groupState } from './support/groups.ts';
import { MAYA, NORA } from './support/people.ts';
import { stateClient, ready } from './support/stateClient.ts';

const maya = { did: MAYA, role: 'member', accepted: true, since: null, inviter: null, proven: true } as const;

const show = (client: PushChatClient) =>
  render(
    <PushChatProvider client={client}>
      <ChatWindow peer={GROUP} />
    </PushChatProvider>,
  );

const openPanel = async () => {
  await userEvent.click(await screen.findByRole('button', { name: 'Group details' }));
  return within(await screen.findByRole('dialog'));
};

describe('the focus', () => {
  it('goes into a question, and back to what asked it, by button and by Escape', async () => {
    show(stateClient(groupState({ encryption: 'session' }, {}, [maya])));
    const panel = await openPanel();
    for (const name of ['Renew the secret', 'Leave group']) {
      await userEvent.click(panel.getByRole('button', { name }));
      const question = panel.getByRole('group', { name });
      expect(within(question).getByRole('button', { name })).toHaveFocus();
      expect(question).toHaveAccessibleDescription(/./);
      if (name === 'Leave group') await userEvent.keyboard('{Escape}');
      else await userEvent.click(within(question).getByRole('button', { name: 'Cancel' }));
      expect(panel.getByRole('button', { name })).toHaveFocus();
    }
    const options = panel.getByRole('button', { name: /^Options for/ });
    await userEvent.click(options);
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Remove' }));
    await userEvent.keyboard('{Escape}');
    expect(options).toHaveFocus();
    expect(screen.getByRole('dialog')).toBeInTheDocument();
  });

  it('goes into a form, and from it back to what opened it', async () => {
    show(stateClient(groupState({})));
    const panel = await openPanel();
    for (const name of ['Add members', 'Edit group', 'Set conditions']) {
      await userEvent.click(panel.getByRole('button', { name }));
      await userEvent.click(panel.getByRole('button', { name: 'Back to the group' }));
      expect(panel.getByRole('button', { name })).toHaveFocus();
    }
  });

  it('stays in the panel when a member is gone', async () => {
    const state = groupState({}, {}, [maya]);
    const client = stateClient(state);
    Object.assign(client.groups, {
      removeMembers: () => {
        act(() => client.store.set({ ...client.store.get(), ...groupState({}) }));
        return Promise.resolve();
      },
    });
    show(client);
    const panel = await openPanel();
    await userEvent.click(panel.getByRole('button', { name: /^Options for/ }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Remove' }));
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(screen.getByRole('dialog')).toHaveFocus());
  });

  it('goes back to the field when a chosen account is taken out, and a wrong one is said beside it', async () => {
    render(
      <PushChatProvider client={stateClient(ready)}>
        <CreateGroup />
      </PushChatProvider>,
    );
    const field = await screen.findByRole('textbox', { name: /Address/ });
    await userEvent.type(field, 'nobody{Enter}');
    await waitFor(() => expect(field).toHaveAccessibleDescription(/./));
    expect(field).toBeInvalid();
    await userEvent.clear(field);
    await userEvent.type(field, `${NORA.slice('eip155:'.length)}{Enter}`);
    const chosen = await screen.findByRole('list', { name: 'Chosen accounts' });
    await userEvent.click(within(chosen).getByRole('button'));
    expect(field).toHaveFocus();
  });
});

describe('what is going on', () => {
  it('is said of members to decide about, while the focus stays in the field', async () => {
    const concerns: readonly Concern[] = [{ reason: 'unproven', name: MAYA }];
    const client = stateClient(groupState({}), {
      sendMessage: () => Promise.reject(new PushChatError('MembersUnconfirmed', 'Look.', { concerns })),
    });
    show(client);
    await userEvent.type(await screen.findByRole('textbox', { name: 'Message' }), 'Hello{Enter}');
    act(() => client.store.set({ ...client.store.get(), ...groupState({ concerns }) }));
    const said = await screen.findAllByRole('status');
    expect(said.map(({ textContent }) => textContent)).toContain('Not everybody who would read this is confirmed');
    expect(screen.getByRole('textbox', { name: 'Message' })).toHaveFocus();
  });

  it('is said of a group that takes long to read, and of none that does not', async () => {
    const state = groupState({ membership: 'listed' });
    const threads = { [GROUP]: { ...state.threads?.[GROUP], loading: { status: 'loading' } } };
    const client = stateClient({ ...state, threads } as typeof state);
    show(client);
    // What is late is loaded by the time that the header has its button.
    await screen.findByRole('button', { name: 'Group details' });
    expect(screen.queryByText('Checking who is in this group…')).toBeNull();
    expect(await screen.findByText('Checking who is in this group…', {}, { timeout: 3_000 })).toBeVisible();
    expect(screen.queryByText(/this can take minutes/)).toBeNull();
    act(() => client.store.set({ ...client.store.get(), ...groupState({}) }));
    expect(screen.queryByText('Checking who is in this group…')).toBeNull();
  });

  it('takes minutes in a group of thousands, which is said too', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    try {
      const state = groupState({ membership: 'listed' });
      const threads = { [GROUP]: { ...state.threads?.[GROUP], loading: { status: 'loading' } } };
      show(stateClient({ ...state, threads } as typeof state));
      await screen.findByRole('button', { name: 'Group details' });
      act(() => void vi.advanceTimersByTime(9_000));
      expect(await screen.findByText(/this can take minutes/)).toBeVisible();
    } finally {
      vi.useRealTimers();
    }
  });
});
