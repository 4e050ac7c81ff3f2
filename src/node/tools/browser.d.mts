export function findBrowser(): string | null
export function needBrowser(): Promise<{ path: string } | { missing: string }>
export const browserArguments: string[]
