import { PushChatError } from '../errors.ts';

/**
 * An optional package that is not there, or does not load.
 * @param need who needs it, with the verb
 */
export const missingPackage = (need: string, name: string, cause: unknown): PushChatError =>
  new PushChatError('InvalidConfig', `${need} the package "${name}". Install it: npm install ${name}`, { cause });
