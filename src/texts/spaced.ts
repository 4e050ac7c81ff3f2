/** French sets a blank before `: ; ? !` and inside « »; a line must not break there. */
export const spaced = <Texts extends Record<string, string>>(texts: Texts): Texts =>
  Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, text.replace(/ (?=[:;?!»])|(?<=«) /g, '\u00a0')]),
  ) as Texts
