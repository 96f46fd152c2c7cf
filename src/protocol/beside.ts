/** What answers or stands beside a message, and so is no reason to disturb anybody. */
const BESIDE: ReadonlySet<string> = new Set(['Receipt', 'Reaction', 'Meta', 'UserActivity', 'Intent']);

/** Whether messages of this type notify nobody and wake no device. */
export const isBeside = (messageType: string): boolean => BESIDE.has(messageType);
