import {
  canaryDetailsSchema,
  canaryListSchema,
  canaryOptionsSchema,
  canaryPreviewSchema,
  canarySchema,
  canaryTransitionSchema,
  canaryTransitionsSchema,
  manyWordsSchema,
  serviceRefSchema,
  type ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import { isError } from '@backstage/errors';
import { z } from 'zod';
import type { VeilNeighbours, VeilSubject } from '../veilNeighbours';
import type { CallerCredentials } from './CanaryAccess';
import { CanaryDesk, type CanaryDeskOptions } from './CanaryDesk';

/** What a canary is about, in answers about one and about several. */
const LISTS = ['canaries', 'services', 'others'] as const;

/** What a refusal says, and what it brings along. */
const refusalSchema = z.object({
  message: z.string(),
  words: manyWordsSchema.optional(),
  preflight: canaryPreviewSchema.optional(),
  canary: canarySchema.optional(),
  since: z.array(canaryTransitionSchema).optional(),
});

/** A desk whose answers and refusals name no neighbour whose entity the caller may not see. */
export class VeiledCanaryDesk extends CanaryDesk {
  readonly #veil: VeilNeighbours;

  constructor(options: CanaryDeskOptions, veil: VeilNeighbours) {
    super(options);
    this.#veil = veil;
  }

  override ofEntity(...asked: Parameters<CanaryDesk['ofEntity']>) {
    return this.#told(super.ofEntity(...asked), asked[2], canaryListSchema);
  }

  override list(...asked: Parameters<CanaryDesk['list']>) {
    return this.#told(super.list(...asked), asked[2], canaryListSchema);
  }

  override options(...asked: Parameters<CanaryDesk['options']>) {
    return this.#told(super.options(...asked), asked[1], canaryOptionsSchema);
  }

  override preview(...asked: Parameters<CanaryDesk['preview']>) {
    return this.#told(
      super.preview(...asked),
      asked[1],
      canaryPreviewSchema,
      asked[0],
    );
  }

  override async request(...asked: Parameters<CanaryDesk['request']>) {
    const [readInput, credentials, way] = asked;
    let input: unknown;
    const { canary, created } = await super
      .request(
        async () => {
          input = await readInput();
          return input;
        },
        credentials,
        way,
      )
      .catch(error => this.#refused(error, credentials, input));
    return {
      canary: await this.#veil(
        canary,
        subjectOf([canary]),
        credentials,
        canarySchema,
      ),
      created,
    };
  }

  override details(...asked: Parameters<CanaryDesk['details']>) {
    return this.#told(super.details(...asked), asked[1], canaryDetailsSchema);
  }

  override transitions(...asked: Parameters<CanaryDesk['transitions']>) {
    return this.#told(
      super.transitions(...asked),
      asked[2],
      canaryTransitionsSchema,
    );
  }

  override act(...asked: Parameters<CanaryDesk['act']>) {
    return this.#told(super.act(...asked), asked[2], canarySchema);
  }

  async #told<Answer>(
    work: Promise<Answer>,
    credentials: CallerCredentials,
    schema: z.ZodType,
    input?: unknown,
  ): Promise<Answer> {
    const answer = await work.catch(error =>
      this.#refused(error, credentials, input),
    );
    return this.#veil(answer, subjectOf([answer, input]), credentials, schema);
  }

  /** A refusal says what a preflight found. */
  async #refused(
    error: unknown,
    credentials: CallerCredentials,
    input: unknown,
  ): Promise<never> {
    if (isError(error)) {
      const { message, words, preflight, canary, since } =
        error as typeof error & Partial<z.infer<typeof refusalSchema>>;
      Object.assign(
        error,
        await this.#veil(
          defined({ message, words, preflight, canary, since }),
          subjectOf([input, canary]),
          credentials,
          refusalSchema,
        ),
      );
    }
    throw error;
  }
}

/** Of an error that has them: a field that it lacks is not given to it. */
function defined<T extends object>(fields: T): T {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as T;
}

function subjectOf(parts: readonly unknown[]): VeilSubject {
  return {
    clusters: parts.flatMap(servicesIn).map(({ cluster, namespace, name }) => ({
      cluster: { name: cluster },
      services: [{ namespace, name }],
      workloads: [],
    })),
  };
}

function servicesIn(part: unknown): ServiceRef[] {
  if (typeof part !== 'object' || part === null) {
    return [];
  }
  const answer = part as Record<string, unknown>;
  const one = serviceRefSchema.safeParse(answer.service);
  return [
    ...(one.success ? [one.data] : []),
    ...LISTS.flatMap(key => {
      const list = answer[key];
      return Array.isArray(list) ? list.flatMap(servicesIn) : [];
    }),
  ];
}
