import type { App } from '#app';
import type { Chooser } from '#site/edge/splice/choose.ts';

/** Variants of running experiments: they win over what is ranked, and are logged when they go out. */
export function experimentChooser({ gating: { experiments } }: App): Chooser {
	return Object.freeze<Chooser>({
		version: experiments.version,
		choose: (visitor, page) => {
			const shown = experiments.variantsOf(visitor, page).filter(({ fills }) => Object.keys(fills).length > 0);
			return shown.length === 0 ? null : Object.assign({}, ...shown.map(({ fills }) => fills));
		},
		serving: (visitor, page) => {
			const shown = experiments.variantsOf(visitor, page);
			if (shown.length === 0) return null;
			let isNoted = false;
			return () => {
				isNoted ||= experiments.served(visitor, shown);
			};
		},
	});
}
