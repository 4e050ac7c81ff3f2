/** What others of npm do with the same messages, in Node: mailparser, nodemailer, libbase64, libqp. */
import * as libbase64 from 'libbase64'
import * as libqp from 'libqp'
import { simpleParser } from 'mailparser'
import MailComposer from 'nodemailer/lib/mail-composer'
import { type Codec, codecInput, overCorpus, rate } from './message.ts'
import { type Kind, typed } from './message-corpus.ts'

export const readWithMailparser = (kind: Kind, megabytes: number): Promise<number> =>
  overCorpus(kind, megabytes, async (bytes) => {
    const options = { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true, skipImageLinks: true }
    const { subject, from, text, html, attachments } = await simpleParser(Buffer.from(bytes), options)
    return [subject, from, text, html].filter(Boolean).length + attachments.length
  })

const file = Buffer.from(typed.file, 'latin1')

const content = {
  small: () => ({ text: typed.text(22) }),
  alternative: () => ({ text: typed.text(60), html: typed.html(120) }),
  attachment: () => ({
    text: typed.text(20),
    attachments: [{ filename: 'résumé.pdf', contentType: 'application/pdf', content: file }],
  }),
} satisfies Record<Kind, () => object>

export function buildWithNodemailer(kind: Kind, megabytes: number): Promise<number> {
  const mail = {
    from: 'André Dupont <andre.dupont@univ.example>',
    to: ['"Wei, Anne" <anne.wei@cnam.example>', 'Bruno Traverson <bruno@edf.example>'],
    subject: 'Réunion de lundi (compte rendu)',
    date: 'Mon, 7 Sep 2026 08:00:00 +0200',
    messageId: '<1.1757224800@univ.example>',
    ...content[kind](),
  }
  return rate(megabytes, async () => (await new MailComposer(mail).compile().build()).length)
}

const ways: Record<Codec, () => number> = {
  'base64 encoded': () => libbase64.wrap(libbase64.encode(BYTES.base64), 76).length,
  'base64 decoded': () => libbase64.decode(codecInput.base64Text).length,
  'quoted-printable encoded': () => libqp.wrap(libqp.encode(BYTES.quotedPrintable), 76).length,
  'quoted-printable decoded': () => libqp.decode(codecInput.quotedPrintableText).length,
}
const BYTES = {
  base64: Buffer.from(codecInput.base64, 'latin1'),
  quotedPrintable: Buffer.from(codecInput.quotedPrintable, 'latin1'),
}
const SIZES: Record<Codec, number> = {
  'base64 encoded': codecInput.base64.length,
  'base64 decoded': codecInput.base64Text.length,
  'quoted-printable encoded': codecInput.quotedPrintable.length,
  'quoted-printable decoded': codecInput.quotedPrintableText.length,
}

export function codeWithLibraries(codec: Codec, megabytes: number): Promise<number> {
  return rate(megabytes, () => {
    if (ways[codec]() < SIZES[codec] / 2) throw new Error('Something was lost')
    return SIZES[codec]
  })
}
