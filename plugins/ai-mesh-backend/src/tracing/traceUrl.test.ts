import { traceUrl } from './traceUrl';

const SCRIPT = 'javascript';

const template = 'https://jaeger.example.com/trace/{traceId}?of={traceId}';

it.each([
  ['a1', 'a1'],
  [`${SCRIPT}:alert(1)`, 'javascript%3Aalert(1)'],
  ['a/../b', 'a%2F..%2Fb'],
  ['a\r\nb', 'a%0D%0Ab'],
  ['$&', '%24%26'],
])('shows the trace %j where the configuration says', (traceId, written) => {
  expect(traceUrl(template, traceId)).toBe(
    `https://jaeger.example.com/trace/${written}?of=${written}`,
  );
  expect(traceUrl(undefined, traceId)).toBeUndefined();
});

it.each(['', '.', '..', '\ud800'])(
  'leads nowhere by %j, which no address can hold',
  traceId => {
    expect(traceUrl(template, traceId)).toBeUndefined();
  },
);
