// Files that are no code, as modules: a stylesheet adds itself to the page, JSON is its content, an image or the like its address.
import { extname } from 'node:path';
import type { PackageFolder } from '../sources/entry-points.ts';
import { isAsset } from '../sources/package-asset.ts';
import { buildStylesheet } from '../sources/stylesheet.ts';
import { addressFrom } from './es-output.ts';
import { dataModulePath, type Env, EsBuildError, type EsFile } from './es-package.ts';
import { readSource } from './es-plugin.ts';
import { placeFile } from './placed-file.ts';
import { ExportCollector } from './source-facts.ts';

/** @throws EsBuildError when browsers have no module for such a file */
export async function dataModule(folder: PackageFolder, file: string, env: Env): Promise<EsFile> {
  const path = dataModulePath(file);
  const extension = extname(file);
  if (extension === '.json') {
    const { names } = await new ExportCollector(folder, env).facts(file);
    const picked = names.map((name, index) => `n${index} as ${name}`);
    const values = names.map((name, index) => `${JSON.stringify(name)}:n${index}`);
    const text = `const m=${JSON.stringify(JSON.parse(await readSource(folder, file)))};export default m;export{m as "module.exports"};`;
    return placeFile(
      names.length > 0 ? `${text}const{${values.join()}}=m;export{${picked.join()}};` : text,
      path,
    );
  }
  if (extension === '.css') {
    const css = (await buildStylesheet(folder, file)) ?? (await readSource(folder, file));
    const add =
      'if(typeof document<"u"){const e=document.createElement("style");e.textContent=css;document.head.append(e)}';
    return placeFile(`const css=${JSON.stringify(css)};${add}export default css;`, path);
  }
  if (isAsset(extension)) return placeFile(`export default ${addressFrom(path)(file)};`, path);
  throw new EsBuildError(`${file} is no JavaScript, JSON, stylesheet or image`);
}
