import { expect, test } from 'vitest'
import { MessageModel } from '../../../src/core/message/mime/model.ts'
import { allParts } from '../../../src/core/message/mime/part.ts'
import { playLesson } from '../../../src/core/lesson/prove.ts'
import { parseWorld } from '../../../src/core/world/parse.ts'
import { verifyPart } from '../../../src/smime/message.ts'
import { lessonFiles, root } from '../../../src/node/lessons.ts'

/** The goals of this lesson look at octets; that a reader finds the signatures so, too, is proved here. */
test('the lesson on S/MIME: the letter holds at home, is altered in Lyon, and holds again within a wrapping', async () => {
  const files = lessonFiles(root, '06-mime/08-smime')
  const parsed = parseWorld(files['world.yaml']!, 'world.yaml')
  if ('errors' in parsed) throw new Error('checked before')
  const { sim } = playLesson({ goals: [] }, parsed.world, { text: files['solution.txt']!, file: 'solution.txt' })
  const authority = sim.world.files.read('pc-alice.rennes.example', '/etc/ssl/certs/rennes.pem')!
  const outcomes = async (host: string, user: string) => {
    const messages = sim.world.stores.get(host)!.account(user)!.mailboxes.get('INBOX')!.messages
    const parts = messages.flatMap(({ content }) => [...allParts(new MessageModel(content.octets).tree.root)])
    const verified = await Promise.all(
      parts.map((part) => verifyPart(part, { authorities: [authority], at: sim.file.epoch })),
    )
    return verified.flatMap((each) => (each ? [each.outcome] : []))
  }
  expect(await outcomes('mx1.rennes.example', 'bob')).toEqual(['good', 'good'])
  expect(await outcomes('mx.lyon.example', 'claire')).toEqual(['altered', 'good'])
})
