/** The beginning of a text that is longer than it may be, with a mark where it was cut. */
export function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
