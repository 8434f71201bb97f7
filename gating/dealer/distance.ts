/** A point on the earth, in degrees. */
export interface Point {
	readonly latitude: number;
	readonly longitude: number;
}

const EARTH_RADIUS_KM = 6_371;

/** Great-circle distance in kilometres, on a sphere: right to half a percent. */
export function distanceKm(a: Point, b: Point): number {
	const [latitudeA, latitudeB] = [radians(a.latitude), radians(b.latitude)];
	const half = (angle: number) => Math.sin(angle / 2) ** 2;
	const chord = half(latitudeB - latitudeA) + Math.cos(latitudeA) * Math.cos(latitudeB) * half(radians(b.longitude - a.longitude));
	return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** `items` with their distance from `from`, nearest first. */
export function nearest<T extends Point>(items: readonly T[], from: Point): readonly { readonly item: T; readonly km: number }[] {
	return items.map((item) => ({ item, km: distanceKm(item, from) })).sort((a, b) => a.km - b.km);
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
