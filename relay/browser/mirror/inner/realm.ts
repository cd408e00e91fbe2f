// What the parts of the script for inner documents share.
import type { InnerConfig } from '../../../shared/mirror-config.ts';
import { type InnerTexts, innerCall } from './inner-texts.ts';

/** One window or worker. */
export interface Realm {
  /** Whether the service worker answers its requests. */
  isControlled: boolean;
  texts: InnerTexts;
  /** To be called when the window shows another document. */
  enter(): void;
}

/** Where a window keeps its {@link Realm}; the same in all of them. */
export const realmKey: unique symbol = Symbol.for('preview-kit:realm') as never;

/** The parameter of the function that the build puts around these files, and the function itself. */
declare const previewKitConfig: InnerConfig;
declare function previewKitInner(config: InnerConfig): void;

export const config = previewKitConfig;

/** The script itself, for a document or worker that comes of this one. */
export const innerSource = (): string => innerCall(String(previewKitInner), config);

/** Replaces a method by one that has the original. */
export function replaceMethod<Holder extends object>(
  holder: Holder | undefined,
  name: string,
  make: (original: (...given: unknown[]) => unknown) => (this: unknown, ...given: unknown[]) => unknown,
): void {
  const original = (holder as Record<string, unknown> | undefined)?.[name];
  if (typeof original !== 'function') return;
  const value = make(original as (...given: unknown[]) => unknown);
  Object.defineProperty(value, 'name', { value: name });
  Object.defineProperty(holder, name, { value, configurable: true, writable: true, enumerable: true });
}

/** Has what is assigned to a property go through `change` first. */
export function replaceSetter<Holder extends object>(
  holder: Holder | undefined,
  name: string,
  set: (target: never, value: unknown, original: (value: unknown) => void) => void,
): void {
  const own = holder && Object.getOwnPropertyDescriptor(holder, name);
  const original = own?.set;
  if (!own || !original) return;
  Object.defineProperty(holder, name, {
    ...own,
    set(value: unknown) {
      set(this as never, value, (changed) => original.call(this, changed));
    },
  });
}
