import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PushChatContext } from '../../src/hooks/pushChatContext.ts';
import { useChats } from '../../src/hooks/useChats.ts';
import { useCreateGroup } from '../../src/hooks/useCreateGroup.ts';
import { useGroup } from '../../src/hooks/useGroup.ts';
import { useGroupAccess } from '../../src/hooks/useGroupAccess.ts';
import { useGroupActions } from '../../src/hooks/useGroupActions.ts';
import { useGroupMembers } from '../../src/hooks/useGroupMembers.ts';
import { useRequestActions } from '../../src/hooks/useRequestActions.ts';
import { useRequests } from '../../src/hooks/useRequests.ts';
import { useSendMessage } from '../../src/hooks/useSendMessage.ts';
import { useThread } from '../../src/hooks/useThread.ts';
import { createTestWorld, type TestUser, type TestWorld } from '../../src/testing/testWorld.ts';

let world: TestWorld;
let ada: TestUser;
let bo: TestUser;

beforeEach(async () => {
  world = createTestWorld();
  ada = await world.join('Ada');
  bo = await world.join('Bo');
});

afterEach(() => world.close());

const as =
  ({ client }: TestUser) =>
  ({ children }: { readonly children: ReactNode }) => (
    <PushChatContext.Provider value={client}>{children}</PushChatContext.Provider>
  );

it('make a group, ask into it, read and write in it, and change it', async () => {
  const { result: making } = renderHook(() => useCreateGroup(), { wrapper: as(ada) });
  let chatId: string | undefined;
  await act(async () => {
    chatId = await making.current.create({ name: 'Gardeners', members: [bo.did] });
  });
  expect(making.current.state.status).toBe('done');
  const id = chatId ?? '';

  const asBo = renderHook(
    () => ({ requests: useRequests(), chats: useChats(), answer: useRequestActions(id), thread: useThread(id) }),
    { wrapper: as(bo) },
  ).result;
  await waitFor(() => expect(asBo.current.requests.items).toMatchObject([{ peer: id }]));
  await act(() => asBo.current.answer.accept());
  expect(asBo.current.answer.error).toBeNull();
  expect(asBo.current.chats.items).toMatchObject([{ peer: id }]);
  await waitFor(() => expect(asBo.current.thread.thread?.relation).toBe('chat'));

  const asAda = renderHook(
    () => ({
      group: useGroup(id),
      members: useGroupMembers(id),
      actions: useGroupActions(id),
      sender: useSendMessage(id),
      access: useGroupAccess(id),
    }),
    { wrapper: as(ada) },
  ).result;
  await waitFor(() => expect(asAda.current.members.items).toHaveLength(2));
  expect(asAda.current.members.items).toMatchObject([
    { did: ada.did, role: 'admin', accepted: true, proven: true },
    { did: bo.did, role: 'member', accepted: true, proven: true, inviter: ada.did },
  ]);
  expect(asAda.current.members.hasMore).toBe(false);
  await waitFor(() => expect(asAda.current.access.access).toMatchObject({ mayEnter: true, mayWrite: true }));
  await act(() => asAda.current.sender.send({ type: 'Text', content: 'hello' }));
  await waitFor(() =>
    expect(asBo.current.thread.thread?.items).toMatchObject([{ state: 'verified', sender: ada.did }]),
  );

  await act(async () => {
    expect(await asAda.current.actions.update({ name: 'Rose growers', description: 'Only roses' })).toBe(true);
    expect(await asAda.current.actions.setRole([bo.did], 'admin')).toBe(true);
  });
  expect(asAda.current.group.group).toMatchObject({ name: 'Rose growers', description: 'Only roses' });
  await waitFor(() => expect(asAda.current.members.items.map(({ role }) => role)).toEqual(['admin', 'admin']));
  await act(async () => {
    expect(await asAda.current.actions.addMembers(['nobody'])).toBe(false);
  });
  expect(asAda.current.actions.error).toMatchObject({ code: 'InvalidAddress' });
  await act(async () => {
    expect(await asAda.current.actions.removeMembers([bo.did])).toBe(true);
  });
  expect(asAda.current.actions.error).toBeNull();
  await waitFor(() => expect(asAda.current.members.items).toHaveLength(1));
  await waitFor(() => expect(asBo.current.thread.thread?.relation).toBe('none'));
});

it('know nothing of what is no group', () => {
  const { result } = renderHook(() => [useGroup('0x'), useGroupMembers('0x'), useGroupAccess('0x')] as const, {
    wrapper: as(ada),
  });
  expect(result.current).toMatchObject([{ group: undefined }, { items: [], hasMore: false }, { access: undefined }]);
});
