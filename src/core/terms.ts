/** The few words that every room uses. */

/** Milliseconds on the virtual clock since the world's epoch. */
export type Millis = number
/** Dotted quad, as it is written. */
export type Ipv4 = string
export type HostName = string
/** Place of an event in the trace: 0, 1, 2 ... */
export type Seq = number
/** One TCP connection of the world. */
export type ConnId = string
/** `up` is what the caller says to the server, `down` what the server answers. */
export type Direction = 'up' | 'down'

export interface Endpoint {
  address: Ipv4
  port: number
}
