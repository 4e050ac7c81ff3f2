/**
 * What a lenient decoder put up with: a name and the place in the encoded text. A text may be wrong at every character,
 * so only the first troubles are listed: nobody reads a million of them.
 */
export interface Trouble<Key extends string> {
  readonly key: Key
  readonly from: number
  readonly to: number
}

export const MOST_TROUBLES = 100
