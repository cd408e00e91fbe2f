// What is examined: the addresses that browsers use, and what is known of the deployment behind them.
import { randomBytes } from 'node:crypto';
import { type Config, loadConfig, settings } from '../config.ts';
import { reactIdLength } from '../shared/preview-id.ts';
import type { DeploymentFiles, EnvFile } from './deployment-files.ts';

export interface Subject {
  /** Address of previews as it was given; the check `address` says whether it can be one. */
  url: URL;
  /** The address in the operator's own words, which `url` has made regular. */
  givenUrl: string;
  /** Where `givenUrl` is from: a flag or a variable. */
  urlSource: string;
  /** LibreChat's origin, when it is known. */
  embedder: URL | undefined;
  /** Hosts (with port) of a React and of a static preview, random. */
  reactHost: string;
  staticHost: string;
  files: DeploymentFiles;
  /** Whether this machine runs the deployment: its files are here, or the relay's address was given. */
  isLocal: boolean;
  /** The relay's settings, from relay.env and the environment; undefined when they have faults. */
  config: Config | undefined;
  configFaults: readonly string[];
  /** Origin at which the relay itself listens. */
  relayUrl: URL;
  /** Folder of the deployment; npm's configuration is looked for there. */
  folder: string;
  env: NodeJS.ProcessEnv;
  /** Compiled code and built bundler of this checkout, to compare the relay with; undefined when there is none. */
  builtDirs: { distDir: string; bundlerDir: string } | undefined;
  /** Path of a PEM file with an authority to trust. */
  caFile: string | undefined;
  /** Whether a browser may be started. */
  mayOpenBrowser: boolean;
}

/** A relay's ids: see relay/host.ts. */
const newReactId = (): string => `r${randomBytes(32).toString('hex')}`.slice(0, reactIdLength);
const newStaticId = (): string => randomBytes(7).toString('hex');

/** Host and port of a preview. */
export function previewHosts(url: URL): Pick<Subject, 'reactHost' | 'staticHost'> {
  return { reactHost: `${newReactId()}-${url.host}`, staticHost: `${newStaticId()}-${url.host}` };
}

/** The relay's settings as relay.env and the environment give them; the environment wins, as with Compose. */
export function readRelayConfig(
  relay: EnvFile,
  env: NodeJS.ProcessEnv,
): { config: Config | undefined; faults: readonly string[] } {
  const fromEnvironment = Object.fromEntries(
    Object.values(settings).flatMap((setting) => (env[setting.env] ? [[setting.env, env[setting.env]]] : [])),
  );
  try {
    return {
      config: loadConfig({ ...relay.values, ...fromEnvironment, NODE_ENV: 'production' }),
      faults: [],
    };
  } catch (error) {
    return { config: undefined, faults: (error as { faults?: string[] }).faults ?? [String(error)] };
  }
}

/** `example.com` of `preview.example.com`: what the wildcard is for. */
export function parentOf(host: string): string {
  return host.slice(host.indexOf('.') + 1);
}

/** Whether browsers take this name for this machine, where plain HTTP is as good as HTTPS. */
export function isLocalhost(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost');
}
