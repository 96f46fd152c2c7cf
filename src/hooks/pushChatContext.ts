import { createContext } from 'react';
import type { PushChatClient } from '../client/PushChatClient.ts';

/** The nearest provider's client. */
export const PushChatContext = createContext<PushChatClient | null>(null);
