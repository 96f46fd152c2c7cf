/** What a browser's service worker gives for being woken. */
export type PushRegistration = Pick<ServiceWorkerRegistration, 'pushManager'>;
