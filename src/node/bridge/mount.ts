/** Mounts every service of a world on 127.0.0.1, and nowhere else. */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createSecureContext } from 'node:tls'
import type { Endpoint, HostName } from '../../core/terms.ts'
import type { World } from '../../core/world/world.ts'
import type { Certificate } from './certificate.ts'
import { connect } from './connection.ts'
import type { Pace } from './pace.ts'

const TROUBLE: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use already',
  EACCES: 'only root may listen there',
}

export interface MountedService {
  host: HostName
  /** `smtp`, `submission`, `imap` ..., or what the world calls it. */
  service: string
  port: number
}

export interface Mounts {
  services: readonly MountedService[]
  close(): void
}

/** The callers of the bridge come from here: an outside host of the world, or nobody's address. */
function outside(world: World): string {
  const name = Object.keys(world.file.hosts).find((host) => host === 'outside.example' || host.startsWith('outside.'))
  return name === undefined ? '203.0.113.250' : world.file.hosts[name]!.address
}

export async function mountAll(
  world: World,
  certificate: Certificate,
  ports: ReadonlyMap<string, number>,
  pace: Pace,
): Promise<Mounts> {
  const tls = createSecureContext(certificate)
  const caller = outside(world)
  const servers: Server[] = []
  const sockets = new Set<Socket>()
  const services: MountedService[] = []
  let connections = 0
  for (const { host, service, port, secure, answer } of world.services) {
    const local: Endpoint = { address: world.network.addressOf(host), port }
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      // A host that is down does not answer. A real socket cannot stay silent before the handshake, so it hangs up.
      if (!world.network.isUp(host)) return void socket.resetAndDestroy()
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      const peer = { address: caller, port: socket.remotePort ?? 0 }
      answer((engine, backend) =>
        connect(socket, { host, engine, backend, secure, local, peer, tls }, world, pace, `b${++connections}`),
      )
    })
    const name = `${host}:${service}`
    const wanted = ports.get(name) ?? 0
    await listen(server, wanted).catch((error: NodeJS.ErrnoException) => {
      throw new Error(`--port ${name}=${wanted}: ${TROUBLE[error.code ?? ''] ?? error.message}`)
    })
    // Too many open files: who calls now is turned away, and nobody else suffers for it.
    server.on('error', () => {})
    servers.push(server)
    services.push({ host, service, port: (server.address() as AddressInfo).port })
  }
  for (const wanted of ports.keys())
    if (!services.some(({ host, service }) => `${host}:${service}` === wanted))
      throw new Error(`--port ${wanted}: this world has no such service`)
  return {
    services,
    close() {
      for (const server of servers) server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port, backlog: 511 }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
