// jsdom tries each of some five hundred rules on each element that a query by role looks at: a third of the time of a
// screen's tests. Browsers first look at what a selector ends in, a name, a class or an attribute; so it is done here.
// Where another jsdom keeps its selectors elsewhere, this says so by failing; everything works without it.
const selectors = document[implementationOf(document)]._domSelector;
const { check } = selectors;
const tails = new Map();

selectors.check = (selector, element, ...options) =>
  mayFit(selector, element)
    ? check(selector, element, ...options)
    : { match: false };

function implementationOf(wrapper) {
  return Object.getOwnPropertySymbols(wrapper).find(
    symbol => symbol.description === 'impl',
  );
}

function mayFit(selector, element) {
  let alternatives = tails.get(selector);
  if (!alternatives) {
    alternatives = tailsOf(selector);
    tails.set(selector, alternatives);
  }
  const classes = element.getAttributeNS(null, 'class') ?? '';
  return alternatives.some(
    ({ name, className, attribute }) =>
      (!name || name === element.localName) &&
      (!className || classes.includes(className)) &&
      (!attribute || element.hasAttributeNS(null, attribute)),
  );
}

/** What an element has at least, for each part of a list; nothing, where a part is hard to read. */
function tailsOf(selector) {
  let plain = selector.replace(/\[\s*([\w-]+)[^\]]*\]/g, '[$1]');
  for (let before; before !== plain;) {
    before = plain;
    plain = plain.replace(/:[\w-]+\([^()]*\)/g, ':some');
  }
  if (/[^\w\s.,:>+~*[\]-]/.test(plain)) {
    return [{}];
  }
  return (
    plain
      .split(',')
      .map(part =>
        part
          .trim()
          .split(/[\s>+~]+/)
          .at(-1),
      )
      // No element is a part of one.
      .filter(tail => !tail.includes('::'))
      .map(tail => ({
        name: /^[a-z][\w-]*$/i.exec(tail.split(/[.:[]/)[0])?.[0].toLowerCase(),
        className: /\.([\w-]+)/.exec(tail)?.[1],
        attribute: /\[([\w-]+)\]/.exec(tail)?.[1].toLowerCase(),
      }))
  );
}
