import { lazy, Suspense } from 'react';
import { screens } from '../../onCall';
import type { PickerProps } from './schemas';

const fields = async () => (await screens()).templateFields();
const LazyServicePicker = lazy(async () => ({
  default: (await fields()).ServicePicker,
}));
const LazyVersionPicker = lazy(async () => ({
  default: (await fields()).VersionPicker,
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
