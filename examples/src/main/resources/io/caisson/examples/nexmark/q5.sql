-- Hot items: which auctions had most bids in the last ten seconds, every two seconds?
CREATE MATERIALIZED VIEW q5 AS
SELECT b.auction, b.num, b.window_start, b.window_end
FROM (
  SELECT auction, COUNT(*) AS num, window_start, window_end
  FROM TABLE(HOP(TABLE bid, DESCRIPTOR(date_time), INTERVAL '2' SECOND, INTERVAL '10' SECOND))
  GROUP BY auction, window_start, window_end
) AS b
JOIN (
  SELECT MAX(c.num) AS maxn, c.window_start, c.window_end
  FROM (
    SELECT COUNT(*) AS num, window_start, window_end
    FROM TABLE(HOP(TABLE bid, DESCRIPTOR(date_time), INTERVAL '2' SECOND, INTERVAL '10' SECOND))
    GROUP BY auction, window_start, window_end
  ) AS c
  GROUP BY c.window_start, c.window_end
) AS m
ON b.window_start = m.window_start AND b.window_end = m.window_end AND b.num >= m.maxn;
