DROP INDEX "node_runs_claimable";--> statement-breakpoint
CREATE INDEX "node_runs_open" ON "node_runs" USING btree ("run_id","node_id") WHERE state in ('queued', 'running');--> statement-breakpoint
CREATE INDEX "node_runs_claimable" ON "node_runs" USING btree ("run_id","node_id") WHERE state = 'queued' and waiting_on = 0;