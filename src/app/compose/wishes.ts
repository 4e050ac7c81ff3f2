/** Haste and a receipt are header fields of the letter: these read and write them there. */
import type { LetterForm } from './form.ts'

export const priorities = ['normal', 'high', 'low'] as const
export type Priority = (typeof priorities)[number]

/** As most programs write it, and as RFC 2156 5.3.6 names it. */
const FIELDS: Record<Exclude<Priority, 'normal'>, readonly (readonly [name: string, value: string])[]> = {
  high: [
    ['X-Priority', '1 (Highest)'],
    ['Importance', 'high'],
  ],
  low: [
    ['X-Priority', '5 (Lowest)'],
    ['Importance', 'low'],
  ],
}
const RECEIPT = 'Disposition-Notification-To'

const valueOf = ({ fields }: LetterForm, name: string): string =>
  fields
    .find((field) => field.name.trim().toLowerCase() === name.toLowerCase())
    ?.value.trim()
    .toLowerCase() ?? ''

export function priorityOf(letter: LetterForm): Priority {
  const importance = valueOf(letter, 'Importance')
  const number = valueOf(letter, 'X-Priority')[0] ?? ''
  if (importance === 'high' || number === '1' || number === '2') return 'high'
  return importance === 'low' || number === '4' || number === '5' ? 'low' : 'normal'
}

const without = (letter: LetterForm, names: readonly string[]) =>
  letter.fields.filter(({ name }) => !names.some((other) => other.toLowerCase() === name.trim().toLowerCase()))

export function setPriority(letter: LetterForm, priority: Priority): void {
  const added = priority === 'normal' ? [] : FIELDS[priority].map(([name, value]) => ({ name, value }))
  letter.fields = [...without(letter, ['X-Priority', 'Importance', 'Priority']), ...added]
}

export const wantsReceipt = (letter: LetterForm): boolean => valueOf(letter, RECEIPT) !== ''

/** RFC 8098 2.1: the receipt goes to whoever the field names. */
export function setReceipt(letter: LetterForm, address: string | null): void {
  letter.fields = [...without(letter, [RECEIPT]), ...(address === null ? [] : [{ name: RECEIPT, value: address }])]
}
