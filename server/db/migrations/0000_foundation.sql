CREATE TABLE "artifacts" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"digest" text NOT NULL,
	"uri" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"properties" jsonb NOT NULL,
	"files" jsonb NOT NULL,
	"execution_id" text NOT NULL,
	"port" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"state" text DEFAULT 'live' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "artifacts_uri_unique" UNIQUE("uri")
);
--> statement-breakpoint
CREATE TABLE "execution_inputs" (
	"execution_id" text NOT NULL,
	"port" text NOT NULL,
	"position" integer NOT NULL,
	"artifact_id" text NOT NULL,
	CONSTRAINT "execution_inputs_execution_id_port_position_pk" PRIMARY KEY("execution_id","port","position")
);
--> statement-breakpoint
CREATE TABLE "executions" (
	"id" text PRIMARY KEY NOT NULL,
	"run_id" text NOT NULL,
	"pipeline_id" text NOT NULL,
	"node_id" text NOT NULL,
	"component" text NOT NULL,
	"cache_key" text NOT NULL,
	"key" jsonb NOT NULL,
	"attempt" integer NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone NOT NULL,
	CONSTRAINT "executions_once" UNIQUE("run_id","node_id")
);
--> statement-breakpoint
CREATE TABLE "source_files" (
	"path" text PRIMARY KEY NOT NULL,
	"size_bytes" bigint NOT NULL,
	"modified_ns" text NOT NULL,
	"inode" text NOT NULL,
	"digest" text NOT NULL,
	"checked_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pipeline_versions" (
	"pipeline_id" text NOT NULL,
	"version" integer NOT NULL,
	"document" jsonb NOT NULL,
	"digest" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pipeline_versions_pipeline_id_version_pk" PRIMARY KEY("pipeline_id","version")
);
--> statement-breakpoint
CREATE TABLE "pipelines" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"current_version" integer NOT NULL,
	"base_folder" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pipelines_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "node_runs" (
	"run_id" text NOT NULL,
	"node_id" text NOT NULL,
	"component" text NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"reason" text,
	"waiting_on" integer NOT NULL,
	"selected" boolean DEFAULT true NOT NULL,
	"decision" text NOT NULL,
	"reuse_execution_id" text,
	"attempt" integer DEFAULT 0 NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"losses" integer DEFAULT 0 NOT NULL,
	"lease_token" bigint DEFAULT 0 NOT NULL,
	"lease_owner" text,
	"lease_expires_at" timestamp with time zone,
	"process" jsonb,
	"not_before" timestamp with time zone,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "node_runs_run_id_node_id_pk" PRIMARY KEY("run_id","node_id")
);
--> statement-breakpoint
CREATE TABLE "run_events" (
	"run_id" text NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"body" jsonb NOT NULL,
	CONSTRAINT "run_events_run_id_seq_pk" PRIMARY KEY("run_id","seq")
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" text PRIMARY KEY NOT NULL,
	"number" integer GENERATED ALWAYS AS IDENTITY (sequence name "runs_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"pipeline_id" text NOT NULL,
	"pipeline_version" integer NOT NULL,
	"document" jsonb NOT NULL,
	"base_folder" text NOT NULL,
	"request" jsonb NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"cancel_requested_at" timestamp with time zone,
	"deadline_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"last_seq" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "runs_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "node_processes" (
	"host" text NOT NULL,
	"pid" integer NOT NULL,
	"started_ticks" text NOT NULL,
	"worker_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "node_processes_host_pid_started_ticks_pk" PRIMARY KEY("host","pid","started_ticks")
);
--> statement-breakpoint
CREATE TABLE "workers" (
	"id" text PRIMARY KEY NOT NULL,
	"pid" integer NOT NULL,
	"started_ticks" text NOT NULL,
	"host" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"heartbeat_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "artifacts" ADD CONSTRAINT "artifacts_execution_id_executions_id_fk" FOREIGN KEY ("execution_id") REFERENCES "public"."executions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "execution_inputs" ADD CONSTRAINT "execution_inputs_execution_id_executions_id_fk" FOREIGN KEY ("execution_id") REFERENCES "public"."executions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "execution_inputs" ADD CONSTRAINT "execution_inputs_artifact_id_artifacts_id_fk" FOREIGN KEY ("artifact_id") REFERENCES "public"."artifacts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "executions" ADD CONSTRAINT "executions_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pipeline_versions" ADD CONSTRAINT "pipeline_versions_pipeline_id_pipelines_id_fk" FOREIGN KEY ("pipeline_id") REFERENCES "public"."pipelines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "node_runs" ADD CONSTRAINT "node_runs_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_events" ADD CONSTRAINT "run_events_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_pipeline_id_pipelines_id_fk" FOREIGN KEY ("pipeline_id") REFERENCES "public"."pipelines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "artifacts_by_digest" ON "artifacts" USING btree ("digest");--> statement-breakpoint
CREATE INDEX "artifacts_by_execution" ON "artifacts" USING btree ("execution_id");--> statement-breakpoint
CREATE INDEX "artifacts_by_time" ON "artifacts" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "execution_inputs_by_artifact" ON "execution_inputs" USING btree ("artifact_id");--> statement-breakpoint
CREATE INDEX "executions_by_key" ON "executions" USING btree ("cache_key","finished_at");--> statement-breakpoint
CREATE INDEX "executions_by_node" ON "executions" USING btree ("pipeline_id","node_id","finished_at");--> statement-breakpoint
CREATE INDEX "node_runs_claimable" ON "node_runs" USING btree ("not_before") WHERE state = 'queued' and waiting_on = 0;--> statement-breakpoint
CREATE INDEX "node_runs_leased" ON "node_runs" USING btree ("lease_expires_at") WHERE state = 'running';--> statement-breakpoint
CREATE INDEX "runs_by_state" ON "runs" USING btree ("state");--> statement-breakpoint
CREATE INDEX "runs_by_pipeline" ON "runs" USING btree ("pipeline_id","number");--> statement-breakpoint
CREATE INDEX "runs_unfinished" ON "runs" USING btree ("number") WHERE state in ('queued', 'running');--> statement-breakpoint
CREATE INDEX "node_processes_by_worker" ON "node_processes" USING btree ("worker_id");