/** English texts of parts that are loaded when somebody opens them: a page that nobody does so on carries none of them. */
export const LATE_ENGLISH = {
  'notify.denied': 'Your browser blocks notifications of this page. Allow them in its settings for this page.',
  'notify.from': '{count, plural, one {New message from {name}} other {# new messages from {name}}}',
  'notify.lead': 'Hear of new messages in chats that you accepted. Requests never notify you.',
  'notify.other': 'New message',
  'notify.quiet': 'Quiet hours',
  'notify.quiet.from': 'From',
  'notify.quiet.text': 'Nothing is shown and nothing sounds in this time.',
  'notify.quiet.to': 'To',
  'notify.show': 'Show notifications',
  'notify.show.text': 'Your browser asks you once whether this page may.',
  'notify.sound': 'Sound',
  'notify.sound.text': 'Two soft tones.',
  'notify.text': 'Show what was written',
  'notify.text.text': 'Whoever sees your screen can read it.',
  'notify.title': 'Notifications',
  'notify.unsupported': 'This browser shows no notifications for this page.',
} as const;
