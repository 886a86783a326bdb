import { lazy, Suspense } from 'react';
import { partOnCall } from '../../partOnCall';
import type { PickerProps } from './schemas';

const LazyServicePicker = lazy(async () => ({
  default: await partOnCall(
    async hub => (await hub.templateFields()).ServicePicker,
  ),
}));
const LazyVersionPicker = lazy(async () => ({
  default: await partOnCall(
    async hub => (await hub.templateFields()).VersionPicker,
  ),
}));

/** {@link ServicePicker}, whose code is loaded when a form shows it. */
export function ServicePickerOnCall(field: PickerProps) {
  return (
    <Suspense fallback={null}>
      <LazyServicePicker {...field} />
    </Suspense>
  );
}

/** {@link VersionPicker}, whose code is loaded when a form shows it. */
export function VersionPickerOnCall(field: PickerProps) {
  return (
    <Suspense fallback={null}>
      <LazyVersionPicker {...field} />
    </Suspense>
  );
}
