/** Mermaid is large: it comes when somebody wants a drawing, and not before. */
let drawings = 0

export async function drawMermaid(text: string, dark: boolean): Promise<string> {
  const { default: mermaid } = await import('mermaid')
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    theme: dark ? 'dark' : 'neutral',
    sequence: { mirrorActors: false, useMaxWidth: false },
  })
  const { svg } = await mermaid.render(`mermaid-${++drawings}`, text)
  return svg
}
