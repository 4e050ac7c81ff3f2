/** What is said before a link is made, in English. */
export const linkEnglish = {
  'link.title': 'This moment as a link',
  'link.now': 'Whoever opens the link sees what you see now, and can go on from there.',
  'link.past': 'Whoever opens the link sees the moment that you are looking at, and all that came after it.',
  'link.carries':
    'The link holds all that was done here since the beginning. It is never sent to a server, but whoever has it can read it:',
  'link.lines': '{count} {count:line that was|lines that were} typed ({size} octets)',
  'link.files': '{count} {count:file or letter|files or letters} of your own ({size} octets)',
  'link.zones': '{count} {count:change of a zone|changes of zones}',
  'link.own': 'your own world “{world}”, as its file is written, with all its passwords and mail ({size} characters)',
  'link.wraps':
    '{count} characters: longer than one line of a mail. Set it off with < and >, and look whether it came whole.',
  'link.secrets':
    '{count} {count:command with a password in it: is it a real one?|commands with a password in them: has one of them a real one?}',
  'link.make': 'Make the link',
  'link.copy': 'Copy the link',
  'link.size': '{count} characters: it fits into one line of a mail.',
  'link.long': '{count} characters: mail programs may cut such a link. “Save to a file” in the menu is surer.',
} as const
