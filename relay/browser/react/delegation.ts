// Features that the embedder delegates and the shell did not get. Sandpack's client sends its iframe on its way before it sets `src`,
// which is what `allow` delegates to: in Chromium the page then has none of them, neither have the frames in it. Loaded anew, it has.
import type { CompileMessage } from './sandpack-messages.ts';

/** What of an artifact's code may ask for a feature that Sandpack delegates. */
const features =
  /clipboard|getUserMedia|mediaDevices|webcam|geolocation|requestMIDIAccess|requestMediaKeySystemAccess|device(?:motion|orientation)|accelerometer|gyroscope|\bxr\b|\.hid\b/i;

/** Chromium's; the other engines do not tell, and do not need it (https://github.com/w3c/webappsec-permissions-policy). */
interface PolicyDocument {
  featurePolicy?: { allowsFeature(name: string): boolean };
}

/** Whether this page has to be loaded anew before it shows the artifact. */
export function lacksFeatures({ modules }: CompileMessage): boolean {
  const policy = (document as PolicyDocument).featurePolicy;
  if (!policy || policy.allowsFeature('clipboard-write')) return false;
  return Object.values(modules).some(({ code }) => features.test(code));
}
