// Lets the relay itself read the settings that the set-up is going to write, so that what it would refuse is told now.
import { ConfigError, loadConfig, settings } from '../config.ts';
import type { Answers } from './answers.ts';
import { relayVariables } from './render-env.ts';

/** Flags of the set-up by the relay's variable that they end up in. */
const flagOf: Record<string, string> = {
  [settings.hostname.env]: '--previews-host',
  [settings.embedOrigins.env]: '--embedders',
  [settings.egress.env]: '--egress',
  [settings.egressAllow.env]: '--egress-allow',
  [settings.offline.env]: '--offline',
  [settings.apiHostname.env]: '--api-host',
};

/** What the relay would refuse, one sentence a fault; none if it would start. */
export function relayFaults(answers: Answers): string[] {
  try {
    loadConfig({ NODE_ENV: 'production', ...relayVariables(answers) });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.faults.map((fault) => {
      const flag = flagOf[/^[A-Z_]+/.exec(fault)?.[0] ?? ''];
      return flag ? `${flag}: the relay would not start: ${fault}` : `The relay would not start: ${fault}`;
    });
  }
}
