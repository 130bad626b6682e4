-- User sessions: how many bids did somebody make until a pause of ten seconds?
CREATE MATERIALIZED VIEW q11 AS
SELECT bidder, COUNT(*) AS bid_count, window_start, window_end
FROM TABLE(SESSION(TABLE bid PARTITION BY bidder, DESCRIPTOR(date_time), INTERVAL '10' SECOND))
GROUP BY bidder, window_start, window_end;
