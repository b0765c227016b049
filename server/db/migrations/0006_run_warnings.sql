DROP INDEX "runs_by_state";--> statement-breakpoint
ALTER TABLE "node_runs" ADD COLUMN "anomalies" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "started_by" text GENERATED ALWAYS AS (coalesce(request ->> 'by', 'unknown')) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "expected_ms" double precision;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "warnings" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "run_events_failures" ON "run_events" USING btree ("run_id","seq") WHERE body ->> 'type' = 'node.failed';--> statement-breakpoint
CREATE INDEX "runs_by_starter" ON "runs" USING btree ("started_by","number");--> statement-breakpoint
CREATE INDEX "runs_by_duration" ON "runs" USING btree ((finished_at - started_at),"number");--> statement-breakpoint
CREATE INDEX "runs_warned" ON "runs" USING btree ("number") WHERE warnings > 0;--> statement-breakpoint
CREATE INDEX "runs_by_state" ON "runs" USING btree ("state","number");--> statement-breakpoint
UPDATE node_runs SET anomalies = found.anomalies FROM (
  SELECT n.run_id, n.node_id, sum((a.properties ->> 'anomalyCount')::int)::int AS anomalies
  FROM node_runs n
  LEFT JOIN executions e ON e.run_id = n.run_id AND e.node_id = n.node_id
  JOIN artifacts a ON a.execution_id = coalesce(e.id, n.reuse_execution_id) AND a.type = 'ExampleAnomalies'
  WHERE n.state IN ('complete', 'cached')
  GROUP BY n.run_id, n.node_id
) found WHERE found.run_id = node_runs.run_id AND found.node_id = node_runs.node_id AND found.anomalies > 0;--> statement-breakpoint
UPDATE runs SET warnings = (SELECT count(*) FROM node_runs n WHERE n.run_id = runs.id AND n.anomalies > 0)
WHERE EXISTS (SELECT 1 FROM node_runs n WHERE n.run_id = runs.id AND n.anomalies > 0);
