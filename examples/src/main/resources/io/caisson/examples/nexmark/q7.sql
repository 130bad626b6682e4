-- Highest bid: the bids of the highest price of each ten seconds.
CREATE MATERIALIZED VIEW q7 AS
SELECT b.auction, b.price, b.bidder, b.date_time, b.extra
FROM bid AS b
JOIN (
  SELECT MAX(price) AS max_price, window_end
  FROM TABLE(TUMBLE(TABLE bid, DESCRIPTOR(date_time), INTERVAL '10' SECOND))
  GROUP BY window_start, window_end
) AS m
ON b.price = m.max_price AND b.date_time BETWEEN m.window_end - INTERVAL '10' SECOND AND m.window_end;
