/**
 * Triple DES in CBC mode, decryption only (FIPS 46-3; in CMS: RFC 3370 section 5.1). No browser has it any more and
 * nobody should encrypt with it, but a message that was is still to be read, and openssl encrypted so unasked for twenty
 * years.
 *
 * The tables are those of the standard; they count bits from 1, the first being the highest.
 */
import type { Bytes } from './pem.ts'

/** Which bits of the key make the two halves of 28 bits ("permuted choice 1"). */
const HALVES = [
  57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36, 63, 55,
  47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4,
]
/** By how much the halves turn before each round. */
const TURNS = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1]
/** Which bits of the halves make the key of a round ("permuted choice 2"). */
const CHOICE = [
  14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2, 41, 52, 31, 37, 47, 55, 30,
  40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32,
]
/** The eight S-boxes, each of four rows of sixteen values of four bits, in hexadecimal. */
const BOXES = [
  'e4d12fb83a6c59070f74e2d1a6cb953841e8d62bfc973a50fc8249175b3ea06d',
  'f18e6b34972dc05a3d47f28ec01a69b50e7ba4d158c6932fd8a13f42b67c05e9',
  'a09e63f51dc7b428d709346a285ecbf1d6498f30b12c5ae71ad069874fe3b52c',
  '7de3069a1285bc4fd8b56f03472c1ae9a690cb7df13e52843f06a1d8945bc72e',
  '2c417ab6853fd0e9eb2c47d150fa3986421bad78f9c5630eb8c71e2d6f09a453',
  'c1af92680d34e75baf427c9561de0b389ef528c3704a1db6432c95fabe17608d',
  '4b2ef08d3c975a61d0b7491ae35c2f8614bdc37eaf6805926bd814a7950fe23c',
  'd2846fb1a93e50c71fd8a374c56b0e927b419ce206adf35821e74a8dfc90356b',
]
/** Which bit of what comes out of the boxes goes where. */
const SPREAD = [
  16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11, 4, 25,
]

/** For each box and its six bits of input: its four bits of output, already spread over the 32. */
const SPREAD_BOXES = BOXES.map((box, index) =>
  Int32Array.from({ length: 64 }, (_, input) => {
    // The outer two bits choose the row, the inner four the column.
    const row = ((input >> 4) & 2) | (input & 1)
    const output = parseInt(box[row * 16 + ((input >> 1) & 15)]!, 16) << (28 - 4 * index)
    return SPREAD.reduce((bits, from) => (bits << 1) | ((output >>> (32 - from)) & 1), 0)
  }),
)

/** The sixteen keys of the rounds, each as eight values of six bits. */
function roundKeys(key: Uint8Array): Uint8Array[] {
  const bits = HALVES.map((at) => (key[(at - 1) >> 3]! >> (7 - ((at - 1) & 7))) & 1)
  const halves = [bits.slice(0, 28), bits.slice(28)]
  return TURNS.map((turn) => {
    for (const half of halves) half.push(...half.splice(0, turn))
    const turned = halves.flat()
    const chosen = CHOICE.map((at) => turned[at - 1]!)
    return Uint8Array.from({ length: 8 }, (_, box) =>
      chosen.slice(box * 6, box * 6 + 6).reduce((value, bit) => (value << 1) | bit, 0),
    )
  })
}

/**
 * What `key` (24 octets: three keys) encrypted in CBC mode, with its padding taken off; null when the padding is wrong.
 */
export function decryptTripleDes(key: Bytes, iv: Bytes, encrypted: Bytes): Bytes | null {
  if (key.length !== 24 || iv.length !== 8 || encrypted.length === 0 || encrypted.length % 8 !== 0) return null
  const [first, second, third] = [0, 8, 16].map((at) => roundKeys(key.subarray(at, at + 8))) as [
    Uint8Array[],
    Uint8Array[],
    Uint8Array[],
  ]
  // Encrypted is: with the first key forwards, the second backwards, the third forwards. Now the other way round.
  const rounds = [...third.toReversed(), ...second, ...first.toReversed()]
  const input = new DataView(encrypted.buffer, encrypted.byteOffset, encrypted.length)
  const plain = new Uint8Array(encrypted.length)
  const output = new DataView(plain.buffer)
  const before = new DataView(iv.buffer, iv.byteOffset, 8)
  const block = new Int32Array(2)
  for (let at = 0; at < encrypted.length; at += 8) {
    block[0] = input.getInt32(at)
    block[1] = input.getInt32(at + 4)
    decryptBlock(block, rounds)
    const [chain, from] = at === 0 ? [before, 0] : [input, at - 8]
    output.setInt32(at, block[0] ^ chain.getInt32(from))
    output.setInt32(at + 4, block[1] ^ chain.getInt32(from + 4))
  }
  // RFC 5652 section 6.3: as many octets as are missing, each of which says how many.
  const padding = plain[plain.length - 1]!
  if (padding < 1 || padding > 8) return null
  return plain.subarray(-padding).every((octet) => octet === padding) ? plain.slice(0, -padding) : null
}

/** The initial and the final permutation of the three DES cancel each other out between them: each is done once. */
function decryptBlock(block: Int32Array, rounds: readonly Uint8Array[]): void {
  let left = block[0]!
  let right = block[1]!
  let swap: number
  // The initial permutation, as exchanges of bits between the halves.
  swap = ((left >>> 4) ^ right) & 0x0f0f0f0f
  right ^= swap
  left ^= swap << 4
  swap = ((left >>> 16) ^ right) & 0xffff
  right ^= swap
  left ^= swap << 16
  swap = ((right >>> 2) ^ left) & 0x33333333
  left ^= swap
  right ^= swap << 2
  swap = ((right >>> 8) ^ left) & 0x00ff00ff
  left ^= swap
  right ^= swap << 8
  swap = ((left >>> 1) ^ right) & 0x55555555
  right ^= swap
  left ^= swap << 1
  for (let round = 0; round < 48; round++) {
    const key = rounds[round]!
    let mixed = 0
    for (let box = 0; box < 8; box++) {
      // Six neighbouring bits of the right half, each box beginning with the last bit of the one before.
      const turn = (4 * box + 5) & 31
      mixed |= SPREAD_BOXES[box]![(((right << turn) | (right >>> (32 - turn))) & 63) ^ key[box]!]!
    }
    const next = left ^ mixed
    left = right
    right = next
    // The halves change places after sixteen rounds: what each DES gives is the right one first.
    if (round % 16 === 15) [left, right] = [right, left]
  }
  swap = ((left >>> 1) ^ right) & 0x55555555
  right ^= swap
  left ^= swap << 1
  swap = ((right >>> 8) ^ left) & 0x00ff00ff
  left ^= swap
  right ^= swap << 8
  swap = ((right >>> 2) ^ left) & 0x33333333
  left ^= swap
  right ^= swap << 2
  swap = ((left >>> 16) ^ right) & 0xffff
  right ^= swap
  left ^= swap << 16
  swap = ((left >>> 4) ^ right) & 0x0f0f0f0f
  right ^= swap
  left ^= swap << 4
  block[0] = left
  block[1] = right
}
