import { hc3suite } from './analysis-suite.ts';
import { hc2edge } from './edge-gateway.ts';
import { hc1kit } from './starter-kit.ts';
import { hc1node } from './vibration-node.ts';
import type { View } from './kit.ts';

/** The four condition-monitoring products. */
export const conditionMonitoring: Record<string, (view: View) => string> = {
	'hc1-node': hc1node,
	'hc2-edge': hc2edge,
	'hc3-suite': hc3suite,
	'hc1-kit': hc1kit,
};
