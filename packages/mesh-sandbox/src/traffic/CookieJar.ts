import { AnswerHeader } from './messages';

const NEVER = Infinity;

/** The cookies of one browser for one site, as far as the sandbox plays them: names, values, `Max-Age`. */
export class CookieJar {
  private readonly cookies: Map<string, { value: string; endsAt: number }>;

  /** @param own - cookies that the site's application has set before */
  constructor(own: Readonly<Record<string, string>>) {
    this.cookies = new Map(
      Object.entries(own).map(([name, value]) => [
        name,
        { value, endsAt: NEVER },
      ]),
    );
  }

  /** What it sends along. */
  headers(nowMs: number): Record<string, string> {
    for (const [name, { endsAt }] of this.cookies) {
      if (endsAt <= nowMs) {
        this.cookies.delete(name);
      }
    }
    return this.cookies.size === 0
      ? {}
      : {
          cookie: [...this.cookies]
            .map(([name, { value }]) => `${name}=${value}`)
            .join('; '),
        };
  }

  /** Keeps what an answer sets. */
  take(headers: readonly AnswerHeader[] = [], nowMs: number): void {
    for (const { name, value: text } of headers) {
      const [pair, ...attributes] = text.split(';').map(part => part.trim());
      const at = pair.indexOf('=');
      if (name === 'set-cookie' && at > 0) {
        const age = attributes
          .map(attribute => /^max-age=(-?\d+)$/i.exec(attribute)?.[1])
          .find(seconds => seconds !== undefined);
        this.cookies.set(pair.slice(0, at), {
          value: pair.slice(at + 1),
          endsAt: age === undefined ? NEVER : nowMs + 1000 * Number(age),
        });
      }
    }
  }
}
