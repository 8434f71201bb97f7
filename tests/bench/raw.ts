import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The measure of all: node:http that answers "ok". */
const server = createServer((_req, res) => res.writeHead(200, ['content-type', 'text/plain', 'content-length', '2']).end('ok'));
server.keepAliveTimeout = 65_000;
server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', () => {
	const { user, system } = process.cpuUsage();
	process.send?.({ rss: process.memoryUsage.rss(), cpuMs: (user + system) / 1_000 });
});
process.on('disconnect', () => process.exit(0));
