/** Datagrams: one packet each, that arrives once or not at all (RFC 768). */
import type { Octets } from '../bytes/octets.ts'
import type { Waiter } from '../task.ts'
import type { Endpoint, Ipv4, Millis } from '../terms.ts'
import { type Host, Route, type Topology } from './topology.ts'

/** One datagram from a port of its own, and the first that comes back to it; null when patience ends. */
export function exchange(
  topology: Topology,
  host: Host,
  to: Endpoint,
  data: Octets,
  patience: Millis,
): Waiter<Octets | null> {
  return (resume) => {
    const local = { address: ownAddress(host, to.address), port: topology.nextPort(host) }
    const over = () => {
      host.sockets.delete(local.port)
      host.residents.delete(resident)
      topology.clock.cancel(alarm)
    }
    const resident = { vanish: over }
    const alarm = topology.after(patience, 'distant', `no answer from ${to.address} port ${to.port}`, () => {
      over()
      resume(null)
    })
    host.residents.add(resident)
    host.sockets.set(local.port, (answer) => {
      over()
      resume(answer)
    })
    send(topology, host, local, to, data)
    return over
  }
}

function send(topology: Topology, host: Host, from: Endpoint, to: Endpoint, data: Octets): void {
  const { tracer } = topology
  const target = topology.reach(host, to.address)
  tracer.note(host.name, { kind: 'datagram', from, to, toHost: target?.name ?? null, data })
  if (target === null) return
  const route = new Route(topology, host, target)
  const why = route.misfortune()
  if (why !== null) {
    tracer.note(host.name, { kind: 'lost', conn: null, why })
    return
  }
  topology.after(route.link.delay, 'soon', 'datagram', () => {
    if (!target.up) tracer.note(host.name, { kind: 'lost', conn: null, why: 'down' })
    else target.sockets.get(to.port)?.(data, from, (answer) => send(topology, target, to, from, answer))
  })
}

/** A host that speaks to itself at 127.0.0.1 does so from there. */
function ownAddress(host: Host, peer: Ipv4): Ipv4 {
  return peer.startsWith('127.') ? peer : host.address
}
