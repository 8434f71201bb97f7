export type { Material, OwnerNotice, SharedMaterial, ShareView } from './create-material.ts';
