// Stands in for Meilisearch: `/health` on 7700.
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

writeFileSync('/meili_data/index', '');
createServer((_, response) => response.end('{"status":"available"}')).listen(7700, '0.0.0.0');
process.on('SIGTERM', () => process.exit(0));
