/** The page around a message: reading it, its structure, composing one. English. */
export const mimeEnglish = {} as const
