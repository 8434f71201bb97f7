import type { Database } from '#kernel/database.ts';
import { channelCost } from '#gating/schema.ts';

/** What a visit of somebody known costs by channel, about, in hundredths of a euro: dearer ways bring fewer. What is not here costs nothing. */
const CENTS_A_VISIT: Readonly<Record<string, number>> = {
	...{
		'paid-search': 1_900,
		'paid-social': 2_600,
		display: 3_100,
		fair: 9_500,
		media: 5_200,
		social: 240,
		mail: 150,
		wechat: 210,
		association: 1_700,
	},
};

/** Enters what channels cost by month, in euros: by the landings they brought, dearer and cheaper from month to month. */
export async function writeCosts(db: Database, visits: ReadonlyMap<string, number>, now: Date): Promise<void> {
	const months = new Map<string, number>();
	for (const [key, count] of visits) {
		const [day = '', channel = ''] = key.split(' ');
		const month = `${day.slice(0, 7)} ${channel}`;
		if (CENTS_A_VISIT[channel] !== undefined) months.set(month, (months.get(month) ?? 0) + count);
	}
	const rows = [...months].map(([key, count]) => {
		const [month = '', channel = ''] = key.split(' ');
		const season = 0.75 + ((Number(month.slice(5)) * 7 + channel.length * 3) % 10) / 20;
		const euros = Math.max(1, Math.round((count * (CENTS_A_VISIT[channel] ?? 0) * season) / 100));
		return { channel, campaignId: '', month, currency: 'EUR', amountCents: euros * 100, enteredAt: now };
	});
	for (let from = 0; from < rows.length; from += 100)
		await db.write((tx) =>
			tx
				.insert(channelCost)
				.values(rows.slice(from, from + 100))
				.onConflictDoNothing(),
		);
}
