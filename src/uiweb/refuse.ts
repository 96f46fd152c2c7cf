import { PushChatError } from '../errors.ts';

/**
 * Stops where a page passes what would do nothing here: silence would be a promise.
 * @param refused what to do instead, by the name of the prop
 * @throws {PushChatError} `InvalidConfig`
 */
export function refuse(component: string, props: object, refused: Readonly<Record<string, string>>): void {
  for (const [name, instead] of Object.entries(refused)) {
    if ((props as Readonly<Record<string, unknown>>)[name] === undefined) continue;
    throw new PushChatError('InvalidConfig', `${component} takes no \`${name}\`: ${instead} See docs/migrating.md.`);
  }
}
