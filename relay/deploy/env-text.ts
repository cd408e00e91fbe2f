// Env files as text: setting a variable without touching what is around it.

/**
 * Sets a variable in the text of an env file: in its own line, or in the line where it stands commented out, or at the end.
 * @param value written as it is: without quotes, so it must not need any
 */
export function setVariable(text: string, name: string, value: string): string {
  const line = new RegExp(`^#?${name}=.*$`, 'm');
  const written = `${name}=${value}`;
  // A function, because $ in a string would be a reference.
  return line.test(text) ? text.replace(line, () => written) : `${text.trimEnd()}\n\n${written}\n`;
}

/** Sets several variables. */
export function setVariables(text: string, values: Record<string, string>): string {
  return Object.entries(values).reduce((done, [name, value]) => setVariable(done, name, value), text);
}

/** Hides the values of secret variables and of lines like `//host/:_authToken=…`, for showing a text to people. */
export function hideSecrets(text: string): string {
  return text.replace(
    /^([+\- ]?#?[\w/.:@-]*(?:SECRET|PASSWORD|CREDS_KEY|CREDS_IV|MASTER_KEY|API_KEY|_KEY|TOKEN|_authToken|_password|_auth|secret|token|access_key_id|_key)[ ]?=[ ]?)(?!user_provided$)(\S.*)$/gm,
    '$1‹hidden›',
  );
}
