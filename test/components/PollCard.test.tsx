import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PollCard } from '../../src/components/PollCard/PollCard.tsx';
import { createTestWorld, type TestWorld } from '../../src/testing/testWorld.ts';
import { voteContent } from '../../src/protocol/polls/poll.ts';
import { PollsPage } from '../../stories/examples/PollsPage.tsx';
import { OPTIONS, pollScene, type PollCast, type PollScene } from '../../stories/support/polls.ts';
import { itemsOf, text } from '../support/until.ts';
import { expectAccessible, renderWith } from './support/renderWith.tsx';

const [FRIDAY = '', MONDAY = ''] = OPTIONS;

let world: TestWorld;
beforeEach(() => {
  world = createTestWorld();
});
afterEach(() => world.close());

async function shown(
  scene: PollScene,
  proofs?: (cast: PollCast) => readonly string[],
): Promise<PollCast & { container: Element }> {
  const cast = await pollScene(scene)(world);
  const given = proofs?.(cast);
  const page = <PollsPage asker={cast.asker.did} {...(given && { proofs: given })} />;
  const { container } = renderWith(cast.voter.client, page);
  await screen.findByRole('group', { name: /When do we ship/ });
  return { ...cast, container };
}

describe('PollCard', () => {
  it('sends a signed vote, shows it as this user’s, and sends another one when they change their mind', async () => {
    const { asker, voter, container } = await shown({});
    const user = userEvent.setup();
    expect(screen.getByRole('button', { name: 'Vote' })).toBeDisabled();
    await user.click(screen.getByRole('radio', { name: FRIDAY }));
    await user.click(screen.getByRole('button', { name: 'Vote' }));
    const change = await screen.findByRole('button', { name: 'Change vote' });
    await waitFor(() => expect(change).not.toHaveAttribute('aria-busy'));
    await user.click(screen.getByRole('radio', { name: new RegExp(MONDAY) }));
    await user.keyboard('{Enter}');
    await asker.client.openThread(voter.did);
    await waitFor(() => {
      const votes = itemsOf(asker.client, voter.did).flatMap((item) =>
        'content' in item ? (voteContent.read(item.content) ?? []) : [],
      );
      expect(votes.map(({ option, choice }) => [option, choice])).toEqual([
        [0, FRIDAY],
        [1, MONDAY],
      ]);
    });
    await expectAccessible(container);
  });

  it('says that it is closed, and offers nothing to choose', async () => {
    await shown({ closesIn: -120_000 });
    expect(screen.getByText('Closed')).toBeVisible();
    expect(screen.queryByRole('radio')).toBeNull();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('shows what was published, and that the signed votes say the same', async () => {
    const { container } = await shown({ votes: [0, 0, 1], published: [2, 1, 0] }, ({ proofs }) => proofs);
    expect(await screen.findByText('Counted again from 3 signed votes: the same.')).toBeVisible();
    expect(screen.getByText('Closed · 3 votes')).toBeVisible();
    await expectAccessible(container);
  });

  it('warns where the signed votes say something else, and shows both numbers', async () => {
    await shown({ votes: [0, 0], published: [0, 2, 0] }, ({ proofs }) => proofs);
    expect(await screen.findByRole('alert')).toHaveTextContent('not what was published');
    const [friday, monday] = screen.getAllByRole('listitem');
    expect(friday).toHaveTextContent('0 2');
    expect(monday).toHaveTextContent('2 0');
  });

  it('says that proofs cannot be counted, and draws nothing for what is no poll', async () => {
    const { voter, asker } = await shown({ votes: [0], published: [1, 0, 0] }, () => BROKEN);
    expect(await screen.findByRole('alert')).toHaveTextContent('could not be counted');
    const item = {
      id: 'a',
      from: 'peer',
      timestamp: 0,
      state: 'verified',
      content: text('a text'),
      encrypted: true,
    } as const;
    const { container } = renderWith(voter.client, <PollCard peer={asker.did} item={item} />);
    expect(container).toBeEmptyDOMElement();
  });

  it('lets nobody vote on a question whose sender no wallet vouches for', async () => {
    const { voter, asker } = await pollScene()(world);
    await voter.client.openThread(asker.did);
    const [item] = itemsOf(voter.client, asker.did);
    if (item?.state !== 'verified') throw new RangeError('no question');
    renderWith(voter.client, <PollCard peer={asker.did} item={{ ...item, state: 'signed' }} />);
    expect(screen.getByText(FRIDAY)).toBeVisible();
    expect(screen.queryByRole('radio')).toBeNull();
  });
});

const BROKEN = ['{}'];
