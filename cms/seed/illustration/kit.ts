/** The drawing kit: camera, ink, solids, details on faces and marks. */
export * from './view.ts';
export * from './ink.ts';
export * from './solid.ts';
export * from './face.ts';
export * from './mark.ts';
