/** What the content plugin makes of src/worlds and lessons. */
declare module 'virtual:content' {
  type WorldFile = import('../core/world/schema.ts').WorldFile

  export const worlds: Readonly<Record<string, () => Promise<WorldFile>>>
}

/** All lessons in their order: a chunk of its own, which comes with the part of the page that shows them. */
declare module 'virtual:lessons' {
  type WorldFile = import('../core/world/schema.ts').WorldFile
  type Lesson = import('../core/lesson/lesson.ts').Lesson

  export interface LessonEntry {
    id: string
    /** How long it takes. */
    minutes: number
    en: { title: string; summary: string }
    fr: { title: string; summary: string }
    /** Lines that its solution types. */
    par: number
    load: () => Promise<{ lesson: Lesson; world: WorldFile }>
    /** Of a lesson of one's own. */
    files?: Readonly<Record<string, string>>
  }

  export const lessons: readonly LessonEntry[]
  export const parts: readonly import('../core/lesson/parts.ts').CoursePart[]
}

/** The words of the course. */
declare module 'virtual:glossary' {
  export const terms: readonly import('../core/lesson/glossary.ts').Term[]
}
