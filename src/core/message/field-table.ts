/**
 * Header fields as rows of a table: what each looks like, which RFC says so, who adds it, how often it may stand. What each
 * is for stands in `src/texts/message.*.ts`, under `field.NAME`.
 */

export type AddedBy =
  | 'author'
  | 'submission server'
  | 'each relay'
  | 'final delivery'
  | 'list'
  | 'composer' // who puts the parts together (MIME)
  | 'some systems'
  | 'reporting server'

/** Which reader understands the value. */
export type FieldStructure =
  | 'addresses'
  | 'date'
  | 'ids'
  | 'words' // text for people, in which encoded words may stand
  | 'received'
  | 'content-type'
  | 'disposition'
  | 'encoding'
  | 'version'
  | 'typed' // a type, a semicolon, a value: `rfc822; jones@xyz.com`
  | 'urls'
  | 'number'
  | 'text'

export interface FieldRow {
  readonly name: string
  /** As its RFC writes it; in words where none does. */
  readonly syntax: string
  /** Null where a field is known by its use only. */
  readonly rfc: number | null
  readonly section: string | null
  readonly addedBy: AddedBy
  /** In one header: exactly once, at most once, or any number of times. */
  readonly times: 'required' | 'once' | 'any'
  readonly structure: FieldStructure
}

export const row = (
  name: string,
  syntax: string,
  rfc: number | null,
  section: string | null,
  addedBy: AddedBy,
  times: FieldRow['times'],
  structure: FieldStructure,
): FieldRow => ({ name, syntax, rfc, section, addedBy, times, structure })

