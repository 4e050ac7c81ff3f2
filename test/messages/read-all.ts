/** Asks everything that can be asked of a message: for tests that want to know only that every question has an answer. */
import { readAddressList } from '../../src/core/message/address-list.ts'
import { readContentType, readDisposition, readTransferEncoding } from '../../src/core/message/content-fields.ts'
import { readMessageIds } from '../../src/core/message/message-ids.ts'
import { MessageModel } from '../../src/core/message/mime/model.ts'
import { allParts } from '../../src/core/message/mime/part.ts'
import type { Place } from '../../src/core/message/place.ts'
import { collector, type Problem, type Report, silent } from '../../src/core/message/problems.ts'
import { readDate } from '../../src/core/message/read-date.ts'
import { headerSection, unfolded } from '../../src/core/message/section.ts'
import { readWords, wordsText } from '../../src/core/message/words.ts'
import { moreCharsets } from './charsets.ts'

const READERS: readonly ((source: string, place: Place, report: Report) => unknown)[] = [
  readAddressList,
  readContentType,
  readDisposition,
  readTransferEncoding,
  readMessageIds,
  readDate,
  (source, place, report) => readWords(source, place, report),
]

/** Reads each of the first fields as whatever a field can be; the problems that were found. */
function readFields(source: string): readonly Problem[] {
  const { report, found } = collector()
  for (const { value } of headerSection(source, 0, source.length, silent).fields.slice(0, 50)) {
    for (const read of READERS) read(source, value, report)
    wordsText(source, value)
    unfolded(source, value)
  }
  return found
}

/** All that a model knows, and all problems that anybody finds. */
export function readAll(source: string): readonly Problem[] {
  const model = new MessageModel(source, moreCharsets)
  const {
    envelope,
    structure,
    headerText,
    innerHeadersText,
    bodyText,
    sortKeys,
    threadKeys,
    baseSubject,
    subject,
    problems,
  } = model
  const asked: unknown[] = [
    envelope,
    structure,
    headerText,
    innerHeadersText,
    bodyText,
    sortKeys,
    threadKeys,
    baseSubject,
    subject,
  ]
  for (const part of allParts(model.tree.root)) {
    asked.push(part.disposition, part.languages, part.lines, part.parameter('charset'), model.text(part))
    const { number } = part
    if (number === null) continue
    for (const text of ['', '.MIME', '.HEADER', '.TEXT']) asked.push(model.section(number + text))
    asked.push(model.binary(number), model.section(`${number}.HEADER.FIELDS`, ['Subject']))
  }
  if (asked.length < 7) throw new Error('Nothing was asked')
  return [...problems, ...readFields(source)]
}
