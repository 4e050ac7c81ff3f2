/** Signed and encrypted mail (S/MIME): what was found, and what it means. English. */
export const smimeEnglish = {} as const
