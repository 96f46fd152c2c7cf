import { createContext } from 'react';
import { findOnChain } from './findOnChain.ts';
import type { FindNames } from './parseMarks.ts';

/** What is looked for in the words of messages; in a group, its members too. */
export const FindNamesContext = createContext<FindNames>(findOnChain);
