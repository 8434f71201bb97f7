/** The pictures of the sample company, drawn as SVG. */
export { drawnProducts, productDrawing } from './product.ts';
export { drawnScenes, sceneDrawing } from './scene.ts';
export { coverArtwork } from './cover.ts';
export type { Cover } from './cover.ts';
export { speakerPortrait } from './portrait.ts';
