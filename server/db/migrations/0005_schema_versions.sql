CREATE TABLE "anomaly_decisions" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "anomaly_decisions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"pipeline_id" text NOT NULL,
	"node_id" text NOT NULL,
	"artifact_id" text NOT NULL,
	"run_number" integer NOT NULL,
	"decision" text NOT NULL,
	"anomaly" jsonb NOT NULL,
	"schema_node_id" text NOT NULL,
	"schema_version" integer NOT NULL,
	"author" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "schema_versions" (
	"pipeline_id" text NOT NULL,
	"node_id" text NOT NULL,
	"number" integer NOT NULL,
	"text" text NOT NULL,
	"digest" text NOT NULL,
	"origin" jsonb NOT NULL,
	"note" text NOT NULL,
	"author" text NOT NULL,
	"feature_count" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "schema_versions_pipeline_id_node_id_number_pk" PRIMARY KEY("pipeline_id","node_id","number")
);
--> statement-breakpoint
ALTER TABLE "anomaly_decisions" ADD CONSTRAINT "anomaly_decisions_pipeline_id_pipelines_id_fk" FOREIGN KEY ("pipeline_id") REFERENCES "public"."pipelines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schema_versions" ADD CONSTRAINT "schema_versions_pipeline_id_pipelines_id_fk" FOREIGN KEY ("pipeline_id") REFERENCES "public"."pipelines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "anomaly_decisions_by_node" ON "anomaly_decisions" USING btree ("pipeline_id","node_id","created_at");