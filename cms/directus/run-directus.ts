// Runs Directus as a child that never outlives the hub: the channel to the parent closes with it, even after kill -9.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// @ts-expect-error Directus ships no types for its command line.
await import('@directus/api/cli/run.js');
