import * as api from '@ai-mesh/plugin-ai-mesh-common';
import { z } from 'zod';
import type { ApiOperation } from './ApiOperation';
import type { EntityView } from './EntityView';

type Json = Record<string, unknown>;

const ENTITY_PARAMETERS = [
  ['kind', 'The kind of the entity, such as `component`.'],
  ['namespace', 'The namespace of the entity in the catalog.'],
  ['name', 'The name of the entity.'],
].map(([name, description]) => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string' },
}));

const ERRORS: Record<string, string> = {
  400: 'A parameter or an annotation of the entity cannot be read; the message names it.',
  401: 'No valid credentials.',
  403: 'The entity may be seen, its mesh may not.',
  404: 'The catalog has no such entity that may be seen.',
  429: 'More was asked than `aiMesh.limits` allows; `Retry-After` says when to ask again.',
};

const errorSchema: Json = {
  type: 'object',
  description: 'An error as Backstage answers it.',
  properties: {
    error: {
      type: 'object',
      properties: {
        name: { type: 'string', description: 'Such as `NotFoundError`.' },
        message: { type: 'string', description: 'For a person.' },
        words: {
          type: 'array',
          description:
            'The message for other languages: keys of the catalogue of AI Mesh, and what fills them.',
          items: { type: 'object' },
        },
      },
      required: ['name', 'message'],
    },
    response: {
      type: 'object',
      properties: { statusCode: { type: 'integer' } },
      required: ['statusCode'],
    },
  },
  required: ['error', 'response'],
};

/** Describes the API as OpenAPI 3.1, from the schemas that it is checked with. */
export function openApiDocument(
  views: readonly EntityView[],
  operations: readonly ApiOperation[] = [],
): Json {
  const names = new Map([
    ...views
      .filter(view => !view.mediaTypes)
      .map(view => [view.answer, titleOf(view)] as const),
    ...operations.map(one => [one.answer, one.answerName] as const),
  ]);
  return {
    openapi: '3.1.0',
    info: {
      title: 'AI Mesh',
      version: '1',
      description:
        'The service mesh around the entities of a Backstage catalog. A value that could not be had is absent, with a reason; `sources` say where an answer came from and how old it is.',
    },
    servers: [{ url: '/api/ai-mesh' }],
    security: [{ backstage: [] }],
    paths: pathsOf([
      ...views.map(view => ({
        path: `/v1/entities/{kind}/{namespace}/{name}/${view.path}`,
        method: 'get',
        described: operation(view, names.get(view.answer)),
      })),
      ...operations.map(one => ({ ...one, described: described(one) })),
    ]),
    components: {
      securitySchemes: {
        backstage: {
          type: 'http',
          scheme: 'bearer',
          description: 'A token of Backstage, of a user or a service.',
        },
      },
      schemas: { ...schemas(names), Error: errorSchema },
    },
  };
}

/** @param schema - undefined: the answer is a file */
function operation(view: EntityView, schema: string | undefined): Json {
  return {
    operationId: `read${titleOf(view)}`,
    summary: view.summary,
    parameters: [...ENTITY_PARAMETERS, ...queryParameters(view.request)],
    responses: schema
      ? responses(schema)
      : {
          ...responses('Error'),
          200: {
            description: 'A file.',
            content: Object.fromEntries(
              (view.mediaTypes ?? []).map(type => [
                type,
                { schema: { type: 'string' } },
              ]),
            ),
          },
        },
  };
}

function responses(schema: string, errors: Record<string, string> = {}): Json {
  return {
    200: { description: 'The answer.', ...jsonOf(schema) },
    ...Object.fromEntries(
      Object.entries({ ...ERRORS, ...errors }).map(([status, description]) => [
        status,
        { description, ...jsonOf('Error') },
      ]),
    ),
  };
}

/** Of one path there may be a view and an operation. */
function pathsOf(
  all: readonly { path: string; method: string; described: Json }[],
): Json {
  const paths: Record<string, Json> = {};
  for (const one of all) {
    paths[one.path] = { ...paths[one.path], [one.method]: one.described };
  }
  return paths;
}

function described(one: ApiOperation): Json {
  const { $schema, ...body } = one.body
    ? z.toJSONSchema(one.body, { io: 'input', unrepresentable: 'any' })
    : {};
  return {
    operationId: one.operationId,
    summary: one.summary,
    parameters: [
      ...pathParameters(one.path),
      ...(one.query ? queryParameters(one.query) : []),
    ],
    ...(one.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: body } },
      },
    }),
    responses: responses(one.answerName, one.errors),
  };
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(
    ([, name]) =>
      ENTITY_PARAMETERS.find(parameter => parameter.name === name) ?? {
        name,
        in: 'path',
        required: true,
        schema: { type: 'string' },
      },
  );
}

function queryParameters(request: z.ZodType): Json[] {
  const { properties = {}, required = [] } = z.toJSONSchema(request, {
    io: 'input',
  });
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

function jsonOf(schema: string): Json {
  return {
    content: {
      'application/json': {
        schema: { $ref: `#/components/schemas/${schema}` },
      },
    },
  };
}

/** Schemas that the package exports by name become components, so that generated clients have their names too. */
function schemas(answers: ReadonlyMap<z.ZodType, string>): Json {
  const registry = z.registry<{ id: string }>();
  for (const [schema, id] of answers) {
    registry.add(schema, { id });
  }
  for (const [name, value] of Object.entries(api)) {
    if (
      name.endsWith('Schema') &&
      value instanceof z.ZodType &&
      !registry.has(value)
    ) {
      registry.add(value, { id: capitalised(name.slice(0, -'Schema'.length)) });
    }
  }
  const { schemas: all } = z.toJSONSchema(registry, {
    io: 'output',
    // Schemas of requests may transform what they read; answers do not, and only what they need is kept.
    unrepresentable: 'any',
    uri: id => `#/components/schemas/${id}`,
  });
  return withReferences(all, [...answers.values()]);
}

/** Of all schemas those that the answers need. Where a schema stands tells its name and dialect already. */
function withReferences(all: Json, wanted: readonly string[]): Json {
  const found: Json = {};
  const queue = [...wanted];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (!(id in found)) {
      const { $schema, $id, ...schema } = all[id] as Json;
      found[id] = schema;
      const text = JSON.stringify(schema);
      queue.push(
        ...[...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
          match => match[1],
        ),
      );
    }
  }
  return Object.fromEntries(
    Object.entries(found).sort(([a], [b]) => a.localeCompare(b)),
  );
}

function titleOf(view: EntityView): string {
  return view.path.split(/[/-]/).map(capitalised).join('');
}

function capitalised(name: string): string {
  return `${name[0].toUpperCase()}${name.slice(1)}`;
}
