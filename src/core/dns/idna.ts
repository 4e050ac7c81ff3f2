/**
 * Domains beyond ASCII as the DNS knows them (RFC 5891 4, RFC 3492): `école.example` is `xn--cole-9oa.example`. Letters
 * become small and composed first; what else RFC 5892 forbids is not looked at, for then no such name is found.
 */
import type { Octets } from '../bytes/octets.ts'
import { utf8Text } from '../bytes/utf8.ts'

/** In lower case: a domain is compared without regard to it. */
export function asciiDomain(domain: Octets): string {
  if (!/[\x80-\xff]/.test(domain)) return domain.toLowerCase()
  return utf8Text(domain)
    .normalize('NFC')
    .toLowerCase()
    .split(/[.\u3002\uff0e\uff61]/)
    .map((label) => (/^[\0-\x7f]*$/.test(label) ? label : `xn--${punycode([...label])}`))
    .join('.')
}

// RFC 3492 5.
const BASE = 36
const LEAST = 1
const MOST = 26
const SKEW = 38
const DAMP = 700
const FIRST_BIAS = 72
const FIRST_CODE = 128
const DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** RFC 3492 6.3: the ASCII letters, and behind a hyphen where each of the others goes. */
function punycode(letters: readonly string[]): string {
  const codes = letters.map((letter) => letter.codePointAt(0)!)
  const basic = letters.filter((_, at) => codes[at]! < FIRST_CODE)
  let out = basic.length > 0 ? `${basic.join('')}-` : ''
  let done = basic.length
  let last = FIRST_CODE
  let delta = 0
  let bias = FIRST_BIAS
  while (done < codes.length) {
    const next = Math.min(...codes.filter((code) => code >= last))
    delta += (next - last) * (done + 1)
    last = next
    for (const code of codes) {
      if (code < last) delta++
      if (code !== last) continue
      out += variable(delta, bias)
      bias = adapted(delta, done + 1, done === basic.length)
      delta = 0
      done++
    }
    delta++
    last++
  }
  return out
}

/** A number of digits of which each says whether it is the last. */
function variable(number: number, bias: number): string {
  let out = ''
  let rest = number
  for (let k = BASE; ; k += BASE) {
    const threshold = Math.min(MOST, Math.max(LEAST, k - bias))
    if (rest < threshold) return out + DIGITS[rest]!
    out += DIGITS[threshold + ((rest - threshold) % (BASE - threshold))]!
    rest = Math.floor((rest - threshold) / (BASE - threshold))
  }
}

function adapted(delta: number, points: number, first: boolean): number {
  let rest = Math.floor(delta / (first ? DAMP : 2))
  rest += Math.floor(rest / points)
  let k = 0
  for (; rest > ((BASE - LEAST) * MOST) / 2; k += BASE) rest = Math.floor(rest / (BASE - LEAST))
  return k + Math.floor(((BASE - LEAST + 1) * rest) / (rest + SKEW))
}
