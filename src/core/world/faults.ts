/**
 * Faults in words, as world files, scripts, the journal and the page write them:
 *
 *     cut A--B        mend A--B       down HOST       up HOST
 *     slow A--B 5s    loss A--B 0.2
 */
import type { Fault } from '../net/network.ts'
import { durationText, parseDuration } from './duration.ts'
import { isHostName } from './host-name.ts'

const FORMS = 'cut A--B, mend A--B, slow A--B 5s, loss A--B 0.2, down HOST, up HOST'

export function parseFault(text: string): Fault | { error: string } {
  const [fault = '', where = '', how, ...more] = text.trim().split(/\s+/)
  const unknown = { error: `"${text}" is no fault; there are: ${FORMS}.` }
  if (more.length > 0) return unknown
  switch (fault) {
    case 'down':
    case 'up':
      return how === undefined && isHostName(where) ? { fault, host: where } : unknown
    case 'cut':
    case 'mend': {
      const between = ends(where)
      return how === undefined && between ? { fault, between } : unknown
    }
    case 'slow': {
      const between = ends(where)
      const delay = parseDuration(how ?? '')
      return between && delay !== null ? { fault, between, delay } : unknown
    }
    case 'loss': {
      const between = ends(where)
      const chance = /^\d(\.\d+)?$/.test(how ?? '') ? Number(how) : 2
      return between && chance <= 1 ? { fault, between, chance } : unknown
    }
    default:
      return unknown
  }
}

/** What `parseFault` reads as this fault. */
export function faultText(fault: Fault): string {
  switch (fault.fault) {
    case 'down':
    case 'up':
      return `${fault.fault} ${fault.host}`
    case 'cut':
    case 'mend':
      return `${fault.fault} ${fault.between.join('--')}`
    case 'slow':
      return `slow ${fault.between.join('--')} ${durationText(fault.delay)}`
    case 'loss':
      return `loss ${fault.between.join('--')} ${fault.chance}`
  }
}

/** The hosts that a fault is about. */
export const faultHosts = (fault: Fault): readonly string[] => ('host' in fault ? [fault.host] : fault.between)

function ends(text: string): readonly [string, string] | null {
  const [one = '', other = '', ...more] = text.split('--')
  return isHostName(one) && isHostName(other) && one !== other && more.length === 0 ? [one, other] : null
}
