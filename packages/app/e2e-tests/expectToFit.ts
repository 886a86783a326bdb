import { expect, type Page } from '@playwright/test';
import { PAGES } from './latinSentences';

/** The least height of a text, in pixels; a layout may round it down by a hair. */
const LEAST = 10.95;

/** A number with its unit; names, which may be cut where there is no room, have none. */
const FIGURE = String.raw`\d ?(?:%|m?s\b|req/s|\p{Script=Han})`;

/**
 * Nothing has to be scrolled sideways but code and manifests, whose lines are as they are written, and no text is smaller
 * than a person can read, and no figure is cut off.
 */
export async function expectToFit(page: Page, where: string) {
  const faults = await page.evaluate(
    ({ pages, least, figure }) => {
      const found: string[] = [];
      const { scrollWidth, clientWidth } = document.documentElement;
      if (scrollWidth > clientWidth) {
        found.push(`the page is ${scrollWidth} of ${clientWidth} px wide`);
      }
      const shown = [...document.querySelectorAll(pages)]
        .flatMap(part => [part, ...part.querySelectorAll('*')])
        .filter(one => one.checkVisibility({ visibilityProperty: true }));
      for (const one of new Set(shown)) {
        if (
          one.scrollWidth > one.clientWidth + 1 &&
          ['auto', 'scroll'].includes(getComputedStyle(one).overflowX) &&
          !one.matches('pre, pre *, textarea, code')
        ) {
          const name = one.getAttribute('aria-label') ?? one.textContent;
          found.push(
            `${name?.slice(0, 60)}: ${one.scrollWidth} of ${one.clientWidth} px`,
          );
        }
        const { textOverflow } = getComputedStyle(one);
        if (
          one.scrollWidth > one.clientWidth &&
          textOverflow === 'ellipsis' &&
          new RegExp(figure, 'u').test(one.textContent ?? '')
        ) {
          found.push(`${one.textContent}: its figures are cut off`);
        }
        const text = [...one.childNodes]
          .filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
          .map(({ textContent }) => textContent)
          .join('')
          .trim();
        const box = one.getBoundingClientRect();
        if (text && box.width > 1 && box.height > 1) {
          // How far it is zoomed out: measured where it does not round.
          const frame = one.closest<HTMLElement>('.react-flow__viewport');
          const zoom = frame
            ? new DOMMatrix(getComputedStyle(frame).transform).a
            : 1;
          const size = parseFloat(getComputedStyle(one).fontSize) * zoom;
          if (size < least) {
            found.push(`${text.slice(0, 60)}: ${size.toFixed(1)} px high`);
          }
        }
      }
      return found;
    },
    { pages: PAGES, least: LEAST, figure: FIGURE },
  );
  expect.soft(faults, where).toEqual([]);
}
