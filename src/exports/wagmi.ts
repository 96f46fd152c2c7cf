export { useWagmiSigner } from '../hooks/useWagmiSigner.ts';
