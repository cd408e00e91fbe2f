#!/usr/bin/env node
// Stands in for mongosh as a health check uses it: is there a server at --host?
const host = process.argv[process.argv.indexOf('--host') + 1];
fetch(`http://${host}:27017/ping`).then(
  ({ ok }) => process.exit(ok ? 0 : 1),
  () => process.exit(1),
);
