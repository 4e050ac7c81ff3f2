/** How the page speaks and looks. An address may say it (`?lang=`, `?theme=`), else it is as it was left. */
import { grains, type Grain } from '../core/views/stops.ts'
import { translator, type Language } from '../texts/index.ts'
import { memorize, recall } from './memory.ts'

export const themes = ['light', 'dark', 'system'] as const
/** How fast things go: so many times the calm pace; 0 is at once. */
export const speeds = [0.1, 0.25, 1, 4, 0] as const
export type Theme = (typeof themes)[number]
export type Speed = (typeof speeds)[number]

/** Milliseconds between two things that can be seen, at the calm pace. */
const CALM = 150

class Settings {
  language = $state<Language>('en')
  theme = $state<Theme>('system')
  speed = $state<Speed>(1)
  /** What a step through time leads to. */
  grain = $state<Grain>('seen')
  /** In a frame of somebody else's page: what leads away from the matter is left out. */
  readonly embedded = new URLSearchParams(location.search).get('embed') === '1'
  private systemDark = $state(false)
  readonly t = $derived(translator(this.language))
  /** The theme itself, where the system has its say. */
  readonly dark = $derived(this.theme === 'system' ? this.systemDark : this.theme === 'dark')
  private readonly reducedMotion = matchMedia('(prefers-reduced-motion: reduce)')

  constructor() {
    const query = new URLSearchParams(location.search)
    const language = query.get('lang') ?? recall('language') ?? navigator.language.slice(0, 2)
    this.language = language === 'fr' ? 'fr' : 'en'
    this.theme = themes.find((theme) => theme === (query.get('theme') ?? recall('theme'))) ?? 'system'
    const dark = matchMedia('(prefers-color-scheme: dark)')
    this.systemDark = dark.matches
    dark.addEventListener('change', () => (this.systemDark = dark.matches))
    this.speed = speeds.find((speed) => String(speed) === recall('speed')) ?? 1
    this.grain = grains.find((grain) => grain === recall('grain')) ?? 'seen'
  }

  /** Whoever wants no movement gets none. */
  get pace(): number {
    return this.speed === 0 || this.reducedMotion.matches ? 0 : CALM / this.speed
  }

  setLanguage(language: Language): void {
    this.language = language
    memorize('language', language)
    inAddress('lang', language)
  }

  setTheme(theme: Theme): void {
    this.theme = theme
    memorize('theme', theme)
    inAddress('theme', theme)
  }

  setSpeed(speed: Speed): void {
    this.speed = speed
    memorize('speed', String(speed))
  }

  setGrain(grain: Grain): void {
    this.grain = grain
    memorize('grain', grain)
  }
}

/** What the address says already must not contradict what was chosen since. */
function inAddress(name: string, value: string): void {
  const address = new URL(location.href)
  if (!address.searchParams.has(name)) return
  address.searchParams.set(name, value)
  history.replaceState(null, '', address)
}

export const settings = new Settings()
