import { parseValidations } from './parseValidations';

describe('parseValidations', () => {
  it('reads checks by kind and object', async () => {
    expect(
      await parseValidations({
        resources: {},
        validations: {
          'networking.istio.io/v1, Kind=VirtualService': {
            'chat.ai': {
              name: 'chat',
              namespace: 'ai',
              cluster: 'east',
              valid: false,
              checks: [
                {
                  code: 'KIA1107',
                  message: 'Subset not found',
                  severity: 'warning',
                  path: 'spec/http[0]/route[0]/destination',
                },
                { message: 'remark', severity: 'unknown', path: '' },
              ],
              references: null,
            },
          },
        },
      }),
    ).toEqual([
      {
        gvk: 'networking.istio.io/v1, Kind=VirtualService',
        name: 'chat',
        namespace: 'ai',
        valid: false,
        checks: [
          {
            code: 'KIA1107',
            severity: 'warning',
            message: 'Subset not found',
            path: 'spec/http[0]/route[0]/destination',
          },
          { severity: 'info', message: 'remark' },
        ],
      },
    ]);
  });

  it('reads what versions before 2.0 wrote', async () => {
    expect(
      await parseValidations({
        virtualServices: [],
        validations: {
          virtualservice: { 'my.chat.ai': { valid: true, checks: null } },
        },
      }),
    ).toEqual([
      {
        gvk: 'networking.istio.io/v1beta1, Kind=VirtualService',
        name: 'my.chat',
        namespace: 'ai',
        valid: true,
        checks: [],
      },
    ]);
  });

  it.each([{}, { validations: null }, { validations: { x: null } }])(
    'finds nothing in %j',
    async json => {
      expect(await parseValidations(json)).toEqual([]);
    },
  );
});
