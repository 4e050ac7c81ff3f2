/** The composer's fields, as plain data: what is shown, kept over a reload, and made into a message. */
import * as v from 'valibot'
import type { CharsetName } from '../../core/bytes/charset-names.ts'
import { encodings } from '../../core/message/mime/build/choose-encoding.ts'
import type { Values } from '../../texts/index.ts'

export const formats = ['plain', 'flowed', 'enriched', 'html'] as const
export const charsets = [
  'us-ascii',
  'iso-8859-1',
  'iso-8859-15',
  'windows-1252',
  'utf-8',
] as const satisfies CharsetName[]
export const ways = ['7bit', '8bit', 'binary'] as const
export const combinations = ['mixed', 'parallel', 'digest'] as const

const encodingForm = v.picklist(['', ...encodings])

const attachmentForm = v.object({
  name: v.string(),
  type: v.string(),
  description: v.string(),
  inline: v.boolean(),
  encoding: encodingForm,
  octets: v.pipe(v.string(), v.regex(/^[\x00-\xff]*$/)),
})

export const letterForm = v.object({
  /** Makes its boundaries and identifiers differ from those of all other letters. */
  stem: v.string(),
  to: v.string(),
  cc: v.string(),
  bcc: v.string(),
  subject: v.string(),
  text: v.string(),
  /** Empty: made from the text. */
  html: v.string(),
  format: v.picklist(formats),
  /** Empty: the smallest that will do. So is an encoding. */
  charset: v.picklist(['', ...charsets]),
  encoding: encodingForm,
  way: v.picklist(ways),
  attachments: v.array(attachmentForm),
  combine: v.picklist(combinations),
  external: v.object({ site: v.string(), name: v.string(), type: v.string() }),
  fields: v.array(v.object({ name: v.string(), value: v.string() })),
  sign: v.boolean(),
  encrypt: v.boolean(),
})

export type LetterForm = v.InferOutput<typeof letterForm>
export type AttachmentForm = LetterForm['attachments'][number]

export const emptyLetter = (stem: string): LetterForm => ({
  stem,
  to: '',
  cc: '',
  bcc: '',
  subject: '',
  text: '',
  html: '',
  format: 'plain',
  charset: '',
  encoding: '',
  way: '7bit',
  attachments: [],
  combine: 'mixed',
  external: { site: '', name: '', type: 'text/plain' },
  fields: [],
  sign: false,
  encrypt: false,
})

export interface Trouble {
  /** The field of the form that it stands by: `to`, `charset`, `fields.0` ... */
  field: string
  key: string
  values: Values
  /** Is it only a remark, that keeps nothing from being sent? */
  remark?: true
}
