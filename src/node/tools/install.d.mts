type Packages = Readonly<Record<string, { version?: string; optional?: boolean }>>
export function install(): Promise<boolean>
export function installed(wanted: Packages | null, present: Packages | null): boolean
