-- Calculation: expensive bids, at what time of day they came, and a function in Java.
CREATE FUNCTION count_char(text TEXT, c TEXT) RETURNS BIGINT LANGUAGE java IMMUTABLE
  AS 'io.caisson.examples.nexmark.Characters.count';
CREATE MATERIALIZED VIEW q14 AS
SELECT
  auction,
  bidder,
  CAST(0.908 * price AS NUMERIC(23, 3)) AS price,
  CASE
    WHEN EXTRACT(HOUR FROM date_time) BETWEEN 8 AND 18 THEN 'dayTime'
    WHEN EXTRACT(HOUR FROM date_time) <= 6 OR EXTRACT(HOUR FROM date_time) >= 20 THEN 'nightTime'
    ELSE 'otherTime'
  END AS bid_time_type,
  date_time,
  extra,
  count_char(extra, 'c') AS c_counts
FROM bid
WHERE 0.908 * price > 1000000 AND 0.908 * price < 50000000;
