import { KubeObject } from '../../store/KubeObject';
import { ResourceKind } from '../../store/ResourceKind';
import { invalid } from '../status/refusals';
import { ruleCauses } from '../validation/objectRules';
import { SchemaValidator } from '../validation/SchemaValidator';

/** @throws ApiError 422 with every cause */
export function checkValid(
  validator: SchemaValidator,
  kind: ResourceKind,
  object: KubeObject,
): void {
  const { name } = object.metadata;
  if (!name) {
    throw invalid(kind, '', [
      {
        reason: 'FieldValueRequired',
        message: 'Required value: name or generateName is required',
        field: 'metadata.name',
      },
    ]);
  }
  const causes = [...ruleCauses(object), ...validator.causes(object)];
  if (causes.length > 0) {
    throw invalid(kind, name, causes);
  }
}
