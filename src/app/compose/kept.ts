/** The letter that is being written, kept in the browser: closing the dialog or the page loses nothing of it. */
import * as v from 'valibot'
import { decodeBase64, encodeBase64 } from '../../core/bytes/base64.ts'
import { memorize, recall } from '../memory.ts'
import { letterForm, type LetterForm } from './form.ts'

/** Octets of all attachments together; the browser gives the page little room. */
const MOST = 200_000

export const isTooLarge = ({ attachments }: LetterForm): boolean =>
  attachments.reduce((sum, { octets }) => sum + octets.length, 0) > MOST

/** As a text. Attachments that are too large are left out. */
export function letterText(letter: LetterForm): string {
  const attachments = isTooLarge(letter)
    ? []
    : letter.attachments.map((one) => ({ ...one, octets: encodeBase64(one.octets) }))
  return JSON.stringify({ ...letter, attachments })
}

/** Null for a text that is no letter. */
export function readLetter(text: string): LetterForm | null {
  try {
    const read = v.safeParse(letterForm, JSON.parse(text))
    if (!read.success) return null
    const attachments = read.output.attachments.map((one) => ({ ...one, octets: decodeBase64(one.octets) ?? '' }))
    return { ...read.output, attachments }
  } catch {
    return null
  }
}

export const recallLetter = (place: string): LetterForm | null => {
  const text = recall(`letter.${place}`)
  return text === null ? null : readLetter(text)
}

/** False where the browser keeps nothing. */
export const memorizeLetter = (place: string, letter: LetterForm): boolean =>
  memorize(`letter.${place}`, letterText(letter))
