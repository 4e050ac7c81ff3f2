/** What the log pane says, in English. */
export const logEnglish = {
  'log.host': 'Mail log of',
  'log.text': 'Search in the log',
  'log.list': 'Mail log of {host}, the latest line at the bottom',
  'log.empty': 'Nothing stands in this log yet.',
  'log.none': 'No line is like that.',
  'log.no-hosts': 'No host of this world has a mail system.',
  'log.earlier': '{count} earlier lines are not shown.',
  'log.count': '{count} lines',
  'log.latest': 'Latest',
} as const
