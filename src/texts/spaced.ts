/** French sets a blank before `: ; ? !` and inside « »; a line must not break there. */
export const spaced = (text: string): string => text.replace(/ (?=[:;?!»])|(?<=«) /g, '\u00a0')
