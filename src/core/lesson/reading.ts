/** Where to read on: a section of an RFC, or a line of one of the courses that the lessons follow. */
import * as v from 'valibot'

export type Reference = { rfc: number; section: string | null } | { course: string; line: number }

const RFC = /^RFC ([1-9]\d{0,4})(?: ((?:\d+|[A-Z])(?:\.\d+)*))?$/
const COURSE = /^course (\d{3}) ([1-9]\d*)$/

/** `RFC 5321 4.1.1.3`, `RFC 5598`, `RFC 5321 D.1`, `course 000 318`. */
export const referenceForm = v.pipe(
  v.string(),
  v.rawTransform<string, Reference>(({ dataset: { value }, addIssue, NEVER }) => {
    const [isRfc, rfc, section = null] = RFC.exec(value) ?? []
    if (isRfc !== undefined) return { rfc: Number(rfc), section }
    const [isCourse, course, line] = COURSE.exec(value) ?? []
    if (isCourse !== undefined) return { course: course!, line: Number(line) }
    addIssue({ message: `"${value}" is neither RFC NUMBER SECTION nor course NUMBER LINE.` })
    return NEVER
  }),
)
