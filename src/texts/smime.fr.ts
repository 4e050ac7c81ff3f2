/** Signed and encrypted mail, in French. */
import type { smimeEnglish } from './smime.en.ts'

export const smimeFrench: Record<keyof typeof smimeEnglish, string> = {}
