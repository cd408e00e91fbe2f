#!/usr/bin/env node
// As much of curl as a health check uses: fails when the address, its last argument, does not answer with success.
fetch(process.argv.at(-1)).then(
  ({ ok }) => process.exit(ok ? 0 : 22),
  () => process.exit(7),
);
