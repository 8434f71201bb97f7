/** `asked`: the recorder was ordered. `recording`: it runs. `fetching`: it ended, and its file is on its way. `failed`: a task for the host. */
export type RecordingState = 'asked' | 'recording' | 'fetching' | 'ready' | 'failed';
