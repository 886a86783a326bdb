import { KubeObject } from '../../store/KubeObject';

/**
 * Objects as JSON text in the version that was asked for. Stored objects never change, so each is written once
 * and the text shared by every list and watch.
 */
export class ObjectJson {
  private readonly texts = new WeakMap<KubeObject, Map<string, string>>();

  text(object: KubeObject, apiVersion: string): string {
    return this.cached(object, apiVersion, () => inVersion(object, apiVersion));
  }

  /** As an item of a list of a built-in kind, which carries neither `kind` nor `apiVersion`. */
  untypedText(object: KubeObject): string {
    return this.cached(object, '', () => {
      const { apiVersion, kind, ...rest } = object;
      return rest;
    });
  }

  private cached(object: KubeObject, key: string, show: () => object): string {
    const known = this.texts.get(object) ?? new Map<string, string>();
    const text = known.get(key) ?? JSON.stringify(show());
    this.texts.set(object, known.set(key, text));
    return text;
  }
}

/** An object as a version of its kind shows it: the versions that are served differ in nothing but their name. */
export function inVersion(object: KubeObject, apiVersion: string): KubeObject {
  return object.apiVersion === apiVersion ? object : { ...object, apiVersion };
}
