/**
 * The form of goals.yaml: how long a lesson takes, what to read on, quick questions, and the goals. A goal is an outcome,
 * not a keystroke, with one form (goal-forms.ts) under `when`; one under `never` must not happen.
 *
 *     minutes: 10
 *     read: [RFC 5321 4.1.1.3, course 000 318]
 *     questions:
 *       - id: why-two
 *         ask: { fr: Pourquoi deux ?, en: Why two? }
 *         answers:
 *           - { fr: ..., en: ..., right: true, because: { fr: ..., en: ... } }
 *           - { fr: ..., en: ..., because: { fr: ..., en: ... } }
 *     goals:
 *       - id: greeting
 *         text: { fr: Le serveur vous salue., en: The server greets you. }
 *         when: { reply: { code: 250, verb: HELO } }
 *         hints:
 *           - { fr: il manquait un nom, en: a name was missing, if: { reply: { code: 501, verb: HELO } } }
 *           - { fr: ce qui s'est passé, en: what happened }
 *           - { fr: la prochaine étape, en: the next step }
 */
import * as v from 'valibot'
import type { WorldFile } from '../world/schema.ts'
import { across, keys, type Draft, type Problem } from '../world/yaml.ts'
import { formsIn, goalForm, type GoalForm } from './goal-forms.ts'
import { referenceForm } from './reading.ts'
import { parseScript } from './script.ts'

const said = v.pipe(v.string(), v.minLength(1, 'Nothing stands here.'))
const tongues = { fr: said, en: said }
/** What both languages say. */
export const bilingual = keys(tongues)
export type Bilingual = v.InferOutput<typeof bilingual>

/** What things are called by within a lesson or in the glossary. */
export const identifier = v.pipe(
  v.string(),
  v.regex(/^[a-z][a-z0-9-]*$/, 'An id has small letters, digits and hyphens.'),
)

const different = (list: readonly { id: string }[]) => new Set(list.map(({ id }) => id)).size === list.length

const question = keys({
  id: identifier,
  ask: bilingual,
  answers: v.pipe(
    v.array(keys({ ...tongues, right: v.optional(v.literal(true)), because: bilingual })),
    v.check((answers) => answers.length >= 2 && answers.length <= 5, 'A question has two to five answers.'),
    v.check((answers) => answers.filter(({ right }) => right).length === 1, 'Exactly one answer is right.'),
  ),
})
export type Question = v.InferOutput<typeof question>

const hint = keys({ ...tongues, if: v.exactOptional(goalForm) })

const goal = v.pipe(
  keys({
    id: identifier,
    text: bilingual,
    when: v.exactOptional(goalForm),
    never: v.exactOptional(goalForm),
    /** Steps of a script, played in a copy of the learner's world when all the rest is earned. */
    trial: v.exactOptional(said),
    /** What the learner did is done again in a world of this seed first. */
    seed: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0))),
    hints: v.optional(v.array(hint), []),
  }),
  v.check(
    ({ when, never }) => (when === undefined) !== (never === undefined),
    'A goal has either when (it is earned) or never (it must not happen).',
  ),
  v.check(
    ({ when, trial, seed }) => when !== undefined || (trial === undefined && seed === undefined),
    'What must not happen is looked for in what the learner does; trial and seed belong to a when.',
  ),
  v.check(
    ({ when, hints }) => when === undefined || hints.filter((each) => each.if === undefined).length >= 2,
    'A goal has at least two hints without if: first what happened or what is wanted, last the next step.',
  ),
)
export type Goal = v.InferOutput<typeof goal>

const goalsForm = keys({
  minutes: v.pipe(
    v.number(),
    v.integer(),
    v.check((count) => count >= 5 && count <= 15, 'A lesson takes 5 to 15 minutes.'),
  ),
  read: v.pipe(v.array(referenceForm), v.minLength(1, 'There is something to read on for every lesson.')),
  questions: v.optional(
    v.pipe(
      v.array(question),
      v.check((questions) => different(questions), 'Two questions have the same id.'),
    ),
    [],
  ),
  goals: v.pipe(
    v.array(goal),
    v.check(
      (goals) => goals.some(({ when, trial, seed }) => when !== undefined && trial === undefined && seed === undefined),
      'At least one goal has to be earned, and not in a trial alone.',
    ),
    v.check((goals) => different(goals), 'Two goals have the same id.'),
  ),
})
export type GoalsFile = v.InferOutput<typeof goalsForm>

/** With a world, the hosts and accounts that goals name have to be in it. */
export const goalsSchema = (world: WorldFile | null): v.GenericSchema<unknown, GoalsFile> =>
  v.pipe(
    goalsForm,
    across<GoalsFile>((draft) => problems(draft, world)),
  )

function* problems({ goals = [] }: Draft<GoalsFile>, world: WorldFile | null): Generator<Problem> {
  for (const [at, { when, never, trial, hints = [] }] of goals.entries()) {
    const place = ['goals', at] as const
    if (trial !== undefined) {
      const parsed = parseScript(trial, '')
      if ('errors' in parsed)
        for (const { line, message } of parsed.errors)
          yield { place: [...place, 'trial'], message: `Line ${line} of this script: ${message}` }
    }
    if (!world) continue
    if (when) yield* strangers(when as GoalForm, [...place, 'when'], world)
    if (never) yield* strangers(never as GoalForm, [...place, 'never'], world)
    for (const [nth, { if: condition }] of hints.entries())
      if (condition) yield* strangers(condition as GoalForm, [...place, 'hints', nth, 'if'], world)
  }
}

/** Hosts and accounts that this world does not have: such a goal could never be met, or never be broken. */
function* strangers(whole: GoalForm, place: Problem['place'], world: WorldFile): Generator<Problem> {
  for (const [form, where] of formsIn(whole, place)) {
    for (const key of ['reply', 'command', 'lookup', 'event', 'queue'] as const) {
      const host = form[key]?.host
      if (host !== undefined && !Object.hasOwn(world.hosts, host))
        yield { place: [...where, key, 'host'], message: `There is no host ${host} in this world.` }
    }
    const account = form.mailbox?.account
    if (account === undefined) continue
    const isThere = world.accounts.some(({ user, address }) => account === user || sameAddress(account, address))
    if (!isThere)
      yield { place: [...where, 'mailbox', 'account'], message: `There is no account ${account} in this world.` }
  }
}

const sameAddress = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()
