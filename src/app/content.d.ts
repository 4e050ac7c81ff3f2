/** What the content plugin makes of src/worlds and lessons. */
declare module 'virtual:content' {
  type WorldFile = import('../core/world/schema.ts').WorldFile
  type Lesson = import('../core/lesson/lesson.ts').Lesson

  export interface LessonEntry {
    id: string
    en: { title: string; summary: string }
    fr: { title: string; summary: string }
    load: () => Promise<{ lesson: Lesson; world: WorldFile }>
  }

  export const worlds: Readonly<Record<string, () => Promise<WorldFile>>>
  export const lessons: readonly LessonEntry[]
}
