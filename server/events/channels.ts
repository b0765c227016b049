/** Names of the NOTIFY channels. A notification is a hint to look: what counts is in the tables. */

/** A run has new events; payload `run_id:seq` of the last one. */
export const EVENTS_CHANNEL = 'sluice_events';
/** Workers should look for something to do: a run was queued or retried, a node became ready, a cancel was asked for. */
export const WORK_CHANNEL = 'sluice_work';
/** Payload of {@link WORK_CHANNEL} when the end of a run was asked for. */
export const CANCEL_PAYLOAD = 'cancel';
