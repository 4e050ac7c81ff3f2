/** What the course plugin makes of lessons/courses, and of the solutions of the lessons. */
declare module 'virtual:courses' {
  type Course = import('../core/lesson/course.ts').Course

  export const courses: readonly (Pick<Course, 'title' | 'text'> & {
    id: string
    load: () => Promise<Pick<Course, 'seed' | 'sections'>>
  })[]
  /** Scripts that a course names, by name. */
  export const scripts: Readonly<Record<string, () => Promise<string>>>
  /** By what is met (`smtp RCPT`, `code 250`, `field subject`): the lessons where it is. */
  export const occurrences: () => Promise<Readonly<Record<string, readonly string[]>>>
}
