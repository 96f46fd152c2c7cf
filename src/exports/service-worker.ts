/** For a page's service worker, and for nothing else to import. */
export { servePush, type OpenChat, type ServePushOptions, type WorkerScope } from '../client/worker/servePush.ts';
export type { NotificationTexts } from '../client/notify/notificationLines.ts';
