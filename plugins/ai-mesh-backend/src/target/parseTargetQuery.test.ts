import { parseTargetQuery } from './parseTargetQuery';

function parse(annotations: Record<string, string> | undefined) {
  return parseTargetQuery(
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'chat', annotations },
    },
    ['eu'],
  );
}

describe('parseTargetQuery', () => {
  it.each([[undefined], [{}], [{ 'backstage.io/techdocs-ref': 'dir:.' }]])(
    'says which annotations there are to %j',
    annotations => {
      expect(() => parse(annotations)).toThrow(
        expect.objectContaining({
          name: 'NotFoundError',
          message: expect.stringContaining(
            'one of the annotations ai-mesh.io/service, backstage.io/kubernetes-label-selector, backstage.io/kubernetes-id',
          ),
        }),
      );
    },
  );

  it.each<[string, string, string]>([
    ['ai-mesh.io/service', 'chat', '"chat" is not [cluster/]namespace/name'],
    ['ai-mesh.io/service', 'a/b/c/d', '"a/b/c/d" is not'],
    ['ai-mesh.io/service', 'ai/chat,', '"" is not'],
    ['ai-mesh.io/service', ' ', '"" is not'],
    ['ai-mesh.io/service', 'ai/', '"" cannot be the name'],
    ['ai-mesh.io/service', 'ai/ch"at', '"ch\\"at" cannot be the name'],
    ['ai-mesh.io/service', 'ai/chat\nx', '"chat\\nx" cannot be the name'],
    ['ai-mesh.io/service', 'ai/{}', '"{}" cannot be the name'],
    ['ai-mesh.io/service', '../../chat', '".." cannot be the name'],
    [
      'ai-mesh.io/service',
      'us/ai/chat',
      'there is no cluster "us"; configured are eu',
    ],
    [
      'backstage.io/kubernetes-label-selector',
      'app="x"',
      '"app=\\"x\\"" is no condition on a label',
    ],
    ['backstage.io/kubernetes-id', 'a b', '"a b" cannot be the value'],
    ['backstage.io/kubernetes-id', '"}', 'cannot be the value of a label'],
  ])('refuses %s: %j', (annotation, value, message) => {
    const attempt = () => parse({ [annotation]: value });
    expect(attempt).toThrow(expect.objectContaining({ name: 'InputError' }));
    expect(attempt).toThrow(
      `The annotation ${annotation} of component:default/chat cannot be used: `,
    );
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(`A right one: ${annotation}: `);
  });

  it.each<[string, string, string]>([
    [
      'backstage.io/kubernetes-namespace',
      'A_b',
      '"A_b" cannot be the name of a namespace',
    ],
    [
      'backstage.io/kubernetes-cluster',
      'us',
      'there is no cluster "us"; configured are eu',
    ],
  ])('refuses %s: %j beside an id', (annotation, value, message) => {
    const attempt = () =>
      parse({
        'backstage.io/kubernetes-id': 'chat',
        [annotation]: value,
      });
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(`The annotation ${annotation} of`);
  });
});
