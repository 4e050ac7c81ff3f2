/** Puts the reference into README.md: `npm run reference`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { README, reference, withReference } from './reference.ts'

writeFileSync(README, await withReference(readFileSync(README, 'utf8'), reference()))
