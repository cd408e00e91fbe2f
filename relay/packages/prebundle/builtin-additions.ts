// What Node's built-in modules have by now and their replacements for browsers (sources/node-builtins.ts) do not: code that is
// appended to a replacement's built entry and works on its `module.exports`. It only adds; nothing that is there changes.

/** Web Crypto answers what is new, synchronously where it can. */
const crypto = `(e=>{
const web=globalThis.crypto,bytesOf=(v)=>new Uint8Array(v.buffer??v,v.byteOffset??0,v.byteLength);
e.webcrypto??=web;e.subtle??=web?.subtle;e.getRandomValues??=(a)=>web.getRandomValues(a);
e.randomUUID??=()=>{const b=web.getRandomValues(new Uint8Array(16));b[6]=b[6]&15|64;b[8]=b[8]&63|128;
return[...b].map((n)=>n.toString(16).padStart(2,"0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/,"$1-$2-$3-$4-")};
e.randomInt??=(min,max,done)=>{if(typeof max!=="number"){done=max;max=min;min=0}
const n=min+Math.floor(web.getRandomValues(new Uint32Array(1))[0]/4294967296*(max-min));
return typeof done==="function"?void queueMicrotask(()=>done(null,n)):n};
e.timingSafeEqual??=(a,b)=>{const x=bytesOf(a),y=bytesOf(b);
if(x.length!==y.length)throw new RangeError("Input buffers must have the same byte length");
let d=0;for(let i=0;i<x.length;i++)d|=x[i]^y[i];return d===0};
})(module.exports);`;

/** On readable-stream 2, which has neither; a stream ends once, however many events say so. */
const stream = `(S=>{
S.finished??=(s,o,done=o)=>{let left=(s._readableState?1:0)+(s._writableState?1:0),over=false;
const end=(e)=>{if(!over){over=true;done(e??undefined)}},one=()=>{left-=1;if(left<=0)end()};
s.on("error",end);if(s._readableState)s.on("end",one);if(s._writableState)s.on("finish",one);
s.on("close",()=>end(left>0?new Error("Premature close"):undefined));return()=>{over=true}};
S.Readable.from??=(source,options)=>{
const items=typeof source==="string"?[source][Symbol.iterator]():(source[Symbol.asyncIterator]??source[Symbol.iterator]).call(source);
let busy=false;
return new S.Readable({objectMode:true,...options,read(){if(busy)return;busy=true;(async()=>{
for(;;){const{value,done}=await items.next();if(done)return void this.push(null);const item=await value;if(!this.push(item)){busy=false;return}}
})().catch((e)=>this.destroy(e))}})};
S.pipeline??=(...list)=>{const done=typeof list.at(-1)==="function"?list.pop():()=>{};
const streams=list.flat().map((s,i)=>i===0&&!s.pipe?S.Readable.from(s):s),last=streams.at(-1);let over=false;
const end=(e)=>{if(over)return;over=true;if(e)for(const s of streams)s.destroy?.();done(e??undefined)};
for(const s of streams)s.on("error",end);last.on(last._writableState?"finish":"end",()=>end());
return streams.reduce((from,to)=>from.pipe(to))};
S.promises??={finished:(s,o)=>new Promise((ok,no)=>S.finished(s,o,(e)=>e?no(e):ok())),
pipeline:(...s)=>new Promise((ok,no)=>S.pipeline(...s,(e)=>e?no(e):ok()))};
S.Readable.prototype[Symbol.asyncIterator]??=async function*(){const waiting=[];let over=false,fault,wake=()=>{};
this.on("data",(c)=>{waiting.push(c);wake()});this.on("end",()=>{over=true;wake()});this.on("error",(e)=>{fault=e;wake()});
for(;;){while(waiting.length>0)yield waiting.shift();if(fault)throw fault;if(over)return;await new Promise((r)=>{wake=r})}};
})(module.exports);`;

