/** The codecs that explain themselves, in French. */
import type { stepsEnglish } from './steps.en.ts'

export const stepsFrench: Record<keyof typeof stepsEnglish, string> = {}
