/** The messages of the bench: as people write them, most of them small, some with a file. The same ones each time. */
import type { Octets } from '../../core/bytes/octets.ts'
import { toBytes } from '../../core/bytes/octets.ts'

export type Kind = 'small' | 'alternative' | 'attachment'

/** How the rows of the table call them. */
export const kinds: readonly (readonly [kind: Kind, name: string])[] = [
  ['small', 'short texts'],
  ['alternative', 'text and HTML'],
  ['attachment', 'a text and a file of 1 MB'],
]

const SENTENCES = [
  'Bonjour Jean, je t=E2=80=99envoie ci-apr=C3=A8s le texte de la RFC sur MIME.',
  'The quick brown fox jumps over the lazy dog, and nobody has ever asked why.',
  'Merci de confirmer votre pr=C3=A9sence avant vendredi, =C3=A0 midi au plus tard.',
  'From here to there, and back again: 3 =3D 2 + 1, as everybody knows.',
]
const WRITTEN = [
  'Bonjour Jean, je t’envoie ci-après le texte de la RFC sur MIME.',
  'The quick brown fox jumps over the lazy dog, and nobody has ever asked why.',
  'Merci de confirmer votre présence avant vendredi, à midi au plus tard.',
  'From here to there, and back again: 3 = 2 + 1, as everybody knows.',
]

const header = (number: number) =>
  [
    'Return-Path: <list-bounces@lists.example>',
    'Received: from mx1.example (mx1.example [192.0.2.25])\r\n\tby mail.example (Postfix) with ESMTPS id 4XyZ12345\r\n' +
      '\tfor <anne.wei@cnam.example>; Mon, 7 Sep 2026 08:00:01 +0200 (CEST)',
    'Received: from [192.0.2.99] (host99.example [192.0.2.99])\r\n\tby mx1.example with ESMTPSA id q12si3456789;\r\n' +
      '\tMon, 7 Sep 2026 08:00:00 +0200 (CEST)',
    'From: =?utf-8?Q?Andr=C3=A9_Dupont?= <andre.dupont@univ.example>',
    'To: "Wei, Anne" <anne.wei@cnam.example>, Bruno Traverson <bruno@edf.example>,\r\n jean@jussieu.example',
    'Cc: Projet: paul@uvsq.example, =?iso-8859-1?Q?Ir=E8ne?= <irene@x.example>;',
    `Subject: =?utf-8?B?UsOpdW5pb24gZGUgbHVuZGk=?= (compte rendu ${number})`,
    'Date: Mon, 7 Sep 2026 08:00:00 +0200',
    `Message-ID: <${number}.1757224800@univ.example>`,
    'References: <1.1757138400@cnam.example> <2.1757142000@univ.example>',
    'MIME-Version: 1.0',
    'List-Id: Le projet <projet.lists.example>',
    'X-Mailer: Facteur bench',
  ].join('\r\n')

const text = (lines: number) => Array.from({ length: lines }, (_, k) => SENTENCES[k % SENTENCES.length]!).join('\r\n')

const QUOTED = 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'

function html(lines: number): string {
  const rows = Array.from({ length: lines }, (_, k) => `<p class=3D"row">${SENTENCES[k % SENTENCES.length]!}</p>`)
  return (
    'Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n' +
    `<html><body>\r\n${rows.join('\r\n')}\r\n</body></html>`
  )
}

/** Octets that look like nothing. */
export function noise(length: number): Octets {
  const pieces: string[] = []
  for (let k = 0, state = 1; k < length; k++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    pieces.push(String.fromCharCode(state >>> 24))
  }
  return pieces.join('')
}

function base64(octets: Octets): string {
  const whole = btoa(octets)
  const lines: string[] = []
  for (let at = 0; at < whole.length; at += 76) lines.push(whole.slice(at, at + 76))
  return lines.join('\r\n')
}

const FILE = noise(1_000_000)

function write(kind: Kind, number: number): Octets {
  const top = header(number)
  if (kind === 'small') return `${top}\r\n${QUOTED}${text(12 + (number % 20))}\r\n`
  if (kind === 'alternative') {
    return (
      `${top}\r\nContent-Type: multipart/alternative; boundary="=_alternative"\r\n\r\n` +
      `--=_alternative\r\n${QUOTED}${text(60)}\r\n--=_alternative\r\n${html(120)}\r\n--=_alternative--\r\n`
    )
  }
  return (
    `${top}\r\nContent-Type: multipart/mixed; boundary="=_mixed"\r\n\r\n--=_mixed\r\n${QUOTED}${text(20)}\r\n` +
    "--=_mixed\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename*=utf-8''r%C3%A9sum%C3%A9.pdf\r\n" +
    `Content-Transfer-Encoding: base64\r\n\r\n${base64(FILE)}\r\n--=_mixed--\r\n`
  )
}

/** Of each kind some ten different ones, as they come from a socket. */
const written = new Map<Kind, readonly Uint8Array[]>()

export function corpus(kind: Kind): readonly Uint8Array[] {
  const there = written.get(kind)
  if (there !== undefined) return there
  const messages = Array.from({ length: kind === 'attachment' ? 2 : 10 }, (_, number) => toBytes(write(kind, number)))
  written.set(kind, messages)
  return messages
}

/** What a person and a file put in, where messages are built. */
export const typed = {
  text: (lines: number) => Array.from({ length: lines }, (_, k) => WRITTEN[k % WRITTEN.length]!).join('\n'),
  html: (lines: number) =>
    `<html><body>\n${Array.from({ length: lines }, (_, k) => `<p class="row">${WRITTEN[k % WRITTEN.length]!}</p>`).join('\n')}\n</body></html>`,
  file: FILE,
}
