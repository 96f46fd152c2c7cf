/** The texts of a launcher that is not open: a page that nobody chats on carries no others. */
export const LAUNCHER_ENGLISH = {
  'action.tryAgain': 'Try again',
  'chats.unread': '{count} unread',
  'launcher.close': 'Close chat',
  'launcher.failed': 'Chat could not be loaded. Check the connection.',
  'launcher.loading': 'Loading chat…',
  'window.label': 'Chat',
} as const;
