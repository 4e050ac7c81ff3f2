import type { Server } from 'node:http'
interface File {
  type: string
  body: Buffer
  /** By gzip; null where that is not worth it. */
  packed: Buffer | null
  lasting: boolean
}
export function readFolder(folder: string): Map<string, File>
export function staticServer(files: ReadonlyMap<string, File>): Server
export function listen(server: Server, port: number, next: boolean): Promise<number>
