/**
 * How much a script may be and do. RFC 5228 2.10.4, 2.10.7 and 10 want such limits and say how low they may not be; RFC 5229
 * 6 does so for variables.
 */
export const LIMITS = {
  /** Octets of a script. */
  script: 65_536,
  /** Problems told about one script. */
  problems: 10,
  /** Blocks within blocks. */
  blocks: 15,
  /** Tests within tests. */
  tests: 15,
  actions: 32,
  redirects: 4,
  variables: 128,
  variableName: 64,
  /** Octets of a variable's value: what is beyond is cut off. */
  variable: 4096,
  /** Octets of a string with its variables filled in: likewise. */
  string: 65_536,
  /** The highest wildcard that has a variable. */
  matches: 32,
  /** Octets of a pattern for `:matches`. */
  pattern: 1024,
  /** Octets of values times octets of what is looked for in them, all tests of a run together: seconds at the most. */
  work: 2 ** 32,
} as const
