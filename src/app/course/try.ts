/** Trying what is read about: it opens the lesson, plays the scenario or the script, or types the command in its world. */
import { worlds } from 'virtual:content'
import { lessons } from 'virtual:lessons'
import type { Place } from '../../core/lesson/course.ts'
import { beginning } from '../../core/views/protocols.ts'
import type { CommandEntry } from '../../core/views/reference.ts'
import { servicesOf } from '../../core/world/named-services.ts'
import type { WorldFile } from '../../core/world/schema.ts'
import { SCRIPT } from '../place.ts'
import { workbench } from '../workbench.svelte.ts'
import { openWorkshop } from '../workshop/open.ts'
import { reading } from './reading.svelte.ts'

export async function tryIt(place: Place): Promise<void> {
  if ('lesson' in place) return openLesson(place.lesson)
  if ('see' in place) return openWorkshop(null)
  if ('term' in place) return reading.open('glossary', place.term)
  if ('world' in place) return typeIn(place.world, place.do)
  await workbench.play('scenario' in place ? place.scenario : SCRIPT + place.script)
  // One reads on beside it; on a phone what is played comes first.
  workbench.left = 'lesson'
  workbench.show('sequence')
}

export async function openLesson(id: string): Promise<void> {
  const lesson = lessons.find((other) => other.id === id)
  if (!lesson) return
  reading.close()
  await workbench.open({ ...workbench.place, scenario: null, lesson })
}

/** At the machine of the first who lives there. */
async function typeIn(world: string, command: string): Promise<void> {
  const { place } = workbench
  if (place.world !== world || place.lesson || place.scenario || place.own)
    await workbench.open({ world, lesson: null })
  const [person] = workbench.run?.sim.file.people ?? []
  if (!person) return
  const user = workbench.run!.seats.find(({ host }) => host === person.host)?.user ?? person.name
  workbench.command(person.host, user, command)
}

const WORLD = 'campus'

/** Calls a host that has this command, and writes how it begins; the reader says the rest, and sends it. */
export async function tryCommand({ table, verb, row }: CommandEntry): Promise<void> {
  const at = placeOf(await worlds[WORLD]!(), verb === 'LHLO' ? 'lmtp' : table.name, row.extension)
  if (!at) return
  await typeIn(WORLD, `telnet ${at.host} ${at.port}`)
  await workbench.run?.quiet()
  if (/^[A-Z]/.test(verb)) workbench.insert(beginning(table, verb, 0))
}

interface At {
  host: string
  port: number
}

/** A host where this is spoken: one that offers the extension, if there is any. */
function placeOf({ hosts }: WorldFile, wellKnown: string, extension: string | null): At | null {
  let first: At | null = null
  for (const [host, { services }] of Object.entries(hosts))
    for (const { name, told } of servicesOf(services)) {
      if (name !== wellKnown) continue
      const at = { host, port: told.port }
      if (extension === null || told.capabilities.some((one) => one.split(/[ =]/)[0] === extension)) return at
      first ??= at
    }
  return first
}
