// Says in the artifact's console what its content policy blocked, and which setting would allow it.
import { type Egress, explainBlocked, policyStart } from '../../shared/egress.ts';

/** As code for a page that the worker answers; explainBlocked stands for itself there. */
export function blockedNoticeCode({ mode }: Pick<Egress, 'mode'>): string {
  return `addEventListener("securitypolicyviolation",(e)=>{e.disposition==="enforce"&&console.error("[preview-kit] "+(${explainBlocked})(${JSON.stringify({ mode })},e.blockedURI,e.originalPolicy.startsWith(${JSON.stringify(policyStart)})))});`.replaceAll(
    '\n',
    ' ',
  );
}
