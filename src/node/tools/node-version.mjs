// Says in one line that Node is too old. It is written so that a very old Node can still read it.
const wanted = [20, 19]

/** @returns {string | null} what to tell the person, or null where all is well */
export function tooOld(version) {
  const [major, minor] = version.split('.').map(Number)
  if (major > wanted[0] || (major === wanted[0] && minor >= wanted[1])) return null
  return `Facteur needs Node ${wanted.join('.')} or newer; this is Node ${version}. See https://nodejs.org`
}

const complaint = tooOld(process.versions.node)
if (complaint) {
  console.error(complaint)
  process.exit(1)
}
