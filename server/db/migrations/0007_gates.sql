ALTER TABLE "node_runs" ADD COLUMN "admitted" boolean DEFAULT true NOT NULL;--> statement-breakpoint
CREATE INDEX "artifacts_blessings" ON "artifacts" USING btree ("created_at") WHERE type = 'ModelBlessing';--> statement-breakpoint
CREATE INDEX "node_runs_to_admit" ON "node_runs" USING btree ("run_id","node_id") WHERE state = 'queued' and waiting_on = 0 and not admitted;--> statement-breakpoint
CREATE INDEX "node_runs_by_reuse" ON "node_runs" USING btree ("reuse_execution_id") WHERE reuse_execution_id is not null;