/** Seconds as minutes and seconds, with hours where there are any: `4:05`, `1:02:09`. */
export function clockText(seconds: number): string {
	const two = (value: number): string => String(value).padStart(2, '0');
	const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
	return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(Math.floor(seconds) % 60)}`;
}
