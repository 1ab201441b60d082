-- Whether a source's article pages are fetched, and where their text stands where the general rules are misled.
ALTER TABLE "sources" ADD COLUMN "full_text" TEXT NOT NULL DEFAULT 'auto',
ADD COLUMN "page_selectors" JSONB;

-- The page of an article whose feed carries a summary only: when to fetch it, what was found, or why the summary stands.
CREATE TABLE "article_pages" (
    "article_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "lease_until" TIMESTAMPTZ(3),
    "reason" TEXT,
    "message" TEXT,
    "quality" DOUBLE PRECISION,
    "etag" TEXT,
    "last_modified" TEXT,
    "text" TEXT,
    "title" TEXT,
    "author" TEXT,
    "language" TEXT,
    "canonical_url" TEXT,
    "published_at" TIMESTAMPTZ(3),
    "fetched_at" TIMESTAMPTZ(3),

    CONSTRAINT "article_pages_pkey" PRIMARY KEY ("article_id")
);

CREATE INDEX "article_pages_state_next_attempt_at_idx" ON "article_pages"("state", "next_attempt_at");

ALTER TABLE "article_pages" ADD CONSTRAINT "article_pages_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE CASCADE ON UPDATE CASCADE;
