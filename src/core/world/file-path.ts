/** The path of a file as machines of a world have it: whole, from `/` on, and without detours. */

/** POSIX: what one name and what a whole path may have at most. */
const LONGEST = { name: 255, path: 1024 } as const

const parts = (path: string) => path.slice(1).split('/')

export const isFilePath = (path: string): boolean =>
  path.startsWith('/') &&
  !/[\x00-\x1f\x7f]/.test(path) &&
  !isTooLong(path) &&
  parts(path).every((part) => part !== '' && part !== '.' && part !== '..')

export const isTooLong = (path: string): boolean =>
  path.length > LONGEST.path || parts(path).some((part) => part.length > LONGEST.name)

/** The directory that holds it. */
export const directoryOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'
