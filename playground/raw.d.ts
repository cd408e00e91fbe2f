// Modules imported for their text (`?raw`) and style sheets; the build resolves both.
declare module '*?raw' {
  const text: string;
  export default text;
}

declare module '*.css';
