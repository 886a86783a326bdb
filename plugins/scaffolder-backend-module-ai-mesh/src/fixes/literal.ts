/** Names from a cluster are shown, and are no Markdown: neither links nor mentions, nor words that close an issue. */
export function literal(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>#|~]/g, '\\$&')
    .replace(/[@#]|:(?=\/\/)|\b(?:GH(?=-\d)|www(?=\.))/gi, '$&\u200b');
}
