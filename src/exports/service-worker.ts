/**
 * For a page's service worker, and for nothing else to import.
 * @module push-chat-kit/service-worker
 */
export { servePush, type OpenChat, type ServePushOptions, type WorkerScope } from '../client/worker/servePush.ts';
export type { NotificationTexts } from '../client/notify/notificationLines.ts';
export type { PageOfWorker, WorkerEvents } from '../client/worker/servePush.ts';
