ALTER TABLE "node_runs" ADD COLUMN "upstream" text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "node_processes" ADD COLUMN "marker" text NOT NULL;