export { ensNames, type EnsOptions, type EnsProvider } from '../components/people/ensNames.ts';
export type { Names } from '../components/people/NamesProvider.tsx';
