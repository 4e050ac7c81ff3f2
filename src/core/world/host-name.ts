/** Names of hosts and domains in world files and faults: in lower case, so that nobody has to compare them with care. */
import { isDomain, isIpv4 } from '../smtp/grammar.ts'

/** Two hyphens stand between the ends of a link (`cut a.example--b.example`), so no name has them. */
export const isHostName = (text: string) =>
  isDomain(text) && text === text.toLowerCase() && !isIpv4(text) && !text.includes('--')
