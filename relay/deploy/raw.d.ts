// Templates imported for their text (`?raw`); the build puts them into the compiled command.
declare module '*?raw' {
  const text: string;
  export default text;
}
