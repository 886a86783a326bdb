import { saidIn } from './saidIn';

describe('saidIn', () => {
  it.each([
    ['{"error":"parse error"}', 'parse error'],
    ['{"status":"error", "error" : "a \\"b\\"\\nc"', 'a "b"\nc'],
    ['{"error":"a\nb"}', 'a\nb'],
    ['{"error":"a\\x20b"}', 'a\\x20b'],
    ['{"error":"it breaks', '{"error":"it breaks'],
    [' no JSON ', 'no JSON'],
    ['{"error":""}', undefined],
    ['', undefined],
  ])('of %j is %j', (body, said) => {
    expect(saidIn(body, 'error')).toBe(said);
  });

  it('is no longer than fits a page', () => {
    expect(saidIn(`{"msg":"${'a'.repeat(9000)}"}`, 'msg')).toHaveLength(301);
  });
});
