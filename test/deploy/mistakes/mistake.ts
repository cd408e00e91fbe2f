// A mistake that an operator makes, and the ways in which the rig plants one.
import type { DoctorOptions } from '../../../relay/doctor/doctor.ts';
import type { Deployment, NginxParts } from '../rig/deployment.ts';

export interface Mistake {
  name: string;
  /** Plants it. @returns what undoes more than the rig puts back itself, and flags to call the doctor with */
  plant(deployment: Deployment): Promise<Planted | undefined> | Planted;
  /** Ids of the findings that fail. */
  fails: string[];
  /** Ids of the findings that warn, beside that of a shared site. */
  warns?: string[];
  /** What the remedies have to name. */
  remedy: RegExp;
}

export interface Planted {
  options?: Partial<DoctorOptions>;
  undo?(): Promise<unknown>;
}

/** Calls the doctor with other flags. */
export const flags = (options: Partial<DoctorOptions>) => (): Planted => ({ options });

/** Changes nginx. */
export const nginx =
  (change: (usual: NginxParts, deployment: Deployment) => Partial<NginxParts>) =>
  async (deployment: Deployment): Promise<undefined> => {
    await deployment.setNginx((usual) => change(usual, deployment));
  };

/** Changes the DNS zone. */
export const zone =
  (change: (usual: string) => string) =>
  async (deployment: Deployment): Promise<undefined> => {
    await deployment.setZone(change);
  };

/** Changes a file of variables. */
export const file =
  (name: 'relay.env' | 'librechat.env' | 'npmrc', change: (usual: string) => string) =>
  async (deployment: Deployment): Promise<undefined> => {
    await deployment.setFile(name, change);
  };

/** Puts a line in place of one of LibreChat’s variables. */
export const variable = (name: string, value: string) =>
  file('librechat.env', (usual) => `${usual.replace(new RegExp(`^${name}=.*\n`, 'm'), '')}${value}\n`);

/** Has nginx serve another certificate. */
export const certificate =
  (options: Parameters<Deployment['ca']['issue']>[0]) =>
  async ({ ca, setNginx }: Deployment): Promise<undefined> => {
    const issued = await ca.issue(options);
    await setNginx(() => ({ certificate: issued }));
  };

/** What a good certificate is for. */
export const names = ['example.test', '*.example.test'];
export const dayMs = 86_400_000;
export const fromNow = (days: number): Date => new Date(Date.now() + days * dayMs);

/** Another site's answer, in place of the relay's. */
export const spa = (usual: NginxParts): string => usual.librechatLocation;
