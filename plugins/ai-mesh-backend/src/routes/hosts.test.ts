import { fullHost, hostSpecificity, serviceOfHost } from './hosts';

describe('a host', () => {
  it.each([
    ['chat', 'chat.ai.svc.cluster.local'],
    ['Chat', 'chat.ai.svc.cluster.local'],
    ['chat.other', 'chat.other'],
    ['chat.other.svc.cluster.local', 'chat.other.svc.cluster.local'],
    ['*', '*'],
    ['*.other.svc.cluster.local', '*.other.svc.cluster.local'],
    ['10.1.2.3', '10.1.2.3'],
    ['::1', '::1'],
  ])('written %s in namespace ai is %s', (written, full) => {
    expect(fullHost(written, 'ai', 'cluster.local')).toBe(full);
  });

  it.each([
    ['chat.ai.svc.cluster.local', Infinity],
    ['*.ai.svc.cluster.local', '*.ai.svc.cluster.local'.length],
    ['*.svc.cluster.local', '*.svc.cluster.local'.length],
    ['*', 1],
    ['*.other.svc.cluster.local', 0],
    ['chat.ai', 0],
    ['', 0],
  ])('is named by %s with specificity %p', (pattern, specificity) => {
    expect(hostSpecificity(pattern, 'chat.ai.svc.cluster.local')).toBe(
      specificity,
    );
  });

  it.each([
    ['chat.ai.svc.cluster.local', { namespace: 'ai', name: 'chat' }],
    ['pod.chat.ai.svc.cluster.local', undefined],
    ['*.ai.svc.cluster.local', undefined],
    ['api.example.com', undefined],
  ])('%s names the Service %p', (host, service) => {
    expect(serviceOfHost(host, 'cluster.local')).toEqual(service);
  });
});
