-- A run of `tradewatch reclassify`: where it is and what changed so far, so that a run that was killed goes on.
CREATE TABLE "reclassifications" (
  "id" UUID NOT NULL DEFAULT gen_random_uuid(),
  "taxonomy_version" TEXT NOT NULL,
  "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "finished_at" TIMESTAMPTZ(3),
  "position" UUID,
  "changes" JSONB NOT NULL,
  CONSTRAINT "reclassifications_pkey" PRIMARY KEY ("id")
);

-- What analysts say of tags. A revision is kept as it was when it was first marked: the labels must outlive later revisions
-- and later taxonomies of the archive.
CREATE TABLE "marked_revisions" (
  "article_id" UUID NOT NULL,
  "revision" INTEGER NOT NULL,
  "language" TEXT NOT NULL,
  "title" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "published_at" TIMESTAMPTZ(3) NOT NULL,
  "relevant" BOOLEAN NOT NULL,
  "sectors" TEXT[],
  "topics" TEXT[],
  "authorities" TEXT[],
  "jurisdictions" TEXT[],
  "developments" TEXT[],
  "taxonomy_version" TEXT NOT NULL,
  CONSTRAINT "marked_revisions_pkey" PRIMARY KEY ("article_id", "revision")
);

CREATE TABLE "tag_marks" (
  "user_id" UUID NOT NULL,
  "article_id" UUID NOT NULL,
  "revision" INTEGER NOT NULL,
  "dimension" TEXT NOT NULL,
  "tag" TEXT NOT NULL,
  "verdict" TEXT NOT NULL,
  "marked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "tag_marks_pkey" PRIMARY KEY ("article_id", "revision", "dimension", "tag", "user_id"),
  CONSTRAINT "tag_marks_article_id_revision_fkey" FOREIGN KEY ("article_id", "revision") REFERENCES "marked_revisions"("article_id", "revision") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "tag_marks_dimension_tag_marked_at_idx" ON "tag_marks"("dimension", "tag", "marked_at" DESC);
