import { openSqlite } from '#kernel/database-sqlite.ts';
import { systemRandom } from '#kernel/id.ts';
import { createKeys } from '#kernel/keys.ts';
import { silentLog } from '#kernel/log.ts';
import { smtpMailer } from '#kernel/mailer.ts';
import { briefly } from '#tests/support/brief-mail.ts';

import { createMessages } from '../../gating/message/create-messages.ts';

/** Sends what is due in a database file and ends: a process of its own, to be killed. Arguments: file, mail server, the time. */
const [file = '', url = '', at = ''] = process.argv.slice(2);
const db = openSqlite(file);
const mailer = smtpMailer({ url, from: 'Halden Drives <hello@hub.example>', connections: 10 });
const messages = createMessages({
	...{ db, mailer, random: systemRandom, log: silentLog, now: () => new Date(at) },
	...{ keys: createKeys([{ id: 'k', key: Buffer.alloc(32, 7) }], systemRandom), origin: 'https://hub.example', timeZone: () => 'Europe/Zurich' },
	composers: () => ({ test: briefly }),
});
while ((await messages.runDue()) > 0);
await mailer.close();
await db.close();
