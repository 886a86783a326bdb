import { KubeObject } from '../../store/KubeObject';
import { StatusCause } from '../status/ApiError';
import { SchemaError, schemaCauses } from './schemaCauses';
import { LoadSchemas, schemaModels, SchemaModule } from './schemaModels';

interface SchemaModel {
  new (content: object): { validate(): void };
}

/** Checks objects of Istio's and the Gateway API's kinds against the schemas of their CustomResourceDefinitions. */
export class SchemaValidator {
  private readonly modules = new Map<string, SchemaModule>();

  /** @param schemas - how to load each API version's models; the generated packages by default */
  constructor(
    private readonly schemas: Readonly<
      Record<string, LoadSchemas>
    > = schemaModels,
  ) {}

  /** Loads the schemas of an API version, so that {@link SchemaValidator.causes} can tell. */
  async load(apiVersion: string): Promise<void> {
    const load = this.schemas[apiVersion];
    if (load && !this.modules.has(apiVersion)) {
      this.modules.set(apiVersion, await load());
    }
  }

  /** What is wrong with an object; nothing for a kind without a schema. */
  causes(object: KubeObject): StatusCause[] {
    const Model = this.modelOf(object);
    if (!Model) {
      return [];
    }
    try {
      new Model(object).validate();
      return [];
    } catch (error) {
      const { errors } = error as { errors?: SchemaError[] };
      if (!errors) {
        throw error;
      }
      return schemaCauses(errors, object);
    }
  }

  private modelOf({ apiVersion, kind }: KubeObject): SchemaModel | undefined {
    if (!this.schemas[apiVersion]) {
      return undefined;
    }
    const module = this.modules.get(apiVersion);
    if (!module) {
      throw new Error(`the schemas of ${apiVersion} have not been loaded`);
    }
    return module[kind] as SchemaModel | undefined;
  }
}
