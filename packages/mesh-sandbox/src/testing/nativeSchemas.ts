import { constants, Script } from 'vm';
import {
  LoadSchemas,
  schemaModels,
  SchemaModule,
} from '../kubernetes/validation/schemaModels';

/**
 * The schemas for tests that run the API inside of Jest, where a plain `import()` fails: it goes to Jest, which
 * has no ES modules. This one goes to Node.
 */
const nativeImport: (specifier: string) => Promise<SchemaModule> = new Script(
  'specifier => import(specifier)',
  {
    filename: require.resolve('@ai-mesh/mesh-sandbox/package.json'),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  },
).runInThisContext();

/** As {@link schemaModels}, but loaded past Jest. */
export const nativeSchemas: Record<string, LoadSchemas> = Object.fromEntries(
  Object.keys(schemaModels).map(apiVersion => {
    const packageName = apiVersion.startsWith('gateway.')
      ? 'gateway-api'
      : 'istio';
    return [
      apiVersion,
      () => nativeImport(`@kubernetes-models/${packageName}/${apiVersion}`),
    ];
  }),
);
