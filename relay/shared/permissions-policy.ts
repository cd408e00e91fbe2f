// Which of the browser's features a preview may use: those that Sandpack delegates to its frame, and none of those that only
// serve advertising or reach into the user's network. Pure: the server sends it with pages, the service worker with documents.

/** Features that Sandpack's client delegates (sandpack-client 2.19); the shell passes them on to the frame it nests. */
const delegated = [
  'accelerometer',
  'camera',
  'encrypted-media',
  'geolocation',
  'gyroscope',
  'hid',
  'microphone',
  'midi',
  'clipboard-read',
  'clipboard-write',
  'xr-spatial-tracking',
];

/** Features that a page in a frame could have or get although nobody delegated them. */
const denied = [
  'browsing-topics',
  'display-capture',
  'local-network-access',
  'payment',
  'serial',
  'storage-access',
  'usb',
];

/** For the `allow` attribute of the nested frame. */
export const delegatedFeatures = delegated.join('; ');

/** Value of the header `Permissions-Policy` (https://www.w3.org/TR/permissions-policy/#permissions-policy-http-header-field). */
export const permissionsPolicy = [
  ...delegated.map((name) => `${name}=*`),
  ...denied.map((name) => `${name}=()`),
].join(', ');
