/** The names of the views at the right, in the order of their tabs. What each of them is stands in `views.ts`. */
export const viewIds = [
  'sequence',
  'network',
  'state',
  'journey',
  'queue',
  'mailboxes',
  'mailer',
  'dns',
  'packets',
  'log',
] as const
export type ViewId = (typeof viewIds)[number]

export const isViewId = (id: string): id is ViewId => viewIds.some((other) => other === id)
