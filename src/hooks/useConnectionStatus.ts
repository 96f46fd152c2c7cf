import type { Connection } from '../client/state.ts';
import { useStore } from './useStore.ts';

/**
 * Whether live messages can arrive.
 * @example const offline = useConnectionStatus() === 'offline';
 */
export const useConnectionStatus = (): Connection => useStore((state) => state.connection);
