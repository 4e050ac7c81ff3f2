/** The page around a message: reading it, its structure, composing one. English. */
export const mimeEnglish = {
  'encoding.reason.as-it-is': 'It goes as it is.',
  'encoding.reason.mostly-ascii': 'Few octets are not ASCII: quoted-printable keeps the rest readable.',
  'encoding.reason.mostly-not-ascii': 'So many octets are not ASCII that base64 is the smaller one.',
  'encoding.reason.long-lines':
    'Its lines are too long for SMTP: quoted-printable breaks them and puts them together again.',
  'encoding.reason.line-ends': 'It has line ends that are no CRLF, which a relay would change.',
  'encoding.reason.binary': 'These are octets, no text: only base64 brings them back as they are.',
  'encoding.reason.wish': 'As was wished.',
  'encoding.obstacle.eight-bit': 'It has octets above 127.',
  'encoding.obstacle.long-line': 'A line has more than 998 octets.',
  'encoding.obstacle.nul': 'It has an octet 0.',
  'encoding.obstacle.bare-cr': 'A CR stands alone, without its LF.',
  'encoding.obstacle.bare-lf': 'An LF stands alone, without its CR.',
} as const
