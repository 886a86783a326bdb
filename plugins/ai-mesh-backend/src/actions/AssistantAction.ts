import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import { parseEntityRef } from '@backstage/catalog-model';
import { InputError, NotAllowedError } from '@backstage/errors';
import { z, type AnyZodObject } from 'zod/v3';
import {
  parseEntityRefText,
  readEntityView,
  type AskerLimits,
  type CallerCredentials,
  type CanaryDesk,
  type EntityView,
  type FactsSource,
  type ReadOptions,
} from '../http';
import { worded } from '../worded';
import { present, presentRefusal } from './present';

/** What actions are made of: the same as the routes. */
export interface ActionTools {
  views: readonly EntityView[];
  reading: ReadOptions;
  desk: CanaryDesk;
  limits: Pick<AskerLimits, 'run'>;
  facts: FactsSource['facts'];
}

/** One thing that assistants and other programs can do with AI Mesh. */
export interface AssistantAction<
  Input extends AnyZodObject,
  Answer extends AnyZodObject,
> {
  name: string;
  title: string;
  description: string;
  /** `destructive`: it moves what is in use; `idempotent`: again with the same input, nothing more happens. */
  attributes: {
    readOnly: boolean;
    destructive: boolean;
    idempotent: boolean;
  };
  input: Input;
  /** What of the answer is told. */
  answer: Answer;
  run(
    input: z.output<Input>,
    credentials: CallerCredentials,
    tools: ActionTools,
  ): Promise<unknown>;
}

export const reads = { readOnly: true, destructive: false, idempotent: true };

/** Registers an action: authenticated, within the caller's limits, its answer bounded and marked as data. */
export function registerAction<
  Input extends AnyZodObject,
  Answer extends AnyZodObject,
>(
  registry: ActionsRegistryService,
  tools: ActionTools,
  action: AssistantAction<Input, Answer>,
): void {
  const { name, title, description, attributes } = action;
  registry.register({
    name,
    title,
    description,
    attributes,
    schema: {
      input: () => action.input,
      output: (): AnyZodObject =>
        z.object({
          notice: z.string(),
          shortened: z
            .array(z.string())
            .describe('Where the answer was cut; empty: nowhere'),
          data: action.answer,
        }),
    },
    action: async ({ input, credentials }) => {
      const caller = callerIn(credentials);
      if (!attributes.readOnly) {
        requirePerson(caller, name);
      }
      try {
        const answer = await tools.limits.run(
          caller.principal,
          entityOf(input),
          () => action.run(input, caller, tools),
        );
        return { output: present(action.answer.parse(answer)) };
      } catch (error) {
        throw presentRefusal(error);
      }
    },
  });
}

/** A view of an entity, as its route answers it. */
export function readView(
  path: string,
  entityRef: string,
  query: Record<string, unknown>,
  credentials: CallerCredentials,
  { views, reading }: ActionTools,
): Promise<unknown> {
  const view = views.find(one => one.path === path);
  if (!view) {
    throw new Error(`There is no view '${path}'`);
  }
  return readEntityView(
    view,
    { entityRef: parseEntityRefText(entityRef), query, credentials },
    reading,
  );
}

function callerIn(credentials: BackstageCredentials): CallerCredentials {
  const { principal } = credentials as CallerCredentials;
  if (principal?.type !== 'user' && principal?.type !== 'service') {
    throw worded(NotAllowedError, wording('assistant.signIn'));
  }
  return credentials as CallerCredentials;
}

/**
 * A plugin that passes a service's call on does so in its own name, which may do everything: whoever has a token for the
 * plugin alone would act on production with nobody's permission.
 */
function requirePerson({ principal }: CallerCredentials, name: string): void {
  if (principal.type === 'service' && /^plugin:/.test(principal.subject)) {
    throw worded(
      NotAllowedError,
      wording('assistant.person', { action: name, plugin: principal.subject }),
    );
  }
}

/** Kind, namespace and name of the entity that an input names. */
function entityOf({ entityRef }: Record<string, unknown>) {
  if (typeof entityRef !== 'string') {
    return undefined;
  }
  const { kind, namespace, name } = parseEntityRef(
    parseEntityRefText(entityRef),
  );
  return [kind, namespace, name];
}

/** What an input lacks, where zod's own words would not say what to do. */
export function requireOneOf(
  input: Record<string, unknown>,
  ...names: string[]
): void {
  if (names.filter(name => input[name] !== undefined).length !== 1) {
    throw worded(
      InputError,
      wording('assistant.oneOf', { names: names.join(', ') }),
    );
  }
}
