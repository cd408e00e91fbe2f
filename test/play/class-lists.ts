// Class lists as artifacts have them, every kind of name and variant among them; the same at every run.

const utilities =
  `p-4 px-2.5 -mt-3 m-auto space-x-4 -space-y-2 divide-y divide-dashed gap-x-1.5 w-1/2 w-[37px] min-h-[calc(100vh-4rem)] max-w-prose
  h-screen h-dvh size-6 aspect-video columns-3 grid grid-cols-[200px_minmax(0,1fr)] col-span-2 row-start-3 flex flex-1 basis-1/3 grow-0
  shrink order-first place-items-center content-between self-end justify-self-stretch inset-x-0 -inset-1 top-[7%] z-50 -z-10 float-right
  clear-both isolate object-cover object-[25%_75%] overflow-x-auto overscroll-contain static sr-only invisible box-content table-fixed
  border border-x-2 border-t-[3px] border-red-500/30 border-[#123456] rounded-s-lg rounded-[1.2em] border-spacing-2 outline outline-2
  -outline-offset-4 ring ring-offset-2 ring-blue-300/[.45] ring-inset shadow-lg shadow-cyan-500/50 shadow-[0_0_3px_red] drop-shadow
  bg-white bg-slate-900/75 bg-[url(/a.png)] bg-[length:200px_100px] bg-[color:var(--c)] bg-gradient-to-br from-indigo-500 from-10%
  via-[#fff]/20 to-pink-500 to-90% bg-clip-text bg-fixed bg-blend-multiply mix-blend-screen opacity-60 opacity-[.33] text-lg/7
  text-[13px] text-[color:red] text-center text-balance text-current text-black/50 font-bold font-['Inter'] italic tracking-tight
  leading-[1.1] line-clamp-3 underline decoration-wavy decoration-sky-500/40 underline-offset-4 uppercase truncate whitespace-pre
  break-words hyphens-auto indent-8 align-middle list-disc list-image-none content-['x'] antialiased tabular-nums ordinal slashed-zero
  blur-sm brightness-125 -hue-rotate-30 backdrop-blur backdrop-saturate-150 grayscale invert sepia animate-spin animate-[wiggle_1s]
  transition transition-colors duration-150 ease-in-out delay-[75ms] translate-x-1/2 -translate-y-full rotate-45 -skew-x-6 scale-95
  origin-top-left transform-gpu cursor-pointer select-none resize-y snap-x snap-mandatory touch-pan-x will-change-transform
  accent-pink-500 caret-blue-500 appearance-none fill-current stroke-2 scroll-mt-4 pointer-events-none [tab-size:3]
  [mask-image:linear-gradient(black,transparent)] [--x:1px] container prose-x no-such-class forced-color-adjust-none`.split(
    /\s+/,
  );

const variants =
  `hover focus-within focus-visible active disabled first last odd even empty only-child first-of-type before after placeholder file
  marker selection first-line backdrop group-hover group-focus/item peer-checked peer-disabled/name group-[.is-open] peer-[&:nth-child(3)]
  group-has-[a] has-[:checked] sm md lg 2xl max-md min-[500px] max-[700px] dark rtl ltr print portrait motion-safe motion-reduce
  contrast-more aria-checked aria-[sort=ascending] group-aria-expanded data-[state=open] group-data-[x=y] supports-[display:grid]
  supports-[backdrop-filter] [&>p] [&_a:hover] [@media(min-width:3px)] open checked visited target read-only in-range autofill * not-x
  required invalid`.split(/\s+/);

/**
 * @param seed other lists for each; `prefix`, `separator`: as Tailwind is configured
 * @returns so many lists of one to eight names
 */
export function makeClassLists(
  count: number,
  { seed = 1, prefix = '', separator = ':' }: { seed?: number; prefix?: string; separator?: string } = {},
): string[] {
  let state = 20_240_917 * seed;
  const pick = <T>(from: readonly T[]): T => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return from[Math.floor((state / 2_147_483_648) * from.length)] as T;
  };
  const name = (): string => {
    const chosen = Array.from({ length: pick([0, 0, 0, 1, 1, 2]) }, () => `${pick(variants)}${separator}`);
    const utility = pick(utilities).replace(/^(-?)(?!\[)/, `$1${prefix}`);
    return chosen.join('') + pick(['', '', '', '', '', '!']) + utility;
  };
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + pick([...Array(8).keys()]) }, name).join(' '),
  );
}
