/**
 * How the hub's process is started so that it stays small: new objects get 8 MB before they are looked through, the heap is collected
 * when it grew by three fifths, and the C library takes blocks of 64 KB and more from the system one by one, gives freed memory
 * back soon and keeps two pools of it, not eight a processor.
 * Growth by a quarter saves a few megabytes more and makes every request cost two to three times as much.
 */
export const HUB_FLAGS = ['--max-semi-space-size=8', '--heap-growing-percent=60'];
export const HUB_ENV = { MALLOC_MMAP_THRESHOLD_: '65536', MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072' };
