// Compiles a file that is no code: data, text, images, fonts. Sandpack's files are text, so an image that is not SVG comes as a data:
// URL or not at all.
import mime from 'mime';
import { callEsbuild } from '../esbuild/esbuild-call.ts';
import {
  type FileResult,
  leftToBundler,
  plainFile,
  problemsOf,
  problemWith,
  timeoutMs,
} from './file-result.ts';
import { refuseNesting } from './nesting.ts';

const texts = /\.(?:txt|md|mdx|html?|csv|tsv|xml|ya?ml|glsl|vert|frag|wgsl|graphql|gql|sql|srt|vtt)$/;
const assets =
  /\.(?:png|jpe?g|gif|webp|avif|bmp|ico|apng|woff2?|ttf|otf|eot|mp3|wav|ogg|mp4|webm|pdf|wasm|glb|gltf|bin)$/;
const preprocessed: Record<string, string> = { scss: 'Sass', sass: 'Sass', less: 'Less', styl: 'Stylus' };

/** @param query what comes after the path in an import */
export async function compileAsset(
  path: string,
  source: string,
  query: string | undefined,
): Promise<FileResult> {
  if (query === 'raw') return plainFile(exportDefault(source));
  if (query === 'url') return plainFile(exportDefault(dataUrl(path, source)));
  if (path.endsWith('.json')) return compileJson(path, source);
  if (path.endsWith('.svg')) {
    return plainFile(exportDefault(dataUrl(path, source)) + svgComponent(source), { imports: ['react'] });
  }
  if (texts.test(path)) return plainFile(exportDefault(source));
  if (assets.test(path)) return plainFile(exportDefault(dataUrl(path, source)));
  const extension = /\.(\w+)$/.exec(path)?.[1] ?? '';
  const language = preprocessed[extension];
  if (language) return leftToBundler(path, `${language} is compiled by the bundler only.`);
  return problemWith(
    path,
    `Files ${extension ? `of the type .${extension}` : 'without an extension'} cannot be imported in previews.`,
  );
}

/** A file's content as an address of its own. What is one already stays as it is. */
export function dataUrl(path: string, source: string): string {
  const content = source.trim();
  if (content.startsWith('data:')) return content;
  const type = mime.getType(path) ?? 'application/octet-stream';
  return `data:${type};base64,${Buffer.from(source).toString('base64')}`;
}

/** The value itself, so that `require`, default and named imports all find it. */
async function compileJson(path: string, source: string): Promise<FileResult> {
  const text = source.replace(/^\uFEFF/, '');
  try {
    JSON.parse(text);
    return plainFile(`module.exports=JSON.parse(${JSON.stringify(text)});`);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const nested = refuseNesting(source);
  if (nested) return problemWith(path, nested);
  try {
    await callEsbuild({ what: path, timeoutMs }, ({ transform }) =>
      transform(source, { loader: 'json', logLevel: 'silent' }),
    );
  } catch (error) {
    return problemsOf(error, () => path);
  }
  return problemWith(path, 'This is not JSON.');
}

function exportDefault(value: string): string {
  return `Object.defineProperty(exports,"__esModule",{value:true});exports.default=${JSON.stringify(value)};`;
}

/** The picture as create-react-app exports it: an element that takes properties, and the colour of the text around it. */
function svgComponent(source: string): string {
  const start = source.search(/<svg\b/);
  const opened = source.indexOf('>', start) + 1;
  const attributes = source.slice(start, opened);
  const content = source.slice(opened, source.lastIndexOf('</svg>'));
  const properties = Object.fromEntries(
    [...attributes.matchAll(/([\w:-]{1,60})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)')/g)]
      .filter(([, name]) => name !== 'style')
      .map(([, name = '', double, single]) => [propertyName(name), double ?? single ?? '']),
  );
  const fixed = `${JSON.stringify(properties)},props,{dangerouslySetInnerHTML:{__html:${JSON.stringify(content)}}}`;
  return `exports.ReactComponent=function ReactComponent(props){return require("react").createElement("svg",Object.assign({},${fixed}))};`;
}

function propertyName(attribute: string): string {
  if (attribute === 'class') return 'className';
  if (/^(?:aria|data)-/.test(attribute)) return attribute;
  return attribute.replace(/[:-](\w)/g, (_, letter: string) => letter.toUpperCase());
}
