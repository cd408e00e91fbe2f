// Modules imported as code for a page (`?compiled`); the build makes one line of each, with what it imports.
declare module '*?compiled' {
  const code: string;
  export default code;
}
