import { asPushChatError } from '../../errors.ts';
import type { ClientContext } from '../context.ts';
import type { Pin } from './pin.ts';
import { memoryPins, type PinStore } from './pinStore.ts';

/** Pins in the vault of the unlocked account; as long as the page lives where nothing is unlocked or can be kept. */
export function accountPins(contextOf: () => Pick<ClientContext, 'account' | 'warn'>): PinStore {
  const memory = memoryPins();
  return {
    get: async (did) => {
      const kept = await contextOf().account?.vault.get('pin', did);
      // What is sealed in a vault is this library's own.
      return (kept as Pin | undefined) ?? memory.get(did);
    },
    put: async (did, pin) => {
      await memory.put(did, pin);
      const { account, warn } = contextOf();
      try {
        await account?.vault.put('pin', did, pin);
      } catch (error) {
        warn(asPushChatError(error));
      }
    },
    alone: (work) => contextOf().account?.tabs.alone(work) ?? work(),
  };
}
