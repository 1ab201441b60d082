/** Vite (in vitest and in the build) inlines such a file as a string, so the bundle needs no path of the source tree. */
declare module '*.yaml?raw' {
  const content: string;
  export default content;
}
