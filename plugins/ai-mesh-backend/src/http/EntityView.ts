import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { z } from 'zod';
import type { Target } from '../target/Target';

/** A file for a person to keep. */
export type Download = z.output<typeof downloadSchema>;

/** What a view is asked for, once the reader is known to be allowed to see the entity. */
export interface ViewContext {
  entity: Entity;
  target: Target;
  credentials: BackstageCredentials;
  /** The moment that is asked about. */
  now: Date;
  /** Whether that has passed: what is kept of the present must neither answer, nor be replaced. */
  isPast: boolean;
}

/** One thing that can be read of an entity: `GET /v1/entities/:kind/:namespace/:name/<path>`. */
export interface EntityView<
  Request extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  /** The last element of its path. */
  path: string;
  /** In one sentence, for the API's documentation. */
  summary: string;
  /** The query's parameters. */
  request: Request;
  answer: Answer;
  /** Whether a System has it, of what its components have. */
  ofSystems?: boolean;
  /** For a view whose answer is a {@link Download}: the kinds of file that it may be. */
  mediaTypes?: readonly string[];
  /**
   * What an answer of the present is made of besides the entity, what the cluster shows and what its reader may see, as
   * one text: another text is another answer. Undefined where that cannot be told, and an answer is made for each reader.
   */
  madeOf?(
    request: z.output<Request>,
    target: Target,
  ): Promise<string | undefined>;
  read(
    request: z.output<Request>,
    context: ViewContext,
  ): Promise<z.output<Answer>>;
}

/** Keeps a view's types where it is defined, and forgets them for whoever serves it. */
export function entityView<Request extends z.ZodType, Answer extends z.ZodType>(
  view: EntityView<Request, Answer>,
): EntityView {
  return {
    ...view,
    ...(view.madeOf && {
      madeOf: (request, target) =>
        view.madeOf!(request as z.output<Request>, target),
    }),
    read: (request, context) =>
      view.read(request as z.output<Request>, context),
  };
}

/** The answer of a view that is a file. */
export const downloadSchema = z.object({
  fileName: z.string(),
  mediaType: z.string(),
  content: z.string(),
});
