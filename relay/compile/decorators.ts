// Legacy or standard decorators? TypeScript has a setting for it; models write artifacts without one, so that the code decides.
import type { TypeScriptSettings } from './typescript-settings.ts';

export interface Decorators {
  /** TypeScript's `experimentalDecorators`. */
  legacy: boolean;
  /** Whether a field is defined rather than assigned: TypeScript's `useDefineForClassFields`. */
  defineFields: boolean;
}

// All repetitions are bounded: these are tried on any text.
const decorator = /(?:^|[\s;{}(,])@[A-Za-z_$(]/;
const parameterDecorator =
  /[(,]\s{0,80}@\w{1,80}(?:\([^()\n]{0,200}\))?\s{1,80}(?:private|public|protected|readonly|[\w$]{1,80}\s{0,9}[:?,)])/;
const standardSigns = [
  /(?:^|[\s;{}])accessor[ \t]{1,9}[#$\w[]/,
  /\b(?:Class[A-Z]?\w{0,40})?DecoratorContext\b/,
  /\.addInitializer\(/,
  /\b_?(?:context|ctx)\.kind\b/,
  /\(\s{0,80}\w{1,80}\s{0,9}(?::[^,()]{1,80})?,\s{0,80}_?(?:context|ctx)\s{0,9}(?::[^,()]{1,80})?\)/,
];
const legacySigns = [
  /\b(?:Typed)?PropertyDescriptor\b/,
  /,\s{0,80}_?(?:key|property|propertyKey|prop|name|methodName)\s{0,9}(?::[^,()]{1,80})?,\s{0,80}_?desc\w{0,20}/,
  /\bfrom\s{0,9}['"](?:mobx|lit|lit-element|lit\/decorators|typeorm|inversify|class-validator|class-transformer|@angular\/|tsyringe|type-graphql)/,
];
/** Their decorators put accessors on the prototype, which a defined field would hide. */
const accessorPackages =
  /\bfrom\s{0,9}['"](?:lit|lit-element|@lit\/[\w-]{1,40}|typeorm|@angular\/[\w-]{1,40})(?:\/|['"])/;

export function hasDecorators(source: string): boolean {
  return source.includes('@') && decorator.test(withoutBlockComments(source));
}

/** How a file's code speaks of decorators, if it does. */
export function decoratorSign(source: string): 'legacy' | 'standard' | undefined {
  if (parameterDecorator.test(source) || source.includes('reflect-metadata')) return 'legacy';
  if (standardSigns.some((sign) => sign.test(source))) return 'standard';
  return legacySigns.some((sign) => sign.test(source)) ? 'legacy' : undefined;
}

/**
 * Decides for a file with decorators: the settings, else its own code, else the artifact's other files, where its decorators may
 * be declared; else legacy, which is what most libraries want.
 * @param others the other files of code
 */
export function chooseDecorators(
  source: string,
  others: () => Iterable<string>,
  settings: TypeScriptSettings,
): Decorators {
  if (!hasDecorators(source))
    return { legacy: false, defineFields: settings.useDefineForClassFields ?? true };
  const legacy =
    settings.experimentalDecorators ?? (decoratorSign(source) ?? firstSign(others())) !== 'standard';
  return {
    legacy,
    defineFields: settings.useDefineForClassFields ?? !(legacy && accessorPackages.test(source)),
  };
}

function firstSign(sources: Iterable<string>): 'legacy' | 'standard' | undefined {
  for (const source of sources) {
    const sign = decoratorSign(source);
    if (sign) return sign;
  }
  return undefined;
}

function withoutBlockComments(source: string): string {
  let kept = '';
  for (let from = 0; ; ) {
    const start = source.indexOf('/*', from);
    const end = start < 0 ? -1 : source.indexOf('*/', start + 2);
    if (end < 0) return kept + source.slice(from);
    kept += source.slice(from, start);
    from = end + 2;
  }
}
