-- W3C trace context has two parts; the log kept one. A delivery keeps both, for it is sent later and by another process than
-- the one that planned it.
ALTER TABLE "event_log" ADD COLUMN "tracestate" TEXT;
ALTER TABLE "deliveries" ADD COLUMN "traceparent" TEXT, ADD COLUMN "tracestate" TEXT;

-- Callers of before, which say nothing of it, go on working.
DROP FUNCTION append_events(text, text[], text[], smallint[], timestamptz[], text[], text[]);
CREATE FUNCTION append_events(
  p_topic text, p_ids text[], p_keys text[], p_partitions smallint[], p_occurred timestamptz[], p_traceparents text[], p_data text[], p_tracestates text[] DEFAULT NULL
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE appended bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('tradewatch.event_log'), hashtext(p_topic));
  INSERT INTO event_log (topic, partition, key, event_id, occurred_at, traceparent, tracestate, data)
    SELECT p_topic, e.partition, e.key, e.id, e.occurred, e.traceparent, e.tracestate, e.data::json
    FROM unnest(p_ids, p_keys, p_partitions, p_occurred, p_traceparents, p_tracestates, p_data)
      WITH ORDINALITY AS e(id, key, partition, occurred, traceparent, tracestate, data, position)
    ORDER BY e.position
    ON CONFLICT (topic, event_id) DO NOTHING;
  GET DIAGNOSTICS appended = ROW_COUNT;
  IF appended > 0 THEN PERFORM pg_notify('tradewatch_events', p_topic); END IF;
  RETURN appended;
END $$;
