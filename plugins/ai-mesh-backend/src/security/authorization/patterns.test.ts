import { inBlock } from './addressBlocks';
import {
  matchesHost,
  matchesNamespace,
  matchesPath,
  matchesPattern,
} from './patterns';

describe('patterns of policies', () => {
  it.each<[string, string, boolean]>([
    ['abc', 'abc', true],
    ['abc', 'abcd', false],
    ['abc*', 'abcd', true],
    ['abc*', 'xabc', false],
    ['*abc', 'xabc', true],
    ['*abc', 'abcx', false],
    ['*', 'x', true],
    ['*', '', false],
    ['', '', true],
    ['a*c', 'abc', false],
  ])('%s matches %s: %s', (pattern, value, expected) => {
    expect(matchesPattern(pattern, value)).toBe(expected);
  });

  it.each<[string, string, boolean]>([
    ['/api/chat', '/api/chat', true],
    ['/api/*', '/api/chat/x', true],
    ['/api/{*}', '/api/chat', true],
    ['/api/{*}', '/api/chat/x', false],
    ['/api/{*}', '/api/', false],
    ['/api/{*}/end', '/api/x/end', true],
    ['/api/{**}', '/api/chat/x', true],
    ['/api/{**}', '/api/', true],
    ['/api/{**}', '/api', false],
    ['/{**}.png', '/a/b.png', true],
    ['/a.b/{*}', '/axb/c', false],
    // In a template a plain star is only a star.
    ['/api*/{*}', '/api*/x', true],
    ['/api*/{*}', '/apis/x', false],
  ])('path %s matches %s: %s', (pattern, path, expected) => {
    expect(matchesPath(pattern, path)).toBe(expected);
  });

  it.each<[string, string, boolean]>([
    ['prod-*', 'prod-eu', true],
    ['*-test', 'a-test', true],
    ['a*b', 'axxb', true],
    ['a*b', 'axxbc', false],
    ['a.b', 'axb', false],
  ])('namespace %s matches %s: %s', (pattern, namespace, expected) => {
    expect(matchesNamespace(pattern, namespace)).toBe(expected);
  });

  it.each<[string, string, boolean]>([
    ['Chat.AI', 'chat.ai', true],
    ['*.ai', 'CHAT.ai', true],
    ['chat', 'chat:8080', false],
    ['chat:*', 'chat:8080', true],
  ])('host %s matches %s: %s', (pattern, host, expected) => {
    expect(matchesHost(pattern, host)).toBe(expected);
  });

  it.each<[string, string, boolean | undefined]>([
    ['10.0.0.0/8', '10.1.2.3', true],
    ['10.0.0.0/8', '11.1.2.3', false],
    ['10.1.2.3', '10.1.2.3', true],
    ['2001:db8::/32', '2001:db8::1', true],
    ['2001:db8::/32', '10.0.0.1', false],
    ['0.0.0.0/0', '1.2.3.4', true],
    ['10.0.0.0/33', '10.0.0.1', undefined],
    ['10.0.0.0/x', '10.0.0.1', undefined],
    ['here', '10.0.0.1', undefined],
    ['10.0.0.0/8', 'there', undefined],
  ])('block %s holds %s: %s', (block, address, expected) => {
    expect(inBlock(block, address)).toBe(expected);
  });

  it.each<[string, (pattern: string, value: string) => boolean]>([
    [`${'*a'.repeat(40)}b`, matchesNamespace],
    [`${'{**}a'.repeat(40)}b`, matchesPath],
  ])('takes no longer for %s than its length tells', (pattern, matches) => {
    // A regular expression would try every way to share 2,000 letters among 40 stars.
    expect(matches(pattern, 'a'.repeat(2000))).toBe(false);
  });
});
