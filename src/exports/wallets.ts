/**
 * The wallets that a browser announces (EIP-6963).
 * @module push-chat-kit/wallets
 */
export { WalletPicker, type WalletPickerProps } from '../components/WalletPicker/WalletPicker.tsx';
export type { AnnouncedWallet, WalletProvider } from '../hooks/wallets/announcedWallets.ts';
export { useWallets, type WalletConnection, type WalletsView } from '../hooks/wallets/useWallets.ts';
