import { conditionMonitoring } from './condition-monitoring.ts';
import { frequencyConverters } from './frequency-converters.ts';
import { gearUnits } from './gear-units.ts';
import { fitted, picture } from './kit.ts';
import { motors } from './motors.ts';
import { sensors } from './sensors.ts';
import { servoDrives } from './servo-drives.ts';

const drawings = { ...motors, ...servoDrives, ...frequencyConverters, ...gearUnits, ...sensors, ...conditionMonitoring };

/** The slugs that have a drawing of their own. */
export const drawnProducts: readonly string[] = Object.keys(drawings);

/** The technical drawing of a product, 1600 × 1200. Throws for a slug that has none. */
export function productDrawing(slug: string): string {
	const draw = drawings[slug];
	if (draw === undefined) throw new Error(`No drawing for product "${slug}". Known: ${drawnProducts.join(', ')}.`);
	return picture(1600, 1200, fitted(1600, 1200, 120, draw));
}
