/** The learner's name, if they have told it: it stays on this machine. */
import { memorize, recall } from '../memory.ts'

const LONGEST = 100

class Learner {
  name = $state(recall('name') ?? '')

  setName(name: string): void {
    this.name = name.slice(0, LONGEST)
    memorize('name', this.name)
  }
}

export const learner = new Learner()
