import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { ChatBubble } from '../src/exports/index.ts';
import { ThemeRoot } from '../src/components/theme/ThemeRoot.tsx';

interface MessageContentArgs {
  readonly text: string;
  readonly mode: 'light' | 'dark';
  readonly guarded: boolean;
}

const AT = Date.UTC(2026, 10, 22, 14, 30);

/** What the text of a message is drawn as, received and sent. */
const meta: Meta<MessageContentArgs> = {
  title: 'MessageContent',
  parameters: { everyStory: true },
  args: { mode: 'light', guarded: false },
  argTypes: { mode: { control: 'inline-radio', options: ['light', 'dark'] } },
  render: ({ text, mode, guarded }) => (
    <ThemeRoot mode={mode}>
      <div
        style={{
          display: 'grid',
          gap: 12,
          width: 'min(400px, 92vw)',
          padding: 16,
          containerType: 'inline-size',
          background: 'var(--pc-color-surface)',
        }}
      >
        {(['peer', 'me'] as const).map((from) => (
          <ChatBubble
            key={from}
            guarded={guarded}
            item={{
              id: `message-from-${from}`,
              from,
              timestamp: AT,
              state: 'verified',
              content: { type: 'Text', content: text },
              encrypted: true,
            }}
          />
        ))}
      </div>
    </ThemeRoot>
  ),
};
export default meta;
type Story = StoryObj<MessageContentArgs>;

const ADDRESS = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359';
const HASH = `0x${'5c'.repeat(32)}`;
const dark = (story: Story): Story => ({ ...story, args: { ...story.args, mode: 'dark' } });

export const Marks: Story = {
  args: { text: 'The **blue** one, *not* the ~~red~~ green one: `mint(812)`. 2*3*4 stays as it is.' },
  play: async ({ canvas }) => {
    await expect(canvas.getAllByText('blue')[0]?.localName).toBe('strong');
  },
};
export const MarksDark = dark(Marks);

/** Scrolls sideways, by keyboard too. */
export const CodeBlock: Story = {
  args: {
    text: 'Try this:\n```ts\nconst client = await createPushChat({ signer, node: "https://node.example" });\nawait client.unlock();\n```\nand tell me.',
  },
};
export const CodeBlockDark = dark(CodeBlock);

export const Address: Story = { args: { text: `My vault is ${ADDRESS}, the old one is gone.` } };
export const AddressDark = dark(Address);

/** Left as text, with a title that says why. */
export const AddressWithWrongChecksum: Story = {
  args: { text: `Send it to ${ADDRESS.replace('fB', 'Fb')}` },
  play: async ({ canvas }) => {
    await expect(canvas.getAllByTitle(/checksum is wrong/)).toHaveLength(2);
  },
};

export const TransactionHash: Story = { args: { text: `Paid in ${HASH} this morning.` } };
export const TransactionHashDark = dark(TransactionHash);

/** The receiver stands in full; nothing here opens a wallet. */
export const PaymentRequest: Story = {
  args: { text: `For the print:\nethereum:${ADDRESS}@1?value=2.014e17` },
  play: async ({ canvas }) => {
    await expect(canvas.getAllByText('0.2014 ETH')).toHaveLength(2);
  },
};
export const PaymentRequestDark = dark(PaymentRequest);
export const PaymentRequestOnOtherChain: Story = { args: { text: `ethereum:${ADDRESS}@137?value=1e18` } };
export const PaymentRequestMalformed: Story = { args: { text: `ethereum:${ADDRESS}@1?value=1e18&gasPrice=1` } };

/** A stranger's request: nothing but plain text. */
export const Guarded: Story = {
  args: { text: `**Free** tokens: https://good.example and ${ADDRESS}`, guarded: true },
  play: async ({ canvas }) => {
    await expect(canvas.queryByRole('button')).toBeNull();
  },
};
