/**
 * fast-check with the same examples each time: whoever runs the tests sees what everybody sees. `SEED=7 npx vitest run
 * test/property` looks elsewhere, `SEED=random` somewhere new; what is found there comes in as an example of its own.
 */
import fc from 'fast-check'

const { SEED = '20261126' } = process.env
if (SEED !== 'random') fc.configureGlobal({ seed: Number(SEED) })

export default fc
