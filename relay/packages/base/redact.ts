// What must be in no log and on no page: passwords in addresses, and tokens. The one place that knows how they look.

/** User and password before the host. A password may hold an @ itself, so the last one before the path counts. */
const userInfo = /\/\/[^/\s]*@/g;
const tokens = /\b(npm_[A-Za-z0-9]{8,}|(Bearer|Basic)\s+\S+)/gi;

/** A text without the credentials in it: addresses keep their host, tokens become `***`. */
export function redactCredentials(text: string): string {
  return text.replace(userInfo, '//***@').replace(tokens, '***');
}
