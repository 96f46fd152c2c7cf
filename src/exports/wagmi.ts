/**
 * The wallet of a page that has wagmi.
 * @module push-chat-kit/wagmi
 */
export { useWagmiSigner } from '../hooks/useWagmiSigner.ts';
