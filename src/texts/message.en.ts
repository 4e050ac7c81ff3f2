/** Messages and MIME for students: what is wrong with a message, what each header field is for. English. */
export const messageEnglish = {
  'problem.no-colon': 'This line of the header is neither a field (name, colon, value) nor a continuation.',
} as const
