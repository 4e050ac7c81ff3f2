/** Of several tabs that show the same place, one keeps it: the others would write over what it has kept. */

export type Claimed = 'mine' | 'taken'

export class Claim {
  private release: (() => void) | null = null
  private key: string | null = null

  /** `lost`: another tab has taken it over. Where there are no locks (an old browser, a plain http page) it is always mine. */
  async take(key: string, lost: () => void, steal = false): Promise<Claimed> {
    if (key === this.key) return 'mine'
    this.give()
    if (!('locks' in navigator)) return 'mine'
    return new Promise((resolve) => {
      navigator.locks
        .request(`facteur.${key}`, steal ? { steal } : { ifAvailable: true }, (lock) => {
          if (!lock) return resolve('taken')
          this.key = key
          resolve('mine')
          return new Promise<void>((release) => (this.release = release))
        })
        .catch(() => {
          // Blocked as storage may be; or stolen, after it was mine.
          resolve('mine')
          if (this.key !== key) return
          this.give()
          lost()
        })
    })
  }

  private give(): void {
    this.release?.()
    this.release = null
    this.key = null
  }
}
