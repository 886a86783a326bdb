import type { AiMeshCanaryApi } from '@ai-mesh/plugin-ai-mesh-common';
import {
  ScaffolderFieldExtensions,
  SecretsContextProvider,
  useCustomFieldExtensions,
} from '@backstage/plugin-scaffolder-react';
import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  AiMeshServicePickerFieldExtension,
  AiMeshVersionPickerFieldExtension,
} from '../../plugin';
import { canaryOptions, demoCanaries, refusal } from '../../__testUtils__';
import { aiMeshCanaryApiRef } from '../../api';

const entityRef = 'component:default/ai-chat-service';
const [chat] = canaryOptions().services;
const search = {
  ...chat,
  service: { ...chat.service, name: 'search' },
  versions: [{ version: { subset: 'next' }, label: 'next' }],
};

/** As a portal of the legacy frontend system has them: below the page of templates. */
const outlet = (
  <ScaffolderFieldExtensions>
    <AiMeshServicePickerFieldExtension />
    <AiMeshVersionPickerFieldExtension />
  </ScaffolderFieldExtensions>
);

function TemplateForm(props: {
  fields: string[];
  answers: Record<string, string>;
  onCreate(answers: unknown): Promise<void>;
}) {
  const extensions = useCustomFieldExtensions(outlet);
  const properties = {
    entityRef: { title: 'Entity', type: 'string' },
    service: {
      title: 'Which service',
      type: 'string',
      'ui:field': 'AiMeshServicePicker',
    },
    canary: {
      title: 'Which version',
      type: 'string',
      'ui:field': 'AiMeshVersionPicker',
    },
  };
  return (
    <SecretsContextProvider>
      <Stepper
        extensions={extensions as never}
        initialState={props.answers}
        onCreate={props.onCreate}
        manifest={{
          title: 'Roll out',
          steps: [
            {
              title: 'What',
              schema: {
                type: 'object',
                required: props.fields,
                properties: Object.fromEntries(
                  Object.entries(properties).filter(([name]) =>
                    ['entityRef', ...props.fields].includes(name),
                  ),
                ),
              },
            },
          ],
        }}
      />
    </SecretsContextProvider>
  );
}

async function show(
  canaryOptionsOf: AiMeshCanaryApi['canaryOptions'],
  answers: Record<string, string> = { entityRef },
  fields: string[] = ['canary'],
) {
  const onCreate = jest.fn().mockResolvedValue(undefined);
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [
          aiMeshCanaryApiRef,
          demoCanaries({ canaryOptions: jest.fn(canaryOptionsOf) }),
        ],
      ]}
    >
      <TemplateForm {...{ answers, fields, onCreate }} />
    </TestApiProvider>,
  );
  return {
    /** What the template is started with. */
    create: async () => {
      await userEvent.click(screen.getByRole('button', { name: 'Review' }));
      await userEvent.click(
        await screen.findByRole('button', { name: 'Create' }),
      );
      await waitFor(() => expect(onCreate).toHaveBeenCalled());
      return onCreate.mock.calls[0][0];
    },
  };
}

// The form scrolls to its top at each step, which jsdom cannot.
beforeEach(() => jest.spyOn(window, 'scrollTo').mockImplementation());

const asked = async () => canaryOptions();
const menu = (label: string) =>
  screen.findByRole('button', { name: new RegExp(`^${label}`) });

async function choose(label: string, option: string) {
  await userEvent.click(await menu(label));
  await userEvent.click(
    within(await screen.findByRole('listbox')).getByRole('option', {
      name: option,
    }),
  );
}

describe('the fields of templates', () => {
  it('offer the entity’s versions with their shares, and take the one that is chosen', async () => {
    const form = await show(asked);
    await choose('Which version', 'v2 · 10% of the traffic now');
    expect(await form.create()).toEqual({ entityRef, canary: 'v2' });
  });

  it('ask for the entity first', async () => {
    await show(asked, {});
    expect(await screen.findByText('Choose the entity first.')).toBeVisible();
  });

  it('choose the only service by themselves', async () => {
    const form = await show(asked, { entityRef }, ['service', 'canary']);
    expect(await menu('Which service')).toHaveTextContent(
      'demo/ai-services/ai-chat-service',
    );
    await choose('Which version', 'v1 · 90% of the traffic now');
    expect(await form.create()).toEqual({
      entityRef,
      service: 'demo/ai-services/ai-chat-service',
      canary: 'v1',
    });
  });

  it('offer the versions of the service that is chosen, among several', async () => {
    await show(
      async () => canaryOptions({ services: [chat, search] }),
      { entityRef },
      ['service', 'canary'],
    );
    expect(
      await screen.findByText(
        'The entity has several services: choose one first.',
      ),
    ).toBeVisible();
    await choose('Which service', 'demo/ai-services/search');
    await choose('Which version', 'next · 0% of the traffic now');
  });

  it('take back what is not there any more, and say so', async () => {
    await show(asked, { entityRef, canary: 'v9' });
    expect(
      await screen.findByText('v9 is not there (any more): choose another.'),
    ).toBeVisible();
  });

  it('keep what was chosen while a cluster does not answer, and say so', async () => {
    const form = await show(
      async () =>
        canaryOptions({
          sources: [
            { name: 'kubernetes', cluster: 'demo', status: 'unreachable' },
          ],
        }),
      { entityRef, canary: 'v9' },
    );
    expect(
      await screen.findByText(
        'Not every cluster answers: what runs in the others is not offered.',
      ),
    ).toBeVisible();
    expect(await form.create()).toEqual({ entityRef, canary: 'v9' });
  });

  it('are written by hand where the mesh cannot be asked', async () => {
    const form = await show(async () => {
      throw await refusal(403, { name: 'NotAllowedError', message: 'No' });
    });
    const field = await screen.findByRole('textbox', {
      name: /^Which version/,
    });
    expect(field).toHaveAccessibleDescription(
      /could not be asked: You may not see this entity’s mesh/,
    );
    await userEvent.type(field, 'v2');
    expect(await form.create()).toEqual({ entityRef, canary: 'v2' });
  });

  it('say why an entity has nothing to choose from', async () => {
    await show(
      async () =>
        canaryOptions({
          services: [{ ...chat, routes: [], message: 'Nothing routes to it.' }],
        }),
      { entityRef },
      ['service'],
    );
    expect(await screen.findByText('Nothing routes to it.')).toBeVisible();
  });
});
