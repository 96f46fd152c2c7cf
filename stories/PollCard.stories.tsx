import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { de } from '../src/exports/locales/de.ts';
import { LocaleProvider } from '../src/exports/index.ts';
import { PollCard } from '../src/exports/polls.ts';
import { PollsPage } from './examples/PollsPage.tsx';
import source from './examples/PollsPage.tsx?raw';
import { shownSource } from './support/example.ts';
import { Live, Side } from './support/Live.tsx';
import { OPTIONS, pollScene, type PollCast, type PollScene } from './support/polls.ts';

const meta: Meta<typeof PollCard> = {
  title: 'PollCard',
  component: PollCard,
};
export default meta;
type Story = StoryObj<typeof PollCard>;

const WAIT = { timeout: 15_000 };
const [FRIDAY = '', MONDAY = ''] = OPTIONS;

interface Shown {
  readonly scene?: PollScene;
  /** What is published beside the question. */
  readonly proofs?: (cast: PollCast) => readonly string[] | undefined;
  readonly side?: 'voter' | 'asker';
}

function shown({ scene = {}, proofs = () => undefined, side = 'voter' }: Shown): Pick<Story, 'render'> {
  const made = pollScene(scene);
  return {
    render: () => (
      <Live scene={made}>
        {(cast) => {
          const [user, peer] = side === 'voter' ? [cast.voter, cast.asker] : [cast.asker, cast.voter];
          const given = proofs(cast);
          return (
            <Side user={user} height={460}>
              <PollsPage asker={peer.did} {...(given && { proofs: given })} />
            </Side>
          );
        }}
      </Live>
    ),
  };
}

const all = ({ proofs }: PollCast): readonly string[] => proofs;

/** Asked, and not answered: the keyboard chooses and votes. */
export const Example: Story = {
  ...shown({}),
  parameters: shownSource(source),
  play: async ({ canvas, userEvent }) => {
    const friday = await canvas.findByRole('radio', { name: FRIDAY }, WAIT);
    await expect(canvas.getByRole('button', { name: 'Vote' })).toBeDisabled();
    friday.focus();
    await userEvent.keyboard('{ArrowDown}');
    await expect(canvas.getByRole('radio', { name: MONDAY })).toBeChecked();
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(canvas.getByRole('button', { name: 'Change vote' })).toBeDisabled(), WAIT);
  },
};

/** This user voted, and may change it. */
export const Voted: Story = {
  ...shown({ scene: { votes: [0] } }),
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'Change vote' }, WAIT)).toBeDisabled();
  },
};

/** Its time is over, and nothing was published. */
export const Closed: Story = {
  ...shown({ scene: { closesIn: -120_000 } }),
  play: async ({ canvas }) => {
    await canvas.findByText('Closed', {}, WAIT);
    await expect(canvas.queryByRole('radio')).toBeNull();
  },
};

/** Whoever asked says what came out. */
export const Published: Story = {
  ...shown({ scene: { votes: [0, 0, 1], published: [2, 1, 0] } }),
  play: async ({ canvas }) => {
    await canvas.findByText('Closed · 3 votes', {}, WAIT);
  },
};

/** The signed votes say the same. */
export const Recounted: Story = {
  ...shown({ scene: { votes: [0, 0, 1, 2], published: [2, 1, 1] }, proofs: all }),
  play: async ({ canvas }) => {
    await canvas.findByText('Counted again from 4 signed votes: the same.', {}, WAIT);
  },
};

/** Whoever asked published other numbers than were signed. */
export const Disagrees: Story = {
  ...shown({ scene: { votes: [0, 0, 1], published: [0, 3, 0] }, proofs: all }),
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('alert', {}, WAIT)).toHaveTextContent('not what was published');
  },
};

/** What was given as proofs proves nothing. */
export const Uncounted: Story = {
  ...shown({ scene: { votes: [0], published: [1, 0, 0] }, proofs: () => BROKEN }),
  play: async ({ canvas }) => {
    await canvas.findByText('The signed votes could not be counted.', {}, WAIT);
  },
};
const BROKEN = ['{}'];

/** Seen by whoever asked: there is nothing to choose. */
export const Asker: Story = {
  ...shown({ scene: { votes: [1] }, side: 'asker' }),
  play: async ({ canvas }) => {
    await canvas.findByText(FRIDAY, {}, WAIT);
    await expect(canvas.queryByRole('radio')).toBeNull();
  },
};

/** In another language. */
export const German: Story = {
  ...shown({ scene: { votes: [0, 0, 1], published: [2, 1, 0] }, proofs: all }),
  decorators: [(Draw) => <LocaleProvider locale={de}>{Draw()}</LocaleProvider>],
  play: async ({ canvas }) => {
    await canvas.findByText(/neu gezählt: dasselbe/, {}, WAIT);
  },
};
