/**
 * The simulated Internet itself: half of the program, in a chunk of its own. It comes while the page is painted, and one
 * can type before it is there.
 */
export { watchGoals } from '../core/lesson/watch.ts'
export { loginOf } from '../core/world/seat.ts'
export { Rewind, Sim } from '../core/world/sim.ts'
export { makeStorage } from '../core/world/stores.ts'
export { readSaved, savedText } from '../core/lesson/saved.ts'
