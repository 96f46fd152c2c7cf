import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor, within } from 'storybook/test';
import { FailurePlayground } from './failures/FailurePlayground.tsx';

/** Break the network, let the node lie, and see what the components say of it. */
const meta: Meta = { title: 'Playground/Failures', tags: ['!autodocs'], parameters: { layout: 'fullscreen' } };
export default meta;

const WAIT = { timeout: 15_000 };

export const Failures: StoryObj = { render: () => <FailurePlayground /> };

/** One lie after another, each seen for what it is, and the truth again. */
export const Lying: StoryObj = {
  ...Failures,
  play: async ({ canvas, userEvent }) => {
    const alice = within(await canvas.findByRole('region', { name: 'Alice' }, WAIT));
    await alice.findByText('Deal 🤝', {}, WAIT);
    const node = canvas.getByRole('combobox', { name: 'The node' });

    await userEvent.selectOptions(node, 'CH-04');
    await expect((await alice.findAllByText('Message hidden', {}, WAIT)).length).toBeGreaterThan(1);
    await expect(alice.queryByText('Deal 🤝')).toBeNull();

    await userEvent.selectOptions(node, 'CH-06');
    await alice.findAllByText('The history was rewritten here', {}, WAIT);

    await userEvent.selectOptions(node, 'NW-01');
    await alice.findByText('Messages could not be loaded', {}, WAIT);

    await userEvent.selectOptions(node, '');
    await alice.findByText('Deal 🤝', {}, WAIT);
    await expect(alice.queryByText('Message hidden')).toBeNull();
    await userEvent.selectOptions(node, 'CH-06');
    await alice.findAllByText('The history was rewritten here', {}, WAIT);
  },
};

/** What is written meanwhile arrives afterwards, on both sides. */
export const Offline: StoryObj = {
  ...Failures,
  play: async ({ canvas, userEvent }) => {
    const alice = within(await canvas.findByRole('region', { name: 'Alice' }, WAIT));
    const bob = within(canvas.getByRole('region', { name: 'Bob' }));
    await alice.findByText('Deal 🤝', {}, WAIT);
    await userEvent.click(canvas.getByRole('radio', { name: 'Offline' }));
    await alice.findByText('You’re offline.', {}, WAIT);
    await userEvent.type(alice.getByRole('textbox', { name: 'Message' }), 'Written in a tunnel{Enter}');
    await userEvent.type(bob.getByRole('textbox', { name: 'Message' }), 'Are you on the train?{Enter}');
    await waitFor(() => expect(bob.getByText('Are you on the train?')).toBeVisible(), WAIT);
    await expect(alice.queryByText('Are you on the train?')).toBeNull();
    await userEvent.click(canvas.getByRole('radio', { name: 'Online' }));
    await alice.findByText('Are you on the train?', {}, WAIT);
    await bob.findByText('Written in a tunnel', {}, { timeout: 30_000 });
  },
};
