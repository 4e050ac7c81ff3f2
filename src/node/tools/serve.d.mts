import type { Server } from 'node:http'
interface File {
  type: string
  body: Buffer
  lasting: boolean
}
export function readFolder(folder: string): Map<string, File>
export function staticServer(files: ReadonlyMap<string, File>): Server
export function listen(server: Server, port: number, next: boolean): Promise<number>