export const fieldRows: readonly FieldRow[] = [
  // origin and destination (RFC 5322 3.6.1 to 3.6.3)
  row('Date', 'orig-date = "Date:" date-time CRLF', 5322, '3.6.1', 'author', 'required', 'date'),
  row('From', 'from = "From:" mailbox-list CRLF', 5322, '3.6.2', 'author', 'required', 'addresses'),
  row('Sender', 'sender = "Sender:" mailbox CRLF', 5322, '3.6.2', 'author', 'once', 'addresses'),
  row('Reply-To', 'reply-to = "Reply-To:" address-list CRLF', 5322, '3.6.2', 'author', 'once', 'addresses'),
  row('To', 'to = "To:" address-list CRLF', 5322, '3.6.3', 'author', 'once', 'addresses'),
  row('Cc', 'cc = "Cc:" address-list CRLF', 5322, '3.6.3', 'author', 'once', 'addresses'),
  row('Bcc', 'bcc = "Bcc:" [address-list / CFWS] CRLF', 5322, '3.6.3', 'author', 'once', 'addresses'),
  // identification (RFC 5322 3.6.4)
  row('Message-ID', 'message-id = "Message-ID:" msg-id CRLF', 5322, '3.6.4', 'submission server', 'once', 'ids'),
  row('In-Reply-To', 'in-reply-to = "In-Reply-To:" 1*msg-id CRLF', 5322, '3.6.4', 'author', 'once', 'ids'),
  row('References', 'references = "References:" 1*msg-id CRLF', 5322, '3.6.4', 'author', 'once', 'ids'),
  // information (RFC 5322 3.6.5)
  row('Subject', 'subject = "Subject:" unstructured CRLF', 5322, '3.6.5', 'author', 'once', 'words'),
  row('Comments', 'comments = "Comments:" unstructured CRLF', 5322, '3.6.5', 'author', 'any', 'words'),
  row('Keywords', 'keywords = "Keywords:" phrase *("," phrase) CRLF', 5322, '3.6.5', 'author', 'any', 'words'),
  // resending (RFC 5322 3.6.6): a block of them each time
  row('Resent-Date', 'resent-date = "Resent-Date:" date-time CRLF', 5322, '3.6.6', 'author', 'any', 'date'),
  row('Resent-From', 'resent-from = "Resent-From:" mailbox-list CRLF', 5322, '3.6.6', 'author', 'any', 'addresses'),
  row('Resent-Sender', 'resent-sender = "Resent-Sender:" mailbox CRLF', 5322, '3.6.6', 'author', 'any', 'addresses'),
  row('Resent-To', 'resent-to = "Resent-To:" address-list CRLF', 5322, '3.6.6', 'author', 'any', 'addresses'),
  row('Resent-Cc', 'resent-cc = "Resent-Cc:" address-list CRLF', 5322, '3.6.6', 'author', 'any', 'addresses'),
  row(
    'Resent-Bcc',
    'resent-bcc = "Resent-Bcc:" [address-list / CFWS] CRLF',
    5322,
    '3.6.6',
    'author',
    'any',
    'addresses',
  ),
  row(
    'Resent-Message-ID',
    'resent-msg-id = "Resent-Message-ID:" msg-id CRLF',
    5322,
    '3.6.6',
    'submission server',
    'any',
    'ids',
  ),
  row(
    'Resent-Reply-To',
    'resent-rply = "Resent-Reply-To:" address-list CRLF',
    5322,
    '4.5.6',
    'author',
    'any',
    'addresses',
  ),
  // trace (RFC 5322 3.6.7, RFC 5321 4.4)
  row('Return-Path', 'return = "Return-Path:" path CRLF', 5322, '3.6.7', 'final delivery', 'once', 'addresses'),
  row(
    'Received',
    'received = "Received:" [1*received-token / CFWS] ";" date-time CRLF',
    5322,
    '3.6.7',
    'each relay',
    'any',
    'received',
  ),
  row('Delivered-To', '"Delivered-To:" FWS mailbox *FWS CRLF', 9228, '4', 'final delivery', 'any', 'addresses'),
  row('X-Original-To', 'X-Original-To: address', null, null, 'final delivery', 'any', 'addresses'),
  row('Envelope-To', 'Envelope-To: address', null, null, 'final delivery', 'any', 'addresses'),
  row('Delivery-Date', 'Delivery-Date: date-time', null, null, 'final delivery', 'any', 'date'),
  row(
    'Received-SPF',
    '"Received-SPF:" [CFWS] result FWS [comment FWS] [key-value-list] CRLF',
    7208,
    '9.1',
    'each relay',
    'any',
    'text',
  ),
  row(
    'Authentication-Results',
    '"Authentication-Results:" authres-payload CRLF',
    8601,
    '2.2',
    'each relay',
    'any',
    'text',
  ),
  row('DKIM-Signature', '"DKIM-Signature:" tag-list CRLF', 6376, '3.5', 'submission server', 'any', 'text'),
  // MIME
  row('MIME-Version', 'version = "MIME-Version" ":" 1*DIGIT "." 1*DIGIT', 2045, '4', 'composer', 'once', 'version'),
  row(
    'Content-Type',
    'content = "Content-Type" ":" type "/" subtype *(";" parameter)',
    2045,
    '5',
    'composer',
    'once',
    'content-type',
  ),
  row(
    'Content-Transfer-Encoding',
    'encoding = "Content-Transfer-Encoding" ":" mechanism',
    2045,
    '6',
    'composer',
    'once',
    'encoding',
  ),
  row('Content-ID', 'id = "Content-ID" ":" msg-id', 2045, '7', 'composer', 'once', 'ids'),
  row('Content-Description', 'description = "Content-Description" ":" *text', 2045, '8', 'composer', 'once', 'words'),
  row(
    'Content-Disposition',
    'disposition = "Content-Disposition" ":" disposition-type *(";" disposition-parm)',
    2183,
    '2',
    'composer',
    'once',
    'disposition',
  ),
  row('Content-Language', '"Content-Language" ":" 1#Language-Tag', 3282, '2', 'composer', 'once', 'text'),
  row(
    'Content-Location',
    'content-location = "Content-Location:" [CFWS] URI [CFWS]',
    2557,
    '4.2',
    'composer',
    'once',
    'text',
  ),
  row('Content-Base', 'Content-Base: URL', 2110, '4.2', 'composer', 'once', 'text'),
  row('Content-MD5', '"Content-MD5" ":" md5-digest', 1864, '2', 'composer', 'once', 'text'),
  row('Content-Duration', '"Content-Duration" ":" 1*10DIGIT', 3803, '2', 'composer', 'once', 'number'),
  row('Content-Features', '"Content-Features:" filter', 2912, '3', 'composer', 'once', 'text'),
  row('Content-Alternative', '"Content-Alternative:" filter', 3297, '4', 'composer', 'once', 'text'),
  // lists (RFC 2369, RFC 2919)
  row('List-ID', 'list-id-header = "List-ID:" [phrase] "<" list-id ">" CRLF', 2919, '3', 'list', 'once', 'text'),
  row('List-Help', 'List-Help: <URL>', 2369, '3.1', 'list', 'once', 'urls'),
  row('List-Unsubscribe', 'List-Unsubscribe: <URL>', 2369, '3.2', 'list', 'once', 'urls'),
  row('List-Subscribe', 'List-Subscribe: <URL>', 2369, '3.3', 'list', 'once', 'urls'),
  row('List-Post', 'List-Post: <URL>', 2369, '3.4', 'list', 'once', 'urls'),
  row('List-Owner', 'List-Owner: <URL>', 2369, '3.5', 'list', 'once', 'urls'),
  row('List-Archive', 'List-Archive: <URL>', 2369, '3.6', 'list', 'once', 'urls'),
  row('List-Unsubscribe-Post', 'List-Unsubscribe-Post: List-Unsubscribe=One-Click', 8058, '3', 'list', 'once', 'text'),
  row('Archived-At', 'archived-at = "Archived-At:" [FWS] "<" URI ">" CRLF', 5064, '2', 'list', 'any', 'urls'),
  row('Mailing-List', 'Mailing-List: text', null, null, 'list', 'any', 'text'),
  // who answers by machine, and who must not
  row(
    'Auto-Submitted',
    'auto-submitted-field = "Auto-Submitted:" [CFWS] auto-submitted [CFWS] CRLF',
    3834,
    '5',
    'author',
    'once',
    'text',
  ),
  row('Precedence', 'Precedence: bulk / list / junk', 2076, '3.9', 'list', 'once', 'text'),
  row(
    'Disposition-Notification-To',
    'mdn-request-header = "Disposition-Notification-To" ":" mailbox-list CRLF',
    8098,
    '2.1',
    'author',
    'once',
    'addresses',
  ),
  row(
    'Disposition-Notification-Options',
    '"Disposition-Notification-Options" ":" disposition-notification-parameter-list CRLF',
    8098,
    '2.2',
    'author',
    'once',
    'text',
  ),
  row(
    'Original-Recipient',
    'original-recipient-header = "Original-Recipient" ":" address-type ";" generic-address CRLF',
    8098,
    '2.3',
    'final delivery',
    'once',
    'typed',
  ),
  row('Return-Receipt-To', 'Return-Receipt-To: address', 2076, '3.3', 'author', 'once', 'addresses'),
  row('Errors-To', 'Errors-To: address', 2076, '3.5', 'list', 'once', 'addresses'),
  row('X-Failed-Recipients', 'X-Failed-Recipients: address-list', null, null, 'some systems', 'any', 'addresses'),
  // weight and date
  row('Importance', 'Importance: low / normal / high', 4021, '2.1', 'author', 'once', 'text'),
  row('Priority', 'Priority: normal / urgent / non-urgent', 4021, '2.1', 'author', 'once', 'text'),
  row('Sensitivity', 'Sensitivity: Personal / Private / Company-Confidential', 4021, '2.1', 'author', 'once', 'text'),
  row('X-Priority', 'X-Priority: 1 to 5', null, null, 'author', 'once', 'text'),
  row('Expires', 'Expires: date-time', 4021, '2.1', 'author', 'once', 'date'),
  row('Reply-By', 'Reply-By: date-time', 4021, '2.1', 'author', 'once', 'date'),
  // what a gateway says of the X.400 side of a message
  row('X400-Originator', 'X400-Originator: std-or-address', 4021, '2.1', 'some systems', 'once', 'text'),
  row('X400-Recipients', 'X400-Recipients: std-or-address, ...', 4021, '2.1', 'some systems', 'once', 'text'),
  row('X400-Content-Type', 'X400-Content-Type: P2-1988 (22)', 4021, '2.1', 'some systems', 'once', 'text'),
  // what programs and systems say of themselves
  row('Organization', 'organization = "Organization:" SP unstructured CRLF', 5536, '3.2.9', 'author', 'once', 'words'),
  row('User-Agent', 'user-agent = "User-Agent:" SP 1*product [CFWS] CRLF', 5536, '3.2.13', 'author', 'once', 'text'),
  row('X-Mailer', 'X-Mailer: text', 2076, '3.4', 'author', 'once', 'text'),
  row('Accept-Language', '"Accept-Language" ":" 1#language-range', 3282, '3', 'author', 'once', 'text'),
  row('X-Accept-Language', 'X-Accept-Language: language-range', null, null, 'author', 'once', 'text'),
  row('Approved', 'approved = "Approved:" SP mailbox-list CRLF', 5536, '3.2.1', 'list', 'once', 'addresses'),
  row(
    'Newsgroups',
    'newsgroups = "Newsgroups:" *WSP newsgroup-list *WSP CRLF',
    5536,
    '3.1.4',
    'author',
    'once',
    'text',
  ),
  // what a mailbox notes on a message: never trust those that come with one
  row('Content-Length', 'Content-Length: 1*DIGIT', 2076, '3.11', 'some systems', 'once', 'number'),
  row('Lines', 'Lines: 1*DIGIT', 1036, '2.2.12', 'some systems', 'once', 'number'),
  row('Status', 'Status: R / O / RO', null, null, 'some systems', 'once', 'text'),
  row('X-Status', 'X-Status: A / D / F / T', null, null, 'some systems', 'once', 'text'),
  row('X-Keywords', 'X-Keywords: keyword list', null, null, 'some systems', 'once', 'text'),
  row('X-UID', 'X-UID: 1*DIGIT', null, null, 'some systems', 'once', 'number'),
  row('X-IMAP', 'X-IMAP: UIDVALIDITY UID', null, null, 'some systems', 'once', 'text'),
  // others of the MIME world
  row('Encrypted', 'encrypted = "Encrypted" ":" 1#2word', 822, '4.7.3', 'author', 'once', 'text'),
]

/** RFC 6648: nobody should invent such names any more, and everybody knows some. */
const X_ROW = row(
  'X-...',
  'optional-field = field-name ":" unstructured CRLF',
  5322,
  '3.6.8',
  'some systems',
  'any',
  'text',
)
const OTHER_ROW = row(
  'optional-field',
  'optional-field = field-name ":" unstructured CRLF',
  5322,
  '3.6.8',
  'author',
  'any',
  'text',
)

export const byLowerName = (rows: readonly FieldRow[]) => new Map(rows.map((each) => [each.name.toLowerCase(), each]))

const ROWS = byLowerName(fieldRows)

/** The row of that name, in any case; of what the table does not know, a row that says so. */
export function fieldRow(name: string): FieldRow {
  const lowerName = name.toLowerCase()
  return ROWS.get(lowerName) ?? (lowerName.startsWith('x-') ? X_ROW : OTHER_ROW)
}
