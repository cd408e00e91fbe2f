// One row of the popular packages: an artifact that only shows what is expected if the package really works.

/** What has to be seen in the artifact; all that is given must hold. */
export interface Sight {
  /** A CSS selector; default: the artifact's `#out`. */
  in?: string;
  /** Pressed before anything is looked for. */
  press?: string;
  /** Part of the element's text. */
  text?: string | RegExp;
  /** At least so many elements. */
  count?: number;
  /** A computed style of the element. */
  style?: [property: string, value: string | RegExp];
  /** The element's pixels have more than a few colours, or differ from its background. */
  painted?: true;
}

/** A package, or packages that are used together. */
export interface PackageCase {
  /** Name for people and for `-t`; the packages themselves are the keys of `dependencies`. */
  name: string;
  /** Ranges by package, beside react and react-dom 18. */
  dependencies: Record<string, string>;
  /** `/App.tsx`. */
  code: string;
  shows: Sight;
  /** Why this cannot work in a browser or in Sandpack; the row is expected to fail. */
  cannot?: string;
}

/** An artifact that shows the value of one expression, computed when it is evaluated. */
export function computes(imports: string, expression: string): string {
  return `${imports}
const value = ${expression};
export default () => <p id="out">{String(value)}</p>;`;
}

/** An artifact that runs a function on an empty, sized element once it is mounted. */
export function mounts(imports: string, body: string): string {
  return `import { useEffect, useRef } from 'react';
${imports}
export default function App() {
  const ref = useRef(null);
  useEffect(() => {
    const element = ref.current;
    ${body}
  }, []);
  return <div id="out" ref={ref} style={{ width: 400, height: 300 }} />;
}`;
}
