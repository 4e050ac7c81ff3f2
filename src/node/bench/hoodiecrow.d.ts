/** The package comes without types; this is what the bench uses of it. */
declare module 'hoodiecrow-imap' {
  import type { Server } from 'node:net'

  interface Hoodiecrow {
    readonly server: Server
    listen(port: number, host: string, listening: () => void): void
  }
  export default function hoodiecrow(options: {
    plugins: readonly string[]
    storage: Record<string, unknown>
  }): Hoodiecrow
}
