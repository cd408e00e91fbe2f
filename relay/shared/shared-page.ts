// What the page of a published component is told. Shapes only.
import type { NativeFile } from './native.ts';

/** The argument of `previewKitPage`, which a file of the share calls when its packages are there. */
export interface SharedPage {
  answer: {
    /** Path of the file that runs first. */
    entry: string;
    files: Record<string, NativeFile>;
    /** Bare specifiers that modules at addresses may ask the page for. */
    pageImports: string[];
    packages: { roots: Record<string, string>; missing: Record<string, string> };
  };
  /** Text of `/public/index.html`. */
  html?: string;
  title: string;
  /** Of a page whose files may run in workers: the script that runs them there, and the packages'. Paths. */
  worker?: { script: string; packs: string[] };
  /** Whether Tailwind's styles are there, for the Play CDN to take over. */
  hasTailwind: boolean;
}
