/** The texts of the page's own worlds, to begin one's own with. Each comes when it is asked for. */
const texts = import.meta.glob<string>('../../worlds/*.yaml', { query: '?raw', import: 'default' })

const byName = new Map(Object.entries(texts).map(([path, load]) => [path.replace(/^.*\/|\.yaml$/g, ''), load]))

export const sourceNames: readonly string[] = [...byName.keys()]

export const sourceOf = (name: string): Promise<string> | null => byName.get(name)?.() ?? null
