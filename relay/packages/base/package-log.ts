// What the package engine needs of a logger; pino's has this shape.

/** Structured log; `details` never holds credentials. */
export interface PackageLog {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** Logs nothing. */
export const silentLog: PackageLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
