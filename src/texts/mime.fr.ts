/** The page around a message, in French. */
import type { mimeEnglish } from './mime.en.ts'

export const mimeFrench: Record<keyof typeof mimeEnglish, string> = {}