const util = `(e=>{
const tag=(v)=>Object.prototype.toString.call(v).slice(8,-1),is=(name)=>(v)=>tag(v)===name;
e.types??={...Object.fromEntries(["Date","RegExp","Promise","Map","Set","WeakMap","WeakSet","ArrayBuffer","DataView","Uint8Array","AsyncFunction","GeneratorFunction"].map((n)=>["is"+n,is(n)])),
isTypedArray:(v)=>ArrayBuffer.isView(v)&&!(v instanceof DataView),isAnyArrayBuffer:(v)=>/^(Shared)?ArrayBuffer$/.test(tag(v)),
isNativeError:(v)=>v instanceof Error,isArrayBufferView:ArrayBuffer.isView};
e.TextEncoder??=globalThis.TextEncoder;e.TextDecoder??=globalThis.TextDecoder;
const same=(a,b,seen)=>{if(Object.is(a,b))return true;
if(typeof a!=="object"||typeof b!=="object"||!a||!b||tag(a)!==tag(b)||Object.getPrototypeOf(a)!==Object.getPrototypeOf(b))return false;
if(seen.some(([x,y])=>x===a&&y===b))return true;const inside=[...seen,[a,b]];
if(a instanceof Date)return a.getTime()===b.getTime();if(a instanceof RegExp)return String(a)===String(b);
if(a instanceof Map||a instanceof Set){if(a.size!==b.size)return false;const l=[...a],r=[...b];return l.every((x)=>r.some((y)=>same(x,y,inside)))}
const keys=Reflect.ownKeys(a);return keys.length===Reflect.ownKeys(b).length&&keys.every((k)=>Object.hasOwn(b,k)&&same(a[k],b[k],inside))};
e.isDeepStrictEqual??=(a,b)=>same(a,b,[]);
})(module.exports);`;

const url = `(e=>{e.URL??=globalThis.URL;e.URLSearchParams??=globalThis.URLSearchParams;
e.fileURLToPath??=(u)=>decodeURIComponent(new URL(u).pathname);
e.pathToFileURL??=(p)=>new URL("file://"+encodeURI(p).replace(/[?#]/g,encodeURIComponent));
})(module.exports);`;

const path = `(e=>{
e.parse??=(p)=>{const root=p.startsWith("/")?"/":"",base=e.basename(p),ext=e.extname(base),at=p.replace(/\\/+$/,"").lastIndexOf("/");
return{root,dir:at<1?root:p.slice(0,at),base,ext,name:ext?base.slice(0,-ext.length):base}};
e.format??=({dir,root="",base,name="",ext=""})=>{const file=base??name+(ext&&!ext.startsWith(".")?"."+ext:ext);
return dir?dir===root?dir+file:dir+"/"+file:root+file};
e.posix??=e;e.toNamespacedPath??=(p)=>p;
})(module.exports);`;

const timers = `(e=>{e.promises??={
setTimeout:(ms,v)=>new Promise((r)=>setTimeout(r,ms,v)),setImmediate:(v)=>new Promise((r)=>setTimeout(r,0,v)),
setInterval:async function*(ms,v){for(;;){await new Promise((r)=>setTimeout(r,ms));yield v}}};
})(module.exports);`;

const assert = `(e=>{
const settled=async(w)=>{try{await(typeof w==="function"?w():w)}catch(error){return{error}}};
e.rejects??=async(w,...more)=>{const s=await settled(w);e.throws(()=>{if(s)throw s.error},...more)};
e.doesNotReject??=async(w,...more)=>{const s=await settled(w);e.doesNotThrow(()=>{if(s)throw s.error},...more)};
e.match??=(text,pattern,message)=>e.ok(pattern.test(text),message??"The input did not match the regular expression "+pattern);
e.doesNotMatch??=(text,pattern,message)=>e.ok(!pattern.test(text),message??"The input was expected to not match the regular expression "+pattern);
})(module.exports);`;

const process = `(e=>{e.platform??="browser";e.arch??="";e.pid??=1;e.uptime??=()=>performance.now()/1000;e.emitWarning??=()=>{};
e.hrtime??=Object.assign((since=[0,0])=>{const ns=performance.now()*1e6-since[0]*1e9-since[1];return[Math.floor(ns/1e9),Math.floor(ns%1e9)]},
{bigint:()=>BigInt(Math.round(performance.now()*1e6))});
})(module.exports);`;

const http = `(e=>{e.createServer??=()=>{throw new Error("A page cannot listen: http.createServer does not exist in a browser.")}})(module.exports);`;

/** By package; the versions are those that `node-libs-browser` 2 depends on. */
export const builtinAdditions = [
  { packageName: 'assert', range: '^1', subpaths: ['./assert.js'], code: assert },
  { packageName: 'crypto-browserify', range: '^3', subpaths: ['./index.js'], code: crypto },
  { packageName: 'path-browserify', range: '^0', subpaths: ['./index.js'], code: path },
  { packageName: 'process', range: '^0', subpaths: ['./browser.js'], code: process },
  { packageName: 'stream-browserify', range: '^2', subpaths: ['./index.js'], code: stream },
  { packageName: 'stream-http', range: '^2', subpaths: ['./index.js'], code: http },
  { packageName: 'timers-browserify', range: '^2', subpaths: ['./main.js'], code: timers },
  { packageName: 'url', range: '^0', subpaths: ['./url.js'], code: url },
  { packageName: 'util', range: '^0', subpaths: ['./util.js'], code: util },
];
