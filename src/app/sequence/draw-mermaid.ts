/** Mermaid is large: it comes when somebody wants a drawing, and not before. */
let drawings = 0

export async function drawMermaid(text: string): Promise<string> {
  const { default: mermaid } = await import('mermaid')
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    theme: 'base',
    themeVariables: look(),
    sequence: { mirrorActors: false, useMaxWidth: false },
  })
  const { svg } = await mermaid.render(`mermaid-${++drawings}`, text)
  return svg
}

/** The page's own colours. */
function look(): Record<string, string> {
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    fontFamily: colour('sans'),
    background: colour('sheet'),
    actorBkg: colour('accent-wash'),
    actorBorder: colour('accent'),
    actorTextColor: colour('ink'),
    actorLineColor: colour('rule-strong'),
    signalColor: colour('ink-soft'),
    signalTextColor: colour('ink'),
    noteBkgColor: colour('mail-wash'),
    noteBorderColor: colour('mail'),
    noteTextColor: colour('ink'),
  }
}
