/**
 * What titles and texts of a language go by: `zh` of `zh-CN`.
 *
 * @param tag - of BCP 47, as portals name the reader's language
 * @public
 */
export function languageKey(tag: string): string {
  return tag.split(/[-_]/, 1)[0].toLowerCase();
}
