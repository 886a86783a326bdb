import { withTrustDomains } from './matchPrincipal';

describe('a principal in a mesh of several trust domains', () => {
  const domains = ['new-td', 'old-td'];

  // As `pilot/pkg/security/trustdomain` has it.
  it.each<[string, string[]]>([
    [
      'cluster.local/ns/ai/sa/chat',
      ['new-td/ns/ai/sa/chat', 'old-td/ns/ai/sa/chat'],
    ],
    ['old-td/ns/ai/sa/chat', ['new-td/ns/ai/sa/chat', 'old-td/ns/ai/sa/chat']],
    ['*-td/ns/ai/sa/chat', ['*-td/ns/ai/sa/chat']],
    ['other/ns/ai/sa/chat', ['other/ns/ai/sa/chat']],
  ])('%s: %j', (principal, expected) => {
    expect([...new Set(withTrustDomains(principal, domains))]).toEqual(
      expected,
    );
  });
});
