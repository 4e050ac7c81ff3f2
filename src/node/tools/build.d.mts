export function build(): Promise<string | null>
