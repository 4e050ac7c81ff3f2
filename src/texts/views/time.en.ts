/** What the line of time says beside its first words, in English. */
export const timeEnglish = {
  'time.back.by': 'Back by {grain}',
  'time.forward.by': 'Forward by {grain}',
  'time.jump': 'Jump to a moment',
  'time.jump.to': 'A time, or the number of an event',
  'time.jump.go': 'Go there',
  'time.jump.bad': 'From {first} to {last}, or an event from 1 to {of}.',
  'time.jump.marks': 'Marks: mail that arrived or failed, faults, waits that were skipped',
  'time.mark.before': 'To the mark before',
  'time.mark.next': 'To the next mark',
  'time.mark.none': 'There is no mark on that side.',
  'time.arriving': 'The mailboxes and queues of that moment are on their way …',
} as const
