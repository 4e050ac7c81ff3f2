/** The codecs that explain themselves: what each of their steps does, and why. English. */
export const stepsEnglish = {} as const
