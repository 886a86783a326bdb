import {
  type FieldExtensionComponentProps,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';

/** Which other fields of the form a picker reads, by their names. */
export interface PickerOptions {
  /** That of the entity; `entityRef` unless given. */
  entityField?: string;
  /** That of the service, for picking a version; `service` unless given. */
  serviceField?: string;
}

/** A field of a template's form that holds a name. */
export type PickerProps = FieldExtensionComponentProps<string, PickerOptions>;

/** A service of an entity, as `ai-mesh:canary:request` takes it. */
export const servicePickerSchema = makeFieldSchema({
  output: z => z.string().describe('cluster/namespace/name'),
  uiOptions: z =>
    z.object({
      entityField: z
        .string()
        .optional()
        .describe('The field that has the entity; entityRef unless given'),
    }),
});

/** A version of a service, as `ai-mesh:canary:request` takes it. */
export const versionPickerSchema = makeFieldSchema({
  output: z => z.string().describe('Its label'),
  uiOptions: z =>
    z.object({
      entityField: z
        .string()
        .optional()
        .describe('The field that has the entity; entityRef unless given'),
      serviceField: z
        .string()
        .optional()
        .describe(
          "The field that has the service; service unless given. Without any, the entity's only one",
        ),
    }),
});
