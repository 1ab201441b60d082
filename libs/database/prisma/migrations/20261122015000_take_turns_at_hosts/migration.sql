-- One row a host, so that all replicas together send it one request at a time, with a gap, and share its robots.txt.
CREATE TABLE "crawl_hosts" (
    "host" TEXT NOT NULL,
    "next_request_at" TIMESTAMPTZ(3) NOT NULL,
    "lease_until" TIMESTAMPTZ(3),
    "held_by" UUID,
    "crawl_delay_ms" INTEGER NOT NULL DEFAULT 0,
    "robots_text" TEXT,
    "robots_fetched_at" TIMESTAMPTZ(3),
    "robots_expire_at" TIMESTAMPTZ(3),

    CONSTRAINT "crawl_hosts_pkey" PRIMARY KEY ("host")
);

-- The feed's own rhythm: what "overdue" is measured by, and how often it is worth asking.
ALTER TABLE "sources" ADD COLUMN "usual_gap_seconds" INTEGER,
ADD COLUMN "longest_gap_seconds" INTEGER;
