-- What Prisma's schema can say comes first; what it cannot (extensions, text search, functions, partial indexes) last.

CREATE EXTENSION IF NOT EXISTS unaccent;

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "token_hash" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "sources" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "fallbacks" TEXT[],
    "jurisdiction" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "authority" TEXT NOT NULL,
    "interval_seconds" INTEGER NOT NULL,
    "alert_on_backfill" BOOLEAN NOT NULL DEFAULT false,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "notes" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "catalog_hash" TEXT,
    "etag" TEXT,
    "last_modified" TEXT,
    "next_poll_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_until" TIMESTAMPTZ(3),
    "last_polled_at" TIMESTAMPTZ(3),
    "last_succeeded_at" TIMESTAMPTZ(3),
    "last_new_entry_at" TIMESTAMPTZ(3),
    "backfilled_at" TIMESTAMPTZ(3),
    "consecutive_failures" INTEGER NOT NULL DEFAULT 0,
    "error_code" TEXT,
    "error_message" TEXT,
    "article_count" INTEGER NOT NULL DEFAULT 0,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "sources_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stories" (
    "id" UUID NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stories_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "articles" (
    "id" UUID NOT NULL,
    "source_id" TEXT NOT NULL,
    "guid" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "canonical_url" TEXT NOT NULL,
    "story_id" UUID NOT NULL,
    "title_key" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "content_hash" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "published_raw" TEXT,
    "published_confidence" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "fetched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "articles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "article_revisions" (
    "article_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "author" TEXT,
    "content_hash" TEXT NOT NULL,
    "fetched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "article_revisions_pkey" PRIMARY KEY ("article_id","revision")
);

-- CreateTable
CREATE TABLE "archived_articles" (
    "article_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "story_id" UUID NOT NULL,
    "source_id" TEXT NOT NULL,
    "source_name" TEXT NOT NULL,
    "source_authority" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "author" TEXT,
    "language" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "published_confidence" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "classified_at" TIMESTAMPTZ(3) NOT NULL,
    "revisions" JSONB NOT NULL,
    "relevant" BOOLEAN NOT NULL,
    "sectors" TEXT[],
    "topics" TEXT[],
    "authorities" TEXT[],
    "jurisdictions" TEXT[],
    "developments" TEXT[],
    "classification" JSONB NOT NULL,
    "taxonomy_version" TEXT NOT NULL,
    "search" tsvector,

    CONSTRAINT "archived_articles_pkey" PRIMARY KEY ("article_id")
);

-- CreateTable
CREATE TABLE "channels" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "next_send_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_until" TIMESTAMPTZ(3),
    "last_sent_at" TIMESTAMPTZ(3),
    "last_error_at" TIMESTAMPTZ(3),
    "last_error_message" TEXT,

    CONSTRAINT "channels_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subscriptions" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "mode" JSONB NOT NULL,
    "quiet_hours" JSONB,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "subscriptions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subscription_channels" (
    "subscription_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,

    CONSTRAINT "subscription_channels_pkey" PRIMARY KEY ("subscription_id","channel_id")
);

-- CreateTable
CREATE TABLE "alerts" (
    "id" UUID NOT NULL,
    "subscription_id" UUID NOT NULL,
    "story_id" UUID NOT NULL,
    "article_id" UUID NOT NULL,
    "cause" TEXT NOT NULL,
    "developments" TEXT[],
    "content" JSONB NOT NULL,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "alerts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deliveries" (
    "id" UUID NOT NULL,
    "alert_id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "subscription_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "digest" BOOLEAN NOT NULL DEFAULT false,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "lease_until" TIMESTAMPTZ(3),
    "attempt_count" INTEGER NOT NULL DEFAULT 0,
    "error_code" TEXT,
    "error_message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_attempts" (
    "delivery_id" UUID NOT NULL,
    "attempt" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT NOT NULL,
    "http_status" INTEGER,
    "error_code" TEXT,
    "message" TEXT,

    CONSTRAINT "delivery_attempts_pkey" PRIMARY KEY ("delivery_id","attempt")
);

-- CreateTable
CREATE TABLE "event_log" (
    "seq" BIGSERIAL NOT NULL,
    "topic" TEXT NOT NULL,
    "partition" SMALLINT NOT NULL,
    "key" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "traceparent" TEXT,
    "data" JSON NOT NULL,

    CONSTRAINT "event_log_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "event_cursors" (
    "consumer_group" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "partition" SMALLINT NOT NULL,
    "position" BIGINT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_cursors_pkey" PRIMARY KEY ("consumer_group","topic","partition")
);

-- CreateTable
CREATE TABLE "dead_letters" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "consumer_group" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "partition" INTEGER NOT NULL,
    "offset" BIGINT NOT NULL,
    "event_id" TEXT,
    "key" TEXT,
    "payload" TEXT NOT NULL,
    "error_code" TEXT NOT NULL,
    "error_message" TEXT NOT NULL,
    "stack" TEXT,
    "attempts" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "replayed_at" TIMESTAMPTZ(3),

    CONSTRAINT "dead_letters_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE INDEX "sources_next_poll_at_idx" ON "sources"("next_poll_at");

-- CreateIndex
CREATE INDEX "articles_canonical_url_idx" ON "articles"("canonical_url");

-- CreateIndex
CREATE INDEX "articles_title_key_published_at_idx" ON "articles"("title_key", "published_at");

-- CreateIndex
CREATE INDEX "articles_story_id_idx" ON "articles"("story_id");

-- CreateIndex
CREATE UNIQUE INDEX "articles_source_id_guid_key" ON "articles"("source_id", "guid");

-- CreateIndex
CREATE INDEX "archived_articles_published_at_article_id_idx" ON "archived_articles"("published_at" DESC, "article_id" DESC);

-- CreateIndex
CREATE INDEX "archived_articles_story_id_idx" ON "archived_articles"("story_id");

-- CreateIndex
CREATE INDEX "archived_articles_source_id_idx" ON "archived_articles"("source_id");

-- CreateIndex
CREATE INDEX "archived_articles_search_idx" ON "archived_articles" USING GIN ("search");

-- CreateIndex
CREATE INDEX "archived_articles_sectors_topics_authorities_jurisdictions__idx" ON "archived_articles" USING GIN ("sectors", "topics", "authorities", "jurisdictions", "developments");

-- CreateIndex
CREATE INDEX "subscription_channels_channel_id_idx" ON "subscription_channels"("channel_id");

-- CreateIndex
CREATE UNIQUE INDEX "alerts_subscription_id_story_id_cause_key" ON "alerts"("subscription_id", "story_id", "cause");

-- CreateIndex
CREATE INDEX "deliveries_created_at_id_idx" ON "deliveries"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "deliveries_channel_id_created_at_idx" ON "deliveries"("channel_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_alert_id_channel_id_key" ON "deliveries"("alert_id", "channel_id");

-- CreateIndex
CREATE INDEX "event_log_topic_partition_seq_idx" ON "event_log"("topic", "partition", "seq");

-- CreateIndex
CREATE INDEX "event_log_occurred_at_idx" ON "event_log"("occurred_at");

-- CreateIndex
CREATE UNIQUE INDEX "event_log_topic_event_id_key" ON "event_log"("topic", "event_id");

-- CreateIndex
CREATE INDEX "dead_letters_created_at_idx" ON "dead_letters"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "dead_letters_consumer_group_topic_partition_offset_key" ON "dead_letters"("consumer_group", "topic", "partition", "offset");

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "articles" ADD CONSTRAINT "articles_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "sources"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "articles" ADD CONSTRAINT "articles_story_id_fkey" FOREIGN KEY ("story_id") REFERENCES "stories"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article_revisions" ADD CONSTRAINT "article_revisions_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscription_channels" ADD CONSTRAINT "subscription_channels_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "subscriptions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscription_channels" ADD CONSTRAINT "subscription_channels_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channels"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "subscriptions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "alerts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channels"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_attempts" ADD CONSTRAINT "delivery_attempts_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "deliveries"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Rows somebody has to act on are few among many that are done. Prisma cannot express partial indexes.
CREATE INDEX "deliveries_open_partial" ON "deliveries" ("channel_id", "due_at") WHERE "state" IN ('pending', 'sending');

-- Full-text search in three languages. Accents are folded before stemming: people search without them.
CREATE TEXT SEARCH CONFIGURATION tradewatch_en (COPY = english);
ALTER TEXT SEARCH CONFIGURATION tradewatch_en ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
CREATE TEXT SEARCH CONFIGURATION tradewatch_es (COPY = spanish);
ALTER TEXT SEARCH CONFIGURATION tradewatch_es ALTER MAPPING FOR hword, hword_part, word WITH unaccent, spanish_stem;
CREATE TEXT SEARCH CONFIGURATION tradewatch_fr (COPY = french);
ALTER TEXT SEARCH CONFIGURATION tradewatch_fr ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;
CREATE TEXT SEARCH CONFIGURATION tradewatch_und (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION tradewatch_und ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;

-- The configuration of a language (ISO 639-1), the unstemmed one for languages we have none for.
CREATE FUNCTION search_configuration(language text) RETURNS regconfig LANGUAGE sql STABLE AS $$
  SELECT ('tradewatch_' || CASE WHEN language IN ('en', 'es', 'fr') THEN language ELSE 'und' END)::regconfig
$$;

-- What a text search sees of a field. The parser would take USMCA/T-MEC for a file name and <b> for markup, and lose the
-- words in them; and where the database's own locale is C, as on the embedded server, it takes every character beyond
-- ASCII for a letter, typographic quotes and dashes too. Every character is replaced by one character, so that offsets hold.
-- The cut keeps the vector under its limit of 1 MB whatever the text (at most 4 bytes a character, each in a compound
-- word and in a part of one).
CREATE FUNCTION searchable_text(field text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT regexp_replace(left(field, 100000) COLLATE pg_c_utf8, '[^[:ascii:][:alnum:]]|[<>/_]', ' ', 'g')
$$;

-- A field in the form its language is indexed and asked for in. Without accents the Spanish stemmer does not see that
-- "negociacion" and "negociaciones" are one word, so the plural is taken back here.
CREATE FUNCTION search_form(language text, field text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN language = 'es' THEN regexp_replace(words, 'ones\M', 'on', 'gi') ELSE words END
  FROM searchable_text(normalize(left(field, 100000), NFC)) AS words
$$;

-- What an article is found by: its title (weight A), its text (B), and its language. The language is a lexeme no text can
-- contain; search_query() joins each language's reading of a query to it. Without it an English article about China
-- would be found by "-china", for the Spanish reading of that excludes only "chin".
CREATE FUNCTION search_vector(language text, title text, body text) RETURNS tsvector LANGUAGE sql STABLE AS $$
  SELECT setweight(to_tsvector(search_configuration(language), left(search_form(language, title), 2000)), 'A')
    || setweight(to_tsvector(search_configuration(language), search_form(language, body)), 'B')
    || array_to_tsvector(ARRAY['lang:' || CASE WHEN language IN ('en', 'es', 'fr') THEN language ELSE 'und' END])
$$;

-- What a person typed, read in one language: all words, "a phrase", a OR b, -without. Empty when nothing is left to find.
CREATE FUNCTION search_reading(language text, typed text) RETURNS tsquery LANGUAGE sql STABLE AS $$
  SELECT websearch_to_tsquery(search_configuration(language), search_form(language, typed))
$$;

-- The same for marking hits in a text as it was written, with its Spanish plurals.
CREATE FUNCTION search_marks(language text, typed text) RETURNS tsquery LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN language <> 'es' THEN search_reading(language, typed)
    ELSE search_reading(language, typed) || websearch_to_tsquery('tradewatch_es', regexp_replace(searchable_text(typed), '(ones|on|ón)\M', 'ones', 'gi')) END
$$;

-- What a person typed, read in every language. Declared immutable, as websearch_to_tsquery is, so that the planner sees
-- the words and can estimate.
CREATE FUNCTION search_query(typed text) RETURNS tsquery LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN numnode(en) = 0 THEN '' ELSE $q$'lang:en'$q$::tsquery && en END
      || CASE WHEN numnode(es) = 0 THEN '' ELSE $q$'lang:es'$q$::tsquery && es END
      || CASE WHEN numnode(fr) = 0 THEN '' ELSE $q$'lang:fr'$q$::tsquery && fr END
      || CASE WHEN numnode(und) = 0 THEN '' ELSE $q$'lang:und'$q$::tsquery && und END
  FROM search_reading('en', typed) AS en, search_reading('es', typed) AS es, search_reading('fr', typed) AS fr, search_reading('und', typed) AS und
$$;

-- Counting what was found reads many rows and few of their columns: the long columns are kept out of the row, the tags in it.
ALTER TABLE archived_articles SET (toast_tuple_target = 512);
ALTER TABLE archived_articles ALTER COLUMN sectors SET STORAGE MAIN, ALTER COLUMN topics SET STORAGE MAIN, ALTER COLUMN authorities SET STORAGE MAIN,
  ALTER COLUMN jurisdictions SET STORAGE MAIN, ALTER COLUMN developments SET STORAGE MAIN, ALTER COLUMN source_id SET STORAGE MAIN,
  ALTER COLUMN source_name SET STORAGE MAIN, ALTER COLUMN language SET STORAGE MAIN;

-- The one way into the event log. Sequence numbers are drawn in one order and committed in another; a reader that
-- remembers the last number it saw would skip what commits late. So appends to a topic queue here, on a lock that is
-- held until commit: call it last in the transaction. NOTIFY is a hint for sleeping readers.
CREATE FUNCTION append_events(
  p_topic text, p_ids text[], p_keys text[], p_partitions smallint[], p_occurred timestamptz[], p_traceparents text[], p_data text[]
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE appended bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('tradewatch.event_log'), hashtext(p_topic));
  INSERT INTO event_log (topic, partition, key, event_id, occurred_at, traceparent, data)
    SELECT p_topic, e.partition, e.key, e.id, e.occurred, e.traceparent, e.data::json
    FROM unnest(p_ids, p_keys, p_partitions, p_occurred, p_traceparents, p_data)
      WITH ORDINALITY AS e(id, key, partition, occurred, traceparent, data, position)
    ORDER BY e.position
    ON CONFLICT (topic, event_id) DO NOTHING;
  GET DIAGNOSTICS appended = ROW_COUNT;
  IF appended > 0 THEN PERFORM pg_notify('tradewatch_events', p_topic); END IF;
  RETURN appended;
END $$;
