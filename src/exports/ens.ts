/**
 * Names and pictures by ENS.
 * @module push-chat-kit/ens
 */
export { ensNames, type EnsOptions, type EnsProvider } from '../components/people/ensNames.ts';
export type { Names } from '../components/people/NamesProvider.tsx';
