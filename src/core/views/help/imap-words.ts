/**
 * The words that IMAP's arguments are made of. The readers of the server take them one by one, in the course of reading;
 * here they stand side by side, and a test holds each against its reader.
 */
/** RFC 3501 6.4.5, RFC 3516 4, RFC 7162 3.1.4; those in capitals are said alone. */
export const fetchWords = [
  'FLAGS',
  'ENVELOPE',
  'BODY[]',
  'BODY.PEEK[]',
  'BODY[HEADER]',
  'BODY[TEXT]',
  'BODYSTRUCTURE',
  'INTERNALDATE',
  'RFC822.SIZE',
  'UID',
  'ALL',
  'FAST',
  'FULL',
  'RFC822',
  'RFC822.HEADER',
  'RFC822.TEXT',
] as const
/** RFC 3501 6.4.4. */
export const searchWords = [
  'ALL',
  'UNSEEN',
  'SEEN',
  'FROM',
  'TO',
  'CC',
  'BCC',
  'SUBJECT',
  'BODY',
  'TEXT',
  'HEADER',
  'SINCE',
  'BEFORE',
  'ON',
  'SENTSINCE',
  'SENTBEFORE',
  'SENTON',
  'LARGER',
  'SMALLER',
  'FLAGGED',
  'UNFLAGGED',
  'ANSWERED',
  'UNANSWERED',
  'DELETED',
  'UNDELETED',
  'DRAFT',
  'UNDRAFT',
  'KEYWORD',
  'UNKEYWORD',
  'NEW',
  'OLD',
  'RECENT',
  'UID',
  'NOT',
  'OR',
] as const
/** RFC 3501 6.3.10. */
export const statusWords = ['MESSAGES', 'UNSEEN', 'RECENT', 'UIDNEXT', 'UIDVALIDITY'] as const
/** RFC 5256 3. */
export const sortWords = ['DATE', 'ARRIVAL', 'FROM', 'TO', 'CC', 'SUBJECT', 'SIZE', 'REVERSE'] as const
/** RFC 3501 2.3.2. */
export const flagWords = ['\\Seen', '\\Deleted', '\\Flagged', '\\Answered', '\\Draft'] as const
/** RFC 3501 6.4.6. */
export const storeWords = ['+FLAGS', '-FLAGS', 'FLAGS', '+FLAGS.SILENT', '-FLAGS.SILENT', 'FLAGS.SILENT'] as const
/** RFC 5161, RFC 7162 3.1, RFC 6855, RFC 9051. */
export const enableWords = ['CONDSTORE', 'QRESYNC', 'UTF8=ACCEPT', 'IMAP4rev2'] as const
