// What the tests' own look at selectors must leave as it is: see scripts/lib/rulesByTail.js.
const PAGE = `
  <main class="screen wide"><h2 hidden>Calls</h2>
    <ul class="list"><li class="item first">One</li><li class="item">Two <a href="#two">more</a></li></ul>
    <details open><summary aria-expanded="true">Details</summary><svg viewBox="0 0 1 1"><linearGradient /></svg></details>
    <input type="text" data-size="large" disabled /><input type="checkbox" class="item" checked />
  </main>`;

afterEach(() => {
  document.head.innerHTML = '';
  document.body.innerHTML = '';
});

it.each([
  '*',
  'LI',
  '.item',
  'li.first.item',
  '.list > :first-child',
  '.item + .item, h2',
  'main:not(.narrow) .item',
  'li:not(.first, .last)',
  ':is(ul, ol) :is(li, a)',
  ':where(.list .item) a',
  'li:nth-child(2n + 1)',
  'input[type="TEXT" i]',
  '[data-size^="la"]:disabled',
  '[aria-expanded="true"] ~ svg',
  '[hidden]:not([hidden="until-found" i])',
  'svg > linearGradient',
  'a[href*="#two"]',
  '.item:hover, input:checked',
  '.list:has(> .first)',
  '.screen\\.wide, .wide',
  '.item::before',
])('a rule of %s is for the elements that it matches', selector => {
  document.head.innerHTML = `<style>${selector} { float: left }</style>`;
  document.body.innerHTML = PAGE;
  const elements = [...document.body.querySelectorAll('*')];
  expect(
    elements.filter(one => getComputedStyle(one).float === 'left'),
  ).toEqual(elements.filter(one => one.matches(selector)));
});
