/** The goals of a lesson with their states, as the page shows them. */
import type { Goal } from '../../core/lesson/goal-schema.ts'
import type { GoalState, LessonRun } from '../../core/lesson/goals.ts'

export interface GoalOnPage {
  readonly goal: Goal
  readonly state: GoalState['state']
}

export function goalsOnPage(goals: readonly Goal[], run: LessonRun | null): GoalOnPage[] {
  const states = run?.goals ?? []
  return goals.map((goal) => ({
    goal,
    state: states.find(({ id }) => id === goal.id)?.state ?? (goal.never ? 'kept' : 'open'),
  }))
}
