/** Messages to begin from, made by the composer's own hands. */
import type { Octets } from '../../core/bytes/octets.ts'
import { compose } from '../../core/message/mime/build/compose.ts'
import type { DraftPart } from '../../core/message/mime/build/draft.ts'
import { counted } from '../../core/message/mime/build/unique.ts'
import { decodeBase64 } from '../../core/bytes/base64.ts'

/** A red dot, eight by eight. */
const DOT = decodeBase64(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAI0lEQVR42mP4DwMn5OSACM5lgAshI7wSmKIQhFuCdDtwORcA7ahodU5R4IUAAAAASUVORK5CYII=',
)!

const text = (words: string): DraftPart => ({ kind: 'text', subtype: 'plain', text: words })
const HELLO = 'Bonjour Bruno,\n\nle café est à 10 h.\n\nAlice\n'

const message = (subject: string, content: DraftPart): Octets =>
  compose(
    {
      header: [
        { kind: 'addresses', name: 'From', addresses: [{ name: 'Alice', address: 'alice@rennes.example' }] },
        { kind: 'addresses', name: 'To', addresses: [{ name: 'Bruno', address: 'bruno@rennes.example' }] },
        { kind: 'text', name: 'Subject', text: subject },
        { kind: 'raw', name: 'Date', value: 'Thu, 1 Oct 2026 10:00:00 +0200' },
        { kind: 'ids', name: 'Message-ID', ids: ['<workshop@rennes.example>'] },
      ],
      content,
    },
    counted('workshop', 'rennes.example'),
  )

const letter = (subject: string, words: string): DraftPart => ({
  kind: 'message',
  message: message(subject, text(words)),
})

export const examples = {
  plain: () => message('Réunion', text(HELLO)),
  mixed: () =>
    message('Un point rouge', {
      kind: 'multipart',
      subtype: 'mixed',
      parts: [
        text(HELLO),
        {
          kind: 'octets',
          type: 'image/png',
          name: 'point.png',
          octets: DOT,
          disposition: { type: 'attachment', filename: 'point.png' },
        },
      ],
    }),
  alternative: () =>
    message('Deux fois la même chose', {
      kind: 'multipart',
      subtype: 'alternative',
      parts: [text(HELLO), { kind: 'text', subtype: 'html', text: '<p>Bonjour Bruno,<p>le <b>café</b> est à 10 h.\n' }],
    }),
  related: () =>
    message('Une page et son image', {
      kind: 'related',
      parts: [
        { kind: 'text', subtype: 'html', text: '<p>Le point : <img src="cid:dot@rennes.example" alt="un point">\n' },
        { kind: 'octets', type: 'image/png', octets: DOT, id: '<dot@rennes.example>', disposition: { type: 'inline' } },
      ],
    }),
  digest: () =>
    message('Sailors digest', {
      kind: 'multipart',
      subtype: 'digest',
      parts: [letter('Wind', 'It blows.\n'), letter('Re: Wind', 'It does.\n')],
    }),
  report: () =>
    message('Returned mail', {
      kind: 'report',
      reportType: 'delivery-status',
      parts: [
        text('Your message could not be delivered.\n'),
        {
          kind: 'octets',
          type: 'message/delivery-status',
          octets:
            'Reporting-MTA: dns; mx1.rennes.example\r\n\r\nFinal-Recipient: rfc822; nobody@rennes.example\r\n' +
            'Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 No such user\r\n',
        },
        letter('Hello', 'Are you there?\n'),
      ],
    }),
  partial: () =>
    message('Une moitié', {
      kind: 'partial',
      id: 'half@rennes.example',
      number: 1,
      total: 2,
      octets: 'Subject: The whole\r\nMessage-ID: <whole@rennes.example>\r\n\r\nHere it begins\r\n',
    }),
} as const satisfies Record<string, () => Octets>

export type ExampleId = keyof typeof examples
export const exampleIds = Object.keys(examples) as ExampleId[]
export const FIRST_EXAMPLE: ExampleId = 'mixed'
