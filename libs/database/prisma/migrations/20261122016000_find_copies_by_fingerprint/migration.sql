-- CreateTable
CREATE TABLE "article_fingerprints" (
    "key" BIGINT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "article_id" UUID NOT NULL,

    CONSTRAINT "article_fingerprints_pkey" PRIMARY KEY ("key","published_at","article_id")
);

-- AlterTable
ALTER TABLE "articles" ADD COLUMN "corrects_id" UUID, ADD COLUMN "correction_id" UUID;

-- AlterTable
ALTER TABLE "article_revisions" ADD COLUMN "change" JSONB;

-- Which corrections a story has had; almost no article is one. Prisma cannot express partial indexes.
CREATE INDEX "articles_corrections_partial" ON "articles" ("story_id") WHERE "correction_id" IS NOT NULL;
